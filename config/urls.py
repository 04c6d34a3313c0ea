"""Every door of the house."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("portal.urls")),
    path("", include("partnership.urls")),
    path("", include("services.urls")),
    path("", include("sla.urls")),
    path("", include("benefits.urls")),
    path("", include("reports.urls")),
    path("api/v1/", include("portal.api_urls")),
    path("konto/", include("partnership.accounts.urls")),
    path("teknisk/", admin.site.urls),
]
