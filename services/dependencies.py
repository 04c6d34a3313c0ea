"""The graph of what services need: all that a service rests on, and the way from one to another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.models import Dependency

type Edge = tuple[int, int]
"""The ids of a service and of one that it needs."""


@dataclass(frozen=True)
class Graph:
    """`needs` maps the id of a service to those it needs."""

    needs: dict[int, list[int]]

    @classmethod
    def of(cls, edges: Iterable[Edge]) -> "Graph":
        needs: dict[int, list[int]] = {}
        for service, needed in edges:
            needs.setdefault(service, []).append(needed)
        return cls(needs)

    def all_needed_by(self, service: int) -> list[int]:
        """Directly or by way of others, each once, the nearest first; without the service itself."""
        found = dict.fromkeys([service])
        ahead = [service]
        while ahead:
            needed = [one for service in ahead for one in self.needs.get(service, []) if one not in found]
            found |= (nearest := dict.fromkeys(needed))
            ahead = list(nearest)
        return list(found)[1:]

    def way(self, start: int, end: int) -> Sequence[int]:
        """The shortest chain of needs from one to the other, both included; empty where there is none."""
        ways = {start: [start]}
        ahead = [start]
        while ahead and end not in ways:
            reached = [(one, needed) for one in ahead for needed in self.needs.get(one, []) if needed not in ways]
            for one, needed in reached:
                ways.setdefault(needed, [*ways[one], needed])
            ahead = list(dict.fromkeys(needed for _one, needed in reached))
        return ways.get(end, [])


def graph() -> Graph:
    """Of every service, in one query."""
    return Graph.of(Dependency.objects.values_list("service_id", "needed_id"))
