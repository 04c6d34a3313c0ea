"""The chain of services in words: the figure, its links, and where too much is promised."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kit import charts, formats
from services.models import Service
from sla.figures.chain import Chain, Link
from sla.models import Metric
from sla.words import plain


@dataclass(frozen=True)
class ToldLink:
    name: str
    url: str
    status: charts.Status
    word: str
    share: str


def links(chain: Chain, address: Callable[[Service], str]) -> list[ToldLink]:
    return [_told(one, address) for one in chain.links]


def _told(one: Link, address: Callable[[Service], str]) -> ToldLink:
    share = plain.percentage(one.level, Metric.AVAILABILITY)
    status = one.level.status
    return ToldLink(str(one.service), address(one.service), plain.SHAPES[status], str(status.label), share)


def figure(chain: Chain) -> str:
    """«99,02 %»."""
    return formats.percent(chain.share, plain.language(), decimals=2)


def notes(chain: Chain) -> list[str]:
    """Sentences under the links."""
    said = [_("Multiplied, as all must be up at once. Where several went down together, it was up for longer.")]
    if chain.unmeasured:
        words = _("%(services)s: not measured here, and left out.")
        said.append(words % {"services": plain.listed(chain.unmeasured)})
    if chain.promises_too_much:
        words = _("More is promised than the chain allows: what it needs is promised %(share)s together.")
        said.append(words % {"share": formats.percent(chain.promised, plain.language(), decimals=2)})
    return said
