"""Every write about stages."""

from stages.services.chat import Accepted, ChatAnswer, chat, message_accept, turn_answer
from stages.services.completion import stage_complete
from stages.services.creation import stages_create
from stages.services.lifecycle import stage_reset, stage_start

__all__ = [
    "Accepted",
    "ChatAnswer",
    "chat",
    "message_accept",
    "stage_complete",
    "stage_reset",
    "stage_start",
    "stages_create",
    "turn_answer",
]
