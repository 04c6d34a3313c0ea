from django.urls import path

from portal import accessibility, health, views

app_name = "portal"

urlpatterns = [
    path("", views.home, name="home"),
    path("sok/", views.search, name="search"),
    path("tilgjengelighet/", accessibility.accessibility, name="accessibility"),
    path("health/", health.health, name="health"),
]
