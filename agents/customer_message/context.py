"""How what we know of a message becomes the delimited data of a request; the same for every step."""

from __future__ import annotations

from agents.customer_message.state import CustomerMessage
from agents.messages import CallContext, Message, Role
from agents.prompting import delimit

HISTORY_CHARACTERS = 4000


def call_context(message: CustomerMessage) -> CallContext:
    return CallContext(account_id=message.account_id, subject_kind="run", subject_id=message.run_id)


def user_message(message: CustomerMessage, *, grounded: bool = False) -> Message:
    """The customer's words, the conversation before them and, if `grounded`, what is known of the company."""
    parts = []
    if grounded and message.brief:
        parts.append(delimit("brand", brand_text(message)))
    if grounded and message.passages:
        parts.append(delimit("documents", passages_text(message)))
    if message.history:
        parts.append(delimit("conversation", history_text(message)))
    parts.append(delimit("customer_message", message.text))
    return Message(role=Role.USER, content="\n\n".join(parts))


def history_text(message: CustomerMessage) -> str:
    """The latest of the conversation, oldest first, cut to a bounded length from the old end."""
    lines = [f"{'customer' if entry.author == 'client' else 'company'}: {entry.text}" for entry in message.history]
    return "\n".join(lines)[-HISTORY_CHARACTERS:]


def brand_text(message: CustomerMessage) -> str:
    brief = message.brief
    if brief is None:
        return ""
    fields = ("company", "persona", "offer", "tone", "journey")
    return "\n".join(f"{name}: {value}" for name in fields if (value := getattr(brief, name)))


def passages_text(message: CustomerMessage) -> str:
    return "\n\n".join(f"[{item.document}, page {item.page}]\n{item.text}" for item in message.passages)


def known_text(message: CustomerMessage) -> str:
    """Everything a reply may take a figure or a date from."""
    return "\n".join((message.text, history_text(message), brand_text(message), passages_text(message)))
