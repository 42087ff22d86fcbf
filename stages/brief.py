"""The strategy in a few bounded lines, for agents that answer customers. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agents.customer_message.state import BrandBrief

MOST = 900  # characters a field
Found = Mapping[str, tuple[int, int, Mapping[str, Any]]]


def compose(company: str, found: Found) -> BrandBrief:
    """From deliverables by slug, each `(stage number, version, output)`; `version` names them: `1.2 2.1 3.1`."""
    persona = _output(found, "buyer_persona")
    offer = _output(found, "offer")
    journey = _output(found, "buyers_journey")
    return BrandBrief(
        version=" ".join(
            f"{stage}.{version}" for stage, version, _output in sorted(found.values(), key=lambda f: f[0])
        ),
        company=company,
        persona=_persona(persona.get("persona", {})),
        offer=_offer(offer.get("offer", {})),
        tone=_tone(offer.get("story", {})),
        journey=_journey(journey.get("rows", [])),
    )


def _output(found: Found, slug: str) -> Mapping[str, Any]:
    return found[slug][2] if slug in found else {}


def _persona(persona: Mapping[str, Any]) -> str:
    return _lines(persona, ("name", "professional_context", "goals", "challenges", "objections"))


def _offer(offer: Mapping[str, Any]) -> str:
    return _lines(offer, ("name", "headline", "value_proposition", "core", "guarantee"))


def _tone(story: Mapping[str, Any]) -> str:
    return _lines(story, ("empathy", "authority", "call_to_action"))


def _journey(rows: list[Mapping[str, Any]]) -> str:
    return "; ".join(f"{row.get('phase')}: {_text(row.get('key_questions'))}" for row in rows)[:MOST]


def _lines(part: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return "\n".join(f"{name}: {_text(part[name])}" for name in names if part.get(name))[:MOST]


def _text(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value or "")
