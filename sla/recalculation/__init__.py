from sla.recalculation.run import recalculate

__all__ = ["recalculate"]
