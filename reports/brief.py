"""A published report in a few lines, for whoever has not opened it yet."""

from reports.figures import thawed
from reports.findings.front import Conclusion, conclusions, headline
from reports.models import Edition

__all__ = ["Conclusion", "brief"]


def brief(edition: Edition) -> tuple[str, list[Conclusion]]:
    """Its finding and its conclusions, from the frozen figures, in the active language."""
    levels = thawed(Edition.objects.values_list("figures", flat=True).get(pk=edition.pk)).service_levels
    return headline(levels), conclusions(levels)
