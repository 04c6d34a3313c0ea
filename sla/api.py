"""Service levels over REST: read agreements and compliance, read and upsert incidents."""

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from partnership import access
from partnership.access import Permission
from sla.actions.incidents import upsert_incidents
from sla.actions.pauses import pause_incident, resume_incident
from sla.explanations import AskedMonthSerializer, DeadlineSerializer, UptimeSerializer
from sla.figures.chain import chain
from sla.figures.incidents import story
from sla.figures.uptime import uptime
from sla.figures.what_if import LENGTHS, WhatIf, judged_otherwise, what_if
from sla.filters import AvailabilityFilter, ComplianceFilter, IncidentFilter
from sla.forms.versions import LengthForm
from sla.lead_times import kept
from sla.models import AgreementVersion, Availability, Clock, Compliance, Coverage, Incident, ServiceAgreement, Target
from sla.serializers import (
    AgreementSerializer,
    AvailabilitySerializer,
    ComplianceSerializer,
    IncidentSerializer,
    UpsertResultSerializer,
    WaitSerializer,
)
from sla.supposed_serializers import (
    LeadTimeKeptSerializer,
    SupposedCreditsSerializer,
    SupposedIncidentSerializer,
    SupposedSerializer,
)
from sla.tasks import recalculate_incidents

BULK_LIMIT = 1000
NAMED_BY_TARGETS = ("organisation", "service", "calendar")


class AgreementViewSet(ReadOnlyModelViewSet):
    """Service agreements with their versions, targets and coverage."""

    queryset = ServiceAgreement.objects.all()
    serializer_class = AgreementSerializer
    filterset_fields = ["phase"]

    def get_queryset(self) -> QuerySet[ServiceAgreement]:
        user = self.request.user
        covered = Coverage.objects.visible_to(user).select_related("service", "organisation").order_by("pk")
        versions = AgreementVersion.objects.visible_to(user).select_related("calendar")
        coverage = Prefetch("coverage", covered, to_attr="visible_coverage")
        targets = Prefetch("targets", Target.objects.visible_to(user).select_related(*NAMED_BY_TARGETS))
        return (
            super()
            .get_queryset()
            .visible_to(user)
            .prefetch_related(Prefetch("versions", versions.prefetch_related(targets, "credit_steps", coverage)))
        )

    @extend_schema(
        responses=SupposedSerializer(many=True),
        parameters=[OpenApiParameter("months", int, enum=LENGTHS, description="How far back; without it 12.")],
    )
    @action(detail=True, methods=["get"], url_path="what-if", filterset_fields=None, pagination_class=None)
    def what_if(self, request: Request, pk: int | None = None) -> Response:
        """The draft or proposal of the agreement tried on the months before this one: counted and met per organisation
        and metric, as it was and as it would have been. 404 where there is none.
        """
        found = self._supposed(request)
        rows = [
            {"organisation": owner, "metric": metric, **vars(found.of(owner, metric))}
            for owner in found.owners
            for metric in found.metrics
        ]
        return Response(SupposedSerializer(rows, many=True).data)

    @extend_schema(
        responses=SupposedCreditsSerializer(many=True),
        parameters=[OpenApiParameter("months", int, enum=LENGTHS, description="How far back; without it 12.")],
    )
    @action(detail=True, methods=["get"], url_path="what-if-credits", filterset_fields=None, pagination_class=None)
    def what_if_credits(self, request: Request, pk: int | None = None) -> Response:
        """The same of service credits: how many, each of a service in a month, and percentage points in all."""
        found = self._supposed(request)
        rows = [
            dict(zip(("organisation", "before", "after"), (owner, *found.credits_of(owner)), strict=True))
            for owner in found.owners
        ]
        return Response(SupposedCreditsSerializer(rows, many=True).data)

    @extend_schema(
        responses=SupposedIncidentSerializer(many=True),
        parameters=[OpenApiParameter("months", int, enum=LENGTHS, description="How far back; without it 12.")],
    )
    @action(detail=True, methods=["get"], url_path="what-if-incidents", filterset_fields=None)
    def what_if_incidents(self, request: Request, pk: int | None = None) -> Response:
        """The deadlines of incidents that would have been judged otherwise, the newest incident first."""
        page = self.paginate_queryset(list(self._supposed(request).found.changes.rows()))  # type: ignore[arg-type]
        return self.get_paginated_response(SupposedIncidentSerializer(judged_otherwise(page or []), many=True).data)

    def _supposed(self, request: Request) -> WhatIf:
        form = LengthForm(request.query_params)
        if not form.is_valid():
            raise ValidationError(form.errors)
        versions = AgreementVersion.objects.visible_to(request.user).open().select_related("agreement", "calendar")
        version = get_object_or_404(versions, agreement=self.get_object())
        return what_if(request.user, version, form.length)

    @extend_schema(responses=LeadTimeKeptSerializer(many=True))
    @action(detail=True, methods=["get"], url_path="lead-times", filterset_fields=None, pagination_class=None)
    def lead_times(self, request: Request, pk: int | None = None) -> Response:
        """How the lead times agreed were kept in the last 365 days, per municipality and service."""
        rows = kept(request.user, self.get_object(), timezone.localdate())
        return Response(LeadTimeKeptSerializer(rows, many=True).data)


