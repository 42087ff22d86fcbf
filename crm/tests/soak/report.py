"""The totals, from the database and from what the vendor received."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from crm.tests.faults.stage import Stage
from crm.tests.soak.load import Load

WAITED = """
SELECT percentile_disc(array[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY seconds) AS waited
FROM (SELECT extract(epoch FROM reply.status_at - message.created_at) AS seconds
      FROM crm_inboundmessage AS message JOIN crm_reply AS reply USING (run_id)
      WHERE reply.status = 'sent') AS replies
"""


def report(scene: Stage, load: Load) -> dict[str, Any]:
    """What became of all messages, by name."""
    tally = scene.tally(load.messages)
    waited = scene.query(WAITED)[0]["waited"] or [0, 0, 0]
    return {
        "messages": len(load.messages),
        "deliveries, repeated ones among them": load.deliveries,
        "deliveries that had to be made again": load.refused,
        "conversations": scene.count("crm_conversation"),
        "runs": scene.count("crm_run"),
        "runs superseded": scene.count("crm_run", "status = 'superseded'"),
        "runs taken up more than once": scene.count("crm_run", "attempts > 1"),
        "model calls": scene.model.requests,
        "replies the vendor accepted": len(scene.vendors.accepted),
        "workers killed": load.kills,
        "accepted": tally.accepted,
        "answered once": tally.once,
        "answered twice": tally.twice,
        "lost": tally.lost,
        "waiting for a human": tally.waiting,
        "- a case": scene.count("crm_inboundmessage", f"run_id IN ({PENDING})"),
        "- a reply of unknown fate": scene.count("crm_reply", "status = 'failed'"),
        "out of order": _out_of_order(scene),
        "failed jobs": scene.count("procrastinate_jobs", "status = 'failed'"),
        "seconds of delivery": round(load.seconds_of_delivery, 1),
        "seconds until all was done": round(load.seconds, 1),
        "messages a second": round(len(load.messages) / load.seconds, 1),
        "seconds to an answer (p50, p95, p99)": ", ".join(f"{seconds:.1f}" for seconds in waited),
    }


PENDING = "SELECT id FROM crm_run WHERE status = 'pending_approval'"


def _out_of_order(scene: Stage) -> int:
    """How often a customer received a reply to something older after one to something newer, or two runs overlapped
    in what they answered.
    """
    replies = {
        str(row["id"]): row
        for row in scene.query(
            "SELECT reply.id, conversation.client_id, min(message.message_id) AS first, max(message.message_id) AS last"
            " FROM crm_reply AS reply JOIN crm_inboundmessage AS message USING (run_id)"
            " JOIN crm_conversation AS conversation ON conversation.id = reply.conversation_id"
            " GROUP BY reply.id, conversation.client_id"
        )
    }
    received: dict[str, list[dict[str, Any]]] = {}
    for request in scene.vendors.accepted:
        row = replies[request.data["biz_opaque_callback_data"]]
        received.setdefault(row["client_id"], []).append(row)
    return sum(earlier["last"] >= later["first"] for rows in received.values() for earlier, later in pairwise(rows))
