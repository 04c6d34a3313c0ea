from sla.recalculation.run import recalculate, recalculate_availability

__all__ = ["recalculate", "recalculate_availability"]
