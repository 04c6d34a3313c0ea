from django.urls import path

from services.views import calendars, catalogue, ordering, orders, subscriptions

app_name = "services"

urlpatterns = [
    path("tjenester/", catalogue.service_list, name="service-list"),
    path("tjenester/ny/", catalogue.service_add, name="service-add"),
    path("tjenester/<int:pk>/", catalogue.service_detail, name="service-detail"),
    path("tjenester/<int:pk>/endre/", catalogue.service_edit, name="service-edit"),
    path("tjenester/<int:pk>/trenger/", catalogue.service_needs, name="service-needs"),
    path("tjenester/<int:pk>/livslop/", catalogue.service_stage, name="service-stage"),
    path("tjenester/apningstider/", calendars.calendar_list, name="calendar-list"),
    path("tjenester/apningstider/ny/", calendars.calendar_add, name="calendar-add"),
    path("tjenester/apningstider/<int:pk>/", calendars.calendar_detail, name="calendar-detail"),
    path("tjenester/apningstider/<int:pk>/navn/", calendars.calendar_rename, name="calendar-rename"),
    path("tjenester/apningstider/<int:pk>/ny-versjon/", calendars.version_add, name="version-add"),
    path("tjenester/apningstider/versjon/<int:pk>/endre/", calendars.version_edit, name="version-edit"),
    path("tjenester/hvem-har-hva/", subscriptions.subscription_list, name="subscription-list"),
    path("tjenester/hvem-har-hva/ny/", subscriptions.subscription_add, name="subscription-add"),
    path("tjenester/hvem-har-hva/flere/", subscriptions.subscription_add_many, name="subscription-add-many"),
    path("tjenester/hvem-har-hva/<int:pk>/avslutt/", subscriptions.subscription_end, name="subscription-end"),
    path("bestillinger/", orders.order_list, name="order-list"),
    path("bestillinger/ny/", ordering.order_start, name="order-start"),
    path("bestillinger/ny/<int:pk>/", ordering.order_add, name="order-add"),
    path("bestillinger/<int:pk>/", orders.order_detail, name="order-detail"),
    path("bestillinger/<int:pk>/endre/", ordering.order_edit, name="order-edit"),
    path("bestillinger/<int:pk>/kontroll/", ordering.order_check, name="order-check"),
    path("bestillinger/<int:pk>/send/", ordering.order_send, name="order-send"),
    path("bestillinger/<int:pk>/slett/", ordering.order_discard, name="order-discard"),
    path("bestillinger/<int:pk>/likt-igjen/", ordering.order_copy, name="order-copy"),
    path("bestillinger/<int:pk>/steg/<slug:act>/", orders.order_move, name="order-move"),
]
