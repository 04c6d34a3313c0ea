"""For the technically responsible only; people change benefits on the pages, where the rules are."""

from django.contrib import admin

from benefits.models import Benefit, BenefitShare, Goal, Measurement

admin.site.register([Goal, Benefit, BenefitShare, Measurement])
