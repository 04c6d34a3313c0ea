from django.urls import path

from reports.views import editions, preparing, readers, stories  # noqa: F401 - stories tells of its jobs

app_name = "reports"

urlpatterns = [
    path("rapporter/", editions.edition_list, name="edition-list"),
    path("rapporter/ny/", preparing.edition_draft, name="edition-draft"),
    path("rapporter/<int:pk>/", editions.edition_detail, name="edition-detail"),
    path("rapporter/<int:pk>/pa-nytt/", preparing.edition_redraft, name="edition-redraft"),
    path("rapporter/<int:pk>/mote/", preparing.meeting_edit, name="meeting-edit"),
    path("rapporter/<int:pk>/kommentar/<slug:section>/", preparing.comment_edit, name="comment-edit"),
    path("rapporter/<int:pk>/frys/", preparing.edition_freeze, name="edition-freeze"),
    path("rapporter/<int:pk>/publiser/", preparing.edition_publish, name="edition-publish"),
    path("rapporter/<int:pk>/lest/", readers.reading_add, name="reading-add"),
    path("rapporter/<int:pk>/eier/<int:owner>/", readers.own_make, name="own-make"),
    path("rapporter/<int:pk>/eier/<int:owner>/<slug:language>.pdf", readers.own_pdf, name="own-pdf"),
    path("rapporter/<int:pk>/<slug:language>.pdf", readers.rendering_pdf, name="rendering-pdf"),
    path("rapporter/<int:pk>/<slug:language>.csv", readers.rendering_csv, name="rendering-csv"),
]
