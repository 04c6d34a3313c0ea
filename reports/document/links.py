"""Where a figure opens: on a page into the rows behind it, on paper nowhere but its explanation."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from kit.quarters import Quarter
from sla.reporting import OwnerFigures, ServiceFigures


@dataclass(frozen=True)
class Links:
    """Addresses into the rows behind the figures of a quarter. Paper has none."""

    quarter: Quarter
    on_page: bool

    def grid(self, metric: str) -> str:
        return self._to("sla:grid", metric=metric, period=self.quarter)

    def cell(self, service: ServiceFigures, owner: OwnerFigures) -> str:
        return self._to("sla:grid-cell", service.code, owner.id, metric="resolution", period=self.quarter)

    def service(self, service: ServiceFigures, metric: str) -> str:
        return self._incidents(service=service.id, metric=metric, counted=self.quarter)

    def owner(self, owner: OwnerFigures, metric: str) -> str:
        return self._incidents(owner=owner.id, metric=metric, counted=self.quarter)

    def reported(self) -> str:
        return self._incidents(reported=self.quarter)

    def open_past_deadline(self) -> str:
        return self._incidents(state="open", deadline="broken", metric="resolution")

    def without_agreement(self) -> str:
        return self._incidents(deadline="none", reported=self.quarter)

    def _incidents(self, **query: object) -> str:
        return self._to("sla:incident-list", **query)

    def _to(self, name: str, *arguments: object, **query: object) -> str:
        return f"{reverse(name, args=arguments)}?{urlencode(query)}" if self.on_page else ""
