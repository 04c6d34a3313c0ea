from django.urls import path

from partnership import converters  # noqa: F401 - registers <word:…>
from sla.views import agreements, grid, imports, incidents, outages, phases, recalculation, versions, what_if

app_name = "sla"

urlpatterns = [
    path("tjenesteniva/", grid.grid, name="grid"),
    path("tjenesteniva/<word:code>/<int:pk>/", grid.grid_cell, name="grid-cell"),
    path("feil/", incidents.incident_list, name="incident-list"),
    path("feil/<int:pk>/", incidents.incident_detail, name="incident-detail"),
    path("nedetid/", outages.outage_list, name="outage-list"),
    path("nedetid/ny/", outages.outage_add, name="outage-add"),
    path("nedetid/import/", outages.outage_import, name="outage-import"),
    path("nedetid/<int:pk>/", outages.outage_detail, name="outage-detail"),
    path("nedetid/<int:pk>/endre/", outages.outage_edit, name="outage-edit"),
    path("nedetid/<int:pk>/planlagt/", outages.outage_reclassify, name="outage-reclassify"),
    path("avtaler/", agreements.agreement_list, name="agreement-list"),
    path("avtaler/ny/", agreements.agreement_add, name="agreement-add"),
    path("tjenesteniva/endringer/", recalculation.change_list, name="change-list"),
    path("avtaler/regn-ut/", recalculation.recalculation_start, name="recalculation-start"),
    path("avtaler/<int:pk>/", agreements.agreement_detail, name="agreement-detail"),
    path("avtaler/<int:pk>/navn/", agreements.agreement_rename, name="agreement-rename"),
    path("avtaler/<int:pk>/avslutt/", agreements.agreement_end, name="agreement-end"),
    path("avtaler/<int:pk>/utkast/", versions.version_draft, name="version-draft"),
    path("avtaler/<int:pk>/fase/", phases.phase_change, name="phase-change"),
    path("avtaler/<int:pk>/grunnlag/<slug:need>/", phases.evidence_edit, name="evidence-edit"),
    path("avtaler/<int:pk>/evaluering/", phases.evaluation_add, name="evaluation-add"),
    path("avtaler/<int:pk>/forbedring/", phases.improvement_add, name="improvement-add"),
    path("avtaler/versjon/<int:pk>/hva-om/", what_if.version_what_if, name="version-what-if"),
    path("avtaler/versjon/<int:pk>/avvik/<int:owner>/", versions.version_deviation, name="version-deviation"),
    path("avtaler/versjon/<int:pk>/foresla/", versions.version_propose, name="version-propose"),
    path("avtaler/versjon/<int:pk>/ta-tilbake/", versions.version_take_back, name="version-take-back"),
    path("avtaler/versjon/<int:pk>/forkast/", versions.version_discard, name="version-discard"),
    path("avtaler/versjon/<int:pk>/godkjenn/", versions.version_approve, name="version-approve"),
    path("avtaler/versjon/<int:pk>/trekk-tilbake/", versions.version_withdraw, name="version-withdraw"),
    path("avtaler/forbedringer/", phases.improvement_list, name="improvement-list"),
    path("avtaler/forbedringer/<int:pk>/endre/", phases.improvement_edit, name="improvement-edit"),
    path("avtaler/forbedringer/<int:pk>/ferdig/", phases.improvement_close, name="improvement-close"),
    path("feil/import/", imports.import_start, name="import-start"),
    path("feil/import/<int:pk>/", imports.import_result, name="import-result"),
    path("feil/import/<int:pk>/kobling/", imports.import_map, name="import-map"),
    path("feil/import/<int:pk>/kontroll/", imports.import_preview, name="import-preview"),
    path("feil/import/<int:pk>/start/", imports.import_run, name="import-run"),
    path("feil/import/<int:pk>/forkast/", imports.import_discard, name="import-discard"),
    path("feil/import/<int:pk>/merknader/", imports.import_problems, name="import-problems"),
]
