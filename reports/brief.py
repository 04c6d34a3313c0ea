"""A published report in a few lines, for whoever has not opened it yet."""

from reports.document.span import shown
from reports.figures import thawed
from reports.findings.conclusions import Conclusion, conclusions
from reports.findings.front import headline
from reports.models import Edition

__all__ = ["Conclusion", "brief"]


def brief(edition: Edition) -> tuple[str, list[Conclusion]]:
    """Its finding and its conclusions, from the frozen figures, in the active language."""
    figures = shown(thawed(Edition.objects.values_list("figures", flat=True).get(pk=edition.pk)))
    return headline(figures.service_levels), conclusions(figures)
