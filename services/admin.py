"""For the technically responsible only; people change services on the pages, where the rules are."""

from django.contrib import admin

from services.models import CalendarVersion, Order, OrderLetter, OrderMove, Service, ServiceCalendar, Subscription

admin.site.register([Service, ServiceCalendar, CalendarVersion, Subscription, Order, OrderMove, OrderLetter])
