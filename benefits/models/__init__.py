from benefits.models.goals import Goal, GoalKind, Layer
from benefits.models.register import Benefit, Frequency, Type, Unit
from benefits.models.shares import BenefitShare, Measurement

__all__ = ["Benefit", "BenefitShare", "Frequency", "Goal", "GoalKind", "Layer", "Measurement", "Type", "Unit"]
