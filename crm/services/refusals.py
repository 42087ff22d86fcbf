"""Why a case cannot be decided (any more), with who and when."""

from __future__ import annotations

from booms.core.errors import Conflict
from crm.models import Decision, Run, RunStatus


def decided_already(run: Run) -> Conflict:
    """The refusal for a run that does not wait for a decision."""
    decision = Decision.objects.select_related("supervisor").filter(run=run).first()
    if decision is None:
        what = "is still being worked on" if run.status == RunStatus.RECEIVED else f"is {run.status}"
        return Conflict(f"The case {what} and waits for no decision.", state={"status": run.status})
    return Conflict(
        f"The case was {decision.get_kind_display()} by {decision.supervisor}"
        f" on {decision.created_at:%Y-%m-%d at %H:%M:%S} UTC.",
        state={
            "status": run.status,
            "decided_by": str(decision.supervisor),
            "decided_at": decision.created_at,
        },
    )
