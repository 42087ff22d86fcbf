"""An account's stages: their state, their conversations, their deliverables."""

from stages.models.conversation import StageMessage, Turn
from stages.models.deliverables import DeliverableVersion, GateVerdict
from stages.models.stage import Stage, StageStatus, StageTransition

__all__ = ["DeliverableVersion", "GateVerdict", "Stage", "StageMessage", "StageStatus", "StageTransition", "Turn"]
