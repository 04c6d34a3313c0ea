from django.urls import path

from portal import health, views

app_name = "portal"

urlpatterns = [
    path("", views.home, name="home"),
    path("health/", health.health, name="health"),
]
