from django.urls import path

from sla.views import imports

app_name = "sla"

urlpatterns = [
    path("feil/import/", imports.import_start, name="import-start"),
    path("feil/import/<int:pk>/", imports.import_result, name="import-result"),
    path("feil/import/<int:pk>/kobling/", imports.import_map, name="import-map"),
    path("feil/import/<int:pk>/kontroll/", imports.import_preview, name="import-preview"),
    path("feil/import/<int:pk>/start/", imports.import_run, name="import-run"),
    path("feil/import/<int:pk>/forkast/", imports.import_discard, name="import-discard"),
    path("feil/import/<int:pk>/merknader/", imports.import_problems, name="import-problems"),
]
