from django.urls import path

from partnership import converters  # noqa: F401 - registers <word:…>
from partnership.views import cooperation, jobs, owners, people, profile, register, roles, tokens

app_name = "partnership"

urlpatterns = [
    path("samarbeidet/", cooperation.partnership_detail, name="partnership-detail"),
    path("samarbeidet/ny/", cooperation.partnership_found, name="partnership-found"),
    path("samarbeidet/endre/", cooperation.partnership_edit, name="partnership-edit"),
    path("samarbeidet/organisasjonsform/", cooperation.legal_form_change, name="legal-form-change"),
    path("samarbeidet/eiere/", owners.owner_list, name="owner-list"),
    path("samarbeidet/eiere/ny/", owners.owner_add, name="owner-add"),
    path("samarbeidet/eiere/ny/organisasjon/", owners.owner_add_other, name="owner-add-other"),
    path("samarbeidet/eiere/ny/<word:number>/", owners.owner_add_municipality, name="owner-add-municipality"),
    path("samarbeidet/eiere/<int:pk>/", owners.owner_detail, name="owner-detail"),
    path("samarbeidet/eiere/<int:pk>/andel/", owners.share_change, name="share-change"),
    path("samarbeidet/eiere/<int:pk>/avslutt/", owners.owner_leave, name="owner-leave"),
    path("samarbeidet/organisasjoner/<int:pk>/endre/", owners.organisation_edit, name="organisation-edit"),
    path("samarbeidet/kommuner/", register.municipality_list, name="municipality-list"),
    path("samarbeidet/folk/", people.person_list, name="person-list"),
    path("samarbeidet/folk/ny/", people.person_add, name="person-add"),
    path("samarbeidet/folk/<int:pk>/", people.person_detail, name="person-detail"),
    path("samarbeidet/folk/<int:pk>/endre/", people.person_edit, name="person-edit"),
    path("samarbeidet/folk/<int:pk>/steng/", people.person_deactivate, name="person-deactivate"),
    path("samarbeidet/folk/<int:pk>/apne/", people.person_reactivate, name="person-reactivate"),
    path("samarbeidet/folk/<int:pk>/inviter/", people.person_invite, name="person-invite"),
    path("samarbeidet/folk/<int:pk>/rolle/", roles.role_give, name="role-give"),
    path("samarbeidet/roller/<int:pk>/avslutt/", roles.role_end, name="role-end"),
    path("samarbeidet/hvem-kan-hva/", cooperation.grant_table, name="grant-table"),
    path("min-profil/", profile.profile, name="profile"),
    path("api-nokler/", tokens.token_list, name="token-list"),
    path("api-nokler/<word:digest>/trekk-tilbake/", tokens.token_revoke, name="token-revoke"),
    path("arbeid/<int:pk>/", jobs.job_detail, name="job-detail"),
    path("arbeid/<int:pk>/stopp/", jobs.job_cancel, name="job-cancel"),
    path("sprak/", profile.language_choose, name="language-choose"),
]
