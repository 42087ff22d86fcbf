"""What `serve` says when everything runs."""

from __future__ import annotations

import json
import shlex

from booms.serving.first_start import Supervisor

MESSAGE = "Hello, what are your opening hours on Saturday?"


def banner(*, address: str, answers: str, supervisor: Supervisor | None, key: str) -> str:
    lines = [
        "",
        f"  BOOMS runs at      {address}/",
        f"  Supervisors        {address}/admin/",
        f"  API description    {address}/docs",
        f"  Messages go to     {answers}",
        "",
        f"  Supervisor         {_credentials(supervisor)}",
    ]
    if key:
        lines += [
            f"  Webhook key        {key}",
            "",
            "  A customer's message:",
            "",
            f"  {curl_line(address=address, key=key)}",
        ]
    return "\n".join([*lines, "", "  Stop with Ctrl-C.", ""])


def curl_line(*, address: str, key: str) -> str:
    """One line for a shell; the shell fills in the time."""
    body = json.dumps({"client_id": "client-1", "message": MESSAGE, "timestamp": "NOW"})
    before, after = (part.replace('"', '\\"') for part in body.split("NOW"))
    return (
        f"curl -s {address}/api/v1/webhook/messages -H {shlex.quote(f'X-Api-Key: {key}')}"
        f" -H 'Content-Type: application/json' -d \"{before}$(date -u +%Y-%m-%dT%H:%M:%SZ){after}\""
    )


def _credentials(supervisor: Supervisor | None) -> str:
    if supervisor is None:
        return "none yet: set SUPERVISOR_PASSWORD_HASH, or use manage.py createsuperuser"
    return f"{supervisor.username}   {supervisor.password or f'({supervisor.note})'}"
