"""The drafter by rules: two to four fixed sentences around what the customer asked, without promises."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from agents.customer_message.state import Action, BrandBrief, Exchange, Intent, Language, Sentiment
from agents.offline.rulebook import load
from agents.offline.topics import Subject, subject

LONGEST_COMPANY = 80


def _written(language: str) -> str:
    return Language.SPANISH.value if language == Language.SPANISH else Language.ENGLISH.value


def fallback_reply(language: str) -> str:
    """The fixed sentences for a reply when the drafter failed."""
    return load("replies")["fallback"][_written(language)]


FALLBACK_REPLIES: Mapping[str, str] = {language.value: fallback_reply(language) for language in Language}


def draft(
    *,
    language: str,
    intent: str,
    sentiment: str,
    action: str,
    text: str,
    history: Sequence[Exchange] = (),
    brief: BrandBrief | None = None,
) -> str:
    """A reply in the customer's language; the same text always gets the same one."""
    written = _written(language)
    replies = load("replies")[written]
    about = subject(text)
    topic = _topic(about, replies, written)
    company = " ".join(brief.company.split())[:LONGEST_COMPANY] if brief else ""
    sentences = [
        _opening(replies, sentiment=sentiment, named=bool(about.topic), history=history, company=company, text=text),
        _next_step(replies, sentiment=sentiment, intent=intent, named=bool(about.topic), text=text),
    ]
    if action == Action.ESCALATE_TO_HUMAN and sentiment != Sentiment.NEGATIVE:
        sentences[1] = _variant(replies["by_a_person"], text)
    return " ".join(sentences).format(topic=topic, company=company)


def _variant(variants: Sequence[str], text: str) -> str:
    return variants[zlib.crc32(text.encode()) % len(variants)]


def _topic(about: Subject, replies: Mapping[str, Any], language: str) -> str:
    name = about.name(language) or replies["unnamed_topic"]
    return replies["with_reference"].format(topic=name, reference=about.reference) if about.reference else name


def _opening(
    replies: Mapping[str, Any], *, sentiment: str, named: bool, history: Sequence[Exchange], company: str, text: str
) -> str:
    if sentiment == Sentiment.NEGATIVE:
        return _variant(replies["apology" if named else "apology_unnamed"], text)
    if sentiment == Sentiment.POSITIVE:
        return _variant(replies["gratitude"], text)
    if history:
        return _variant(replies["thanks_again"], text)
    return _variant(replies["thanks_for_writing_to" if company else "thanks_for_writing"], text)


def _next_step(replies: Mapping[str, Any], *, sentiment: str, intent: str, named: bool, text: str) -> str:
    wish = intent if intent in {member.value for member in Intent} else Intent.GENERAL_INQUIRY.value
    feeling = sentiment if sentiment in replies["next"] else Sentiment.NEUTRAL.value
    unnamed = replies["next_unnamed"].get(feeling, {}).get(wish)
    return _variant(unnamed if unnamed and not named else replies["next"][feeling][wish], text)
