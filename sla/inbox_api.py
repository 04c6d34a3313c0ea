"""The webhooks of monitoring: what is sent is kept as it came, then read."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from partnership import access
from partnership.access import Permission
from sla.actions.inbox import keep_message, read_message
from sla.models import InboxMessage, InboxState, Sender
from sla.outages.reports import OWN_SOURCE

SOURCE_LENGTH = 40


class RawParser(BaseParser):
    """The bytes as they came: also what is no JSON is kept. RequestDataTooBig where Django would not read as many."""

    media_type = "*/*"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> bytes:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body: bytes = stream.read(most + 1)
        if len(body) > most:
            raise RequestDataTooBig
        return body


class InboxMessageSerializer(serializers.ModelSerializer):
    waits_for = serializers.ListField(
        child=serializers.CharField(), source="things", help_text="Names at the source that are no service of ours yet."
    )

    class Meta:
        model = InboxMessage
        fields = ["id", "sender", "source", "state", "waits_for", "fault", "times"]


class MonitoringView(APIView):
    """One address for each kind of sender; `source` tells several of one kind apart."""

    parser_classes = [RawParser]

    @extend_schema(
        request=OpenApiTypes.OBJECT,
        responses={202: InboxMessageSerializer},
        parameters=[
            OpenApiParameter("sender", str, OpenApiParameter.PATH, enum=[sender.value for sender in Sender]),
            OpenApiParameter("source", str, description="Of several of one kind, which. Without it the kind's name."),
        ],
    )
    def post(self, request: Request, sender: str) -> Response:
        """A message of Prometheus Alertmanager, Uptime Kuma or Zabbix, as it sends it.

        It is kept as it came. What is down by a name that is not matched with a service waits until it is. The same
        message again changes nothing. 400 where some of it cannot be read; it is kept all the same, and the rest of it
        counts.
        """
        access.require_anywhere(request.user, Permission.IMPORT_INCIDENTS)
        source = request.query_params.get("source", sender).strip()
        if not source or len(source) > SOURCE_LENGTH or source == OWN_SOURCE or "\0" in source:
            raise ValidationError({"source": _("Give the source a name of at most 40 characters that is its own.")})
        kept = keep_message(sender=Sender(sender), source=source, body=request.data or b"", by=request.user)
        message = read_message(message=kept, by=request.user)
        if message.state == InboxState.REFUSED:
            return self._refused(message)
        return Response(InboxMessageSerializer(message).data, status=202)

    def _refused(self, message: InboxMessage) -> Response:
        """Answered, not raised: what is raised takes with it what was kept."""
        problem = {
            "type": "urn:fellesgrep:problem:unreadable_message",
            "title": str(_("Not all of the message can be read. It is kept.")),
            "status": 400,
            "detail": message.fault,
            "message": message.pk,
        }
        return Response(problem, status=400, content_type="application/problem+json")
