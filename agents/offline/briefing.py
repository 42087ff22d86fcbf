"""The supervisor's briefing by rules: who wants what and how they feel, and why a person decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agents.customer_message.state import Intent, Language, Rule, Sentiment
from agents.offline import sentiment as feelings
from agents.offline.rulebook import load
from agents.offline.text import normalise
from agents.offline.topics import subject

LONGEST_CLIENT = 60


def brief(
    *,
    text: str,
    client_id: str,
    sentiment: str,
    intent: str,
    rule: str,
    sla_breached: bool = False,
    supervisor_language: str = Language.ENGLISH,
) -> str:
    """Two sentences in the supervisor's language. `sentiment` and `intent` are empty when the analysis failed."""
    language = Language.SPANISH if supervisor_language == Language.SPANISH else Language.ENGLISH
    words = load("briefings")[language]
    who = words["who"].format(
        client=" ".join(client_id.split())[:LONGEST_CLIENT],
        feeling=words["feeling"].get(sentiment, words["feeling_unknown"]),
        wish=_wish(words, sentiment=sentiment, intent=intent),
        about=_about(words, text, language),
        signs=_signs(words, text) if sentiment == Sentiment.NEGATIVE else "",
    )
    return f"{who} {_why(words, rule=rule, late=sla_breached)}"


def _wish(words: Mapping[str, Any], *, sentiment: str, intent: str) -> str:
    if sentiment == Sentiment.NEGATIVE and intent == Intent.GENERAL_INQUIRY:
        return words["wish_negative_general"]
    return words["wish"].get(intent, words["wish_unknown"])


def _about(words: Mapping[str, Any], text: str, language: str) -> str:
    about = subject(text)
    topic = about.name(language).replace("your ", "the ").replace("you were", "the client was")
    named = words["about"].format(topic=topic) if topic else ""
    return named + (words["reference"].format(reference=about.reference) if about.reference else "")


def _signs(words: Mapping[str, Any], text: str) -> str:
    """What in the message asks for care, the gravest first."""
    found = feelings.features(normalise(text))
    signs = [said for sign, said in words["signs"].items() if found.get(sign)][: load("briefings")["most_signs"]]
    return words["signs_before"] + words["and"].join(signs) if signs else ""


def _why(words: Mapping[str, Any], *, rule: str, late: bool) -> str:
    why = words["why"].get(rule, words["why_else"])
    return why.removesuffix(".") + words["late"] if late and rule != Rule.SLA_BREACHED else why
