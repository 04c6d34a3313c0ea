"""/api/v1/: what machines may read and write. Each app brings its own views; the addresses are gathered here."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.routers import SimpleRouter

from benefits.api import BenefitViewSet, GoalViewSet, MeasurementViewSet
from partnership.api import BodyViewSet, MunicipalityViewSet, ResolutionViewSet
from services.api import ServiceViewSet
from services.order_api import OrderViewSet
from sla.api import AgreementViewSet, AvailabilityViewSet, ComplianceViewSet, IncidentViewSet
from sla.change_api import ChangedFigureViewSet
from sla.credit_api import CreditViewSet
from sla.inbox_api import MonitoringView
from sla.models import Sender
from sla.notice_api import NoticeViewSet
from sla.outage_api import OutageViewSet

app_name = "api"

router = SimpleRouter()
router.register("municipalities", MunicipalityViewSet)
router.register("bodies", BodyViewSet)
router.register("resolutions", ResolutionViewSet)
router.register("services", ServiceViewSet)
router.register("orders", OrderViewSet)
router.register("agreements", AgreementViewSet)
router.register("incidents", IncidentViewSet)
router.register("compliance", ComplianceViewSet)
router.register("changed-figures", ChangedFigureViewSet)
router.register("outages", OutageViewSet)
router.register("notices", NoticeViewSet)
router.register("availability", AvailabilityViewSet)
router.register("credits", CreditViewSet)
router.register("goals", GoalViewSet)
router.register("benefits", BenefitViewSet)
router.register("measurements", MeasurementViewSet)

SENDERS = [sender.value for sender in Sender]
OPEN = {"authentication_classes": [], "permission_classes": [AllowAny]}

urlpatterns: list[URLPattern | URLResolver] = [
    *router.urls,
    *(path(f"monitoring/{kind}/", MonitoringView.as_view(), {"sender": kind}, name=kind) for kind in SENDERS),
    path("schema/", login_not_required(SpectacularAPIView.as_view(**OPEN)), name="schema"),
    path("", login_not_required(SpectacularSwaggerSplitView.as_view(url_name="api:schema", **OPEN)), name="docs"),
]
