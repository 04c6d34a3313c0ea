"""Where a figure opens: on a page into the rows behind it, on paper nowhere but its explanation."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from kit.quarters import Quarter
from sla.reporting import OwnerFigures, ServiceFigures


@dataclass(frozen=True)
class Links:
    """Addresses into the rows behind the figures of a quarter. Paper has none.

    Orders say what a person needs, so they open only to those who may see them (`opens_orders`).
    """

    quarter: Quarter
    on_page: bool
    opens_orders: bool = False

    def grid(self, metric: str) -> str:
        return self._to("sla:grid", metric=metric, period=self.quarter)

    def cell(self, service: ServiceFigures, owner: OwnerFigures) -> str:
        return self._to("sla:grid-cell", service.code, owner.id, metric="resolution", period=self.quarter)

    def service(self, service: ServiceFigures, metric: str) -> str:
        return self._incidents(service=service.id, metric=metric, counted=self.quarter)

    def owner(self, owner: OwnerFigures, metric: str) -> str:
        return self._incidents(owner=owner.id, metric=metric, counted=self.quarter)

    def priority(self, priority: int, metric: str) -> str:
        return self._incidents(priority=priority, metric=metric, counted=self.quarter)

    def uptime(self, quarter: str, service: int | None = None) -> str:
        """The outages of a quarter, of one service or of all."""
        query = {"service": service, "period": quarter} if service else {"period": quarter}
        return self._to("sla:outage-list", **query)

    def reported(self) -> str:
        return self._incidents(reported=self.quarter)

    def open_past_deadline(self) -> str:
        return self._incidents(state="open", deadline="broken", metric="resolution")

    def without_agreement(self) -> str:
        return self._incidents(deadline="none", reported=self.quarter)

    def orders(self, **query: object) -> str:
        """Those delivered in the quarter, unless something else is asked for."""
        asked = query or {"delivered": self.quarter}
        return self._to("services:order-list", show="all", **asked) if self.opens_orders else ""

    def benefits(self, **query: object) -> str:
        return self._to("benefits:share-list", **query)

    def benefit(self, share: int) -> str:
        return self._to("benefits:share-detail", share)

    def resolutions(self) -> str:
        return self._to("partnership:resolution-list")

    def _incidents(self, **query: object) -> str:
        return self._to("sla:incident-list", **query)

    def _to(self, name: str, *arguments: object, **query: object) -> str:
        if not self.on_page:
            return ""
        address = reverse(name, args=arguments)
        return f"{address}?{urlencode(query)}" if query else address
