"""A message that comes while an earlier one is worked on makes that one's draft stale: the next run answers both."""

from __future__ import annotations

from agents.customer_message.state import Action, Rule
from crm.models import InboundMessage, Run, RunStatus
from crm.transitions import run_transition

# After so many runs folded into one its reply goes out, though the customer is still writing.
MOST_FOLDED = 3


def following_run(run: Run) -> Run | None:
    """The next run of the conversation that waits."""
    return (
        Run.objects.filter(conversation=run.conversation_id, status=RunStatus.RECEIVED, position__gt=run.position)
        .order_by("position")
        .first()
    )


def is_stale(run: Run, following: Run) -> bool:
    """Whether the run's draft should not go out. An answer that a webhook waits for is never taken away."""
    if run.work_at is None or following.work_at is None:
        return False
    return run.supersedes.count() < MOST_FOLDED


def run_supersede(run: Run, following: Run) -> None:
    """Fold a run into the one that follows, messages and all. What needed a human goes on needing one.

    Both runs, and their conversation, are the caller's.
    """
    following.sla_due_at = min(following.sla_due_at, run.sla_due_at)
    if not following.must_escalate and run.proposed_action == Action.ESCALATE_TO_HUMAN:
        following.must_escalate = run.must_escalate or Rule.EARLIER_MESSAGE
    following.save(update_fields=["sla_due_at", "must_escalate", "updated_at"])
    InboundMessage.objects.filter(run=run).update(run=following)
    run.supersedes.update(superseded_by=following)
    run.superseded_by = following
    run_transition(run, RunStatus.SUPERSEDED, reason="a newer message")
