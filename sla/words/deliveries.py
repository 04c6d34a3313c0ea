"""How agreed lead times were kept, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from kit import charts
from sla.lead_times import Kept
from sla.levels import Level
from sla.words import plain


@dataclass(frozen=True)
class DeliveryRow:
    """A service, over all owners that the reader may see."""

    name: str
    share: str
    counted: str
    wanted: str
    status: charts.Status
    word: str


def delivery_rows(found: Sequence[Kept]) -> list[DeliveryRow]:
    by_service = groupby(found, key=lambda one: one.service)
    return [_row(str(service), sum((one.level for one in many), Level())) for service, many in by_service]


def _row(name: str, level: Level) -> DeliveryRow:
    return DeliveryRow(
        name=name,
        share=plain.percentage(level),
        counted=_("%(met)s of %(counted)s") % {"met": level.met, "counted": level.counted},
        wanted=plain.share(level.wanted_share),
        status=plain.SHAPES[level.status],
        word=str(level.status.label),
    )
