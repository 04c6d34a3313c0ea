"""What monitoring sends when something is down and when it is up again, as its documentation has it."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from sla.models import MonitoredThing

# As https://prometheus.io/docs/alerting/latest/configuration/#webhook_config documents version 4, with Go's instants.
FIRING: dict[str, Any] = {
    "version": "4",
    "groupKey": '{}:{alertname="ProbeFailure"}',
    "truncatedAlerts": 0,
    "status": "firing",
    "receiver": "fellesgrep",
    "groupLabels": {"alertname": "ProbeFailure"},
    "commonLabels": {"alertname": "ProbeFailure", "severity": "critical"},
    "commonAnnotations": {},
    "externalURL": "http://alertmanager.example.org:9093",
    "alerts": [
        {
            "status": "firing",
            "labels": {"alertname": "ProbeFailure", "instance": "https://epost.example.org", "job": "epost"},
            "annotations": {"summary": "E-post svarer ikke", "description": "Ned i over fem minutter."},
            "startsAt": "2026-11-20T09:52:26.739266876+01:00",
            "endsAt": "0001-01-01T00:00:00Z",
            "generatorURL": "http://prometheus.example.org:9090/graph?g0.expr=probe_success+%3D%3D+0",
            "fingerprint": "1a30ba71cca2921f",
        }
    ],
}
# As Uptime Kuma 1.23 and 2 send it (monitor shortened; github.com/louislam/uptime-kuma issues 1207 and 3750).
KUMA_DOWN: dict[str, Any] = {
    "heartbeat": {
        "monitorID": 10,
        "status": 0,
        "time": "2026-11-20 08:41:24.905",
        "msg": "connect ECONNREFUSED 10.13.13.13:443",
        "important": True,
        "duration": 60,
        "timezone": "Europe/Oslo",
        "timezoneOffset": "+01:00",
        "localDateTime": "2026-11-20 09:41:24",
    },
    "monitor": {"id": 10, "name": "epost", "url": "https://epost.example.org", "type": "http", "active": True},
    "msg": "[epost] [\U0001f534 Down] connect ECONNREFUSED 10.13.13.13:443",
}
KUMA_TEST = {"heartbeat": None, "monitor": None, "msg": "Fellesgrep Testing"}
# The parameters of Zabbix's own webhook media types; a macro without a value is sent as it is written.
ZABBIX_PROBLEM: dict[str, Any] = {
    "event_source": "0",
    "event_value": "1",
    "event_update_status": "0",
    "event_id": "12345",
    "event_name": "E-post svarer ikke",
    "event_nseverity": "4",
    "event_date": "2026.11.20",
    "event_time": "09:52:26",
    "event_recovery_date": "{EVENT.RECOVERY.DATE}",
    "event_recovery_time": "{EVENT.RECOVERY.TIME}",
    "host_name": "epost",
    "trigger_id": "54321",
}


def resolved() -> dict[str, Any]:
    message = deepcopy(FIRING)
    message["status"] = message["alerts"][0]["status"] = "resolved"
    message["alerts"][0]["endsAt"] = "2026-11-20T10:12:26.739266876+01:00"
    return message


def alerts(*changes: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A message of alerts that each differ so from the one that fires."""
    return FIRING | fields | {"alerts": [FIRING["alerts"][0] | change for change in changes]}


def beat(clock: str, status: int = 0) -> dict[str, Any]:
    message = deepcopy(KUMA_DOWN)
    message["heartbeat"] |= {"time": f"2026-11-20 {clock}.000", "status": status}
    return message


RECOVERED = ZABBIX_PROBLEM | {
    "event_value": "0",
    "event_recovery_date": "2026.11.20",
    "event_recovery_time": "10:12:26",
}
DOWN = {"alertmanager": FIRING, "uptime-kuma": beat("08:52:26"), "zabbix": ZABBIX_PROBLEM}
UP = {"alertmanager": resolved(), "uptime-kuma": beat("09:12:26", 1), "zabbix": RECOVERED}
STARTED, ENDED = datetime(2026, 11, 20, 8, 52, 26, tzinfo=UTC), datetime(2026, 11, 20, 9, 12, 26, tzinfo=UTC)
SENDERS = sorted(DOWN)


def matched(service, *sources: str, name: str = "epost", **fields) -> None:
    for source in sources:
        MonitoredThing.objects.create(source=source, name=name, service=service, **fields)
