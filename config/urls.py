"""Every door of the house."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("portal.urls")),
    path("", include("partnership.urls")),
    path("", include("services.urls")),
    path("", include("sla.urls")),
    path("", include("reports.urls")),
    path("konto/", include("allauth.account.urls")),
    path("teknisk/", admin.site.urls),
]
