"""Benefits for a report: exact figures of a quarter, ready to be frozen."""

from benefits.reporting.quarter import benefits_for
from benefits.reporting.shapes import Benefits

__all__ = ["Benefits", "benefits_for"]