class IncidentViewSet(ReadOnlyModelViewSet):
    """Incidents of the organisations the token may see, newest first."""

    queryset = Incident.objects.select_related("organisation", "service").prefetch_related("pauses")
    serializer_class = IncidentSerializer
    filterset_class = IncidentFilter

    def get_queryset(self) -> QuerySet[Incident]:
        """With clocks, solution first."""
        clocks = Prefetch("clocks", Clock.objects.select_related("target").order_by("target__metric"))
        return super().get_queryset().visible_to(self.request.user).prefetch_related(clocks)

    @extend_schema(responses=DeadlineSerializer(many=True))
    @action(detail=True, methods=["get"], filterset_class=None, pagination_class=None)
    def explanation(self, request: Request, pk: int | None = None) -> Response:
        """Each deadline of the incident, span by span: the agreement and the opening hours that judged it, pauses with
        their reasons, and the arithmetic to the second. Empty where nothing is promised.
        """
        told = story(self.get_object(), timezone.now())
        return Response(DeadlineSerializer([told.sheets[metric] for metric in told.metrics], many=True).data)

    @extend_schema(request=WaitSerializer, responses=IncidentSerializer)
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def pause(self, request: Request, pk: int | None = None) -> Response:
        """The incident waits from now until that day, and goes on by itself."""
        typed = WaitSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        incident = self._handled()
        pause_incident(incident=incident, by=request.user, **typed.validated_data)
        return self._calculated(incident)

    @extend_schema(request=None, responses=IncidentSerializer)
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def resume(self, request: Request, pk: int | None = None) -> Response:
        """The pause that was set here ends now."""
        incident = self._handled()
        resume_incident(incident=incident, by=request.user)
        return self._calculated(incident)

    def _handled(self) -> Incident:
        incident = self.get_object()
        access.require(self.request.user, Permission.IMPORT_INCIDENTS, incident.organisation)
        return incident

    def _calculated(self, incident: Incident) -> Response:
        recalculate_incidents.delay_on_commit([incident.pk], self.request.user.pk, incident.external_id)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=IncidentSerializer(many=True), responses=UpsertResultSerializer)
    @action(detail=False, methods=["post"], filterset_class=None, pagination_class=None)
    def upsert(self, request: Request) -> Response:
        """Creates or changes up to 1000 incidents by source and external id; all of them or, on an error, none.

        What an incident does not name is emptied. Sending the same rows again changes nothing.
        """
        access.require_anywhere(request.user, Permission.IMPORT_INCIDENTS)
        rows = self.get_serializer(data=request.data, many=True, allow_empty=False, max_length=BULK_LIMIT)
        rows.is_valid(raise_exception=True)
        for organisation in {row["organisation"] for row in rows.validated_data}:
            access.require(request.user, Permission.IMPORT_INCIDENTS, organisation)
        result = upsert_incidents(rows=rows.validated_data, by=request.user)
        sources = ", ".join(sorted({row["source"] for row in rows.validated_data}))
        recalculate_incidents.delay_on_commit(result.touched, request.user.pk, sources)
        return Response(UpsertResultSerializer(result).data)


class AvailabilityViewSet(ListModelMixin, GenericViewSet):
    """Availability per service, organisation, month and version then in force; two in a month in which one followed
    the other. Not measured: no row.
    """

    queryset = Availability.objects.select_related("organisation", "service", "target__version").order_by(
        "month", "organisation__sort_key", "service__code", "target"
    )
    serializer_class = AvailabilitySerializer
    filterset_class = AvailabilityFilter

    def get_queryset(self) -> QuerySet[Availability]:
        return super().get_queryset().visible_to(self.request.user)

    @extend_schema(
        responses=UptimeSerializer,
        parameters=[
            OpenApiParameter("service", str, required=True, description="Its code."),
            OpenApiParameter("municipality", str, required=True, description="Its number, or an organisation's."),
            OpenApiParameter("month", str, required=True, description="As 2026-04."),
        ],
    )
    @action(detail=False, methods=["get"], filterset_class=None, pagination_class=None)
    def explanation(self, request: Request) -> Response:
        """The outages behind the availability of a month, what each took, the same time from other sides, and the
        service together with all that it needs.
        """
        asked = AskedMonthSerializer(data=request.query_params, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        up = uptime(request.user, **asked.validated_data)
        if not up.level.counted:
            raise NotFound
        context = self.get_serializer_context() | {"chain": chain(request.user, up)}
        return Response(UptimeSerializer(up, context=context).data)


class ComplianceViewSet(ListModelMixin, GenericViewSet):
    """Counted and met per target, service, organisation and month. Not measured: no row."""

    queryset = Compliance.objects.select_related("organisation", "service", "target").order_by(
        "month", "organisation__sort_key", "service__code", "target__priority", "target__metric"
    )
    serializer_class = ComplianceSerializer
    filterset_class = ComplianceFilter

    def get_queryset(self) -> QuerySet[Compliance]:
        return super().get_queryset().visible_to(self.request.user)
