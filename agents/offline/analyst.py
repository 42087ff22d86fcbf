"""The analyst by rules: sentiment, intent, language and the safety marks of a message, each as sure as rules can be."""

from __future__ import annotations

from collections.abc import Mapping

from agents.customer_message.state import Analysis, Language, Sentiment
from agents.offline import intent, language, safety, scoring, sentiment
from agents.offline.text import normalise

# Rules that read Spanish and English know nothing of a text in another language.
UNREADABLE = 0.3
# Praise, and then a clause that the rules could not read.
HALF_READ = 0.45


def analyse(text: str) -> Analysis:
    """Judge one message. Below 0.5 a confidence says that the rules cannot tell."""
    readable = normalise(text)
    signs = sentiment.features(readable)
    spoken, language_confidence = language.detect(text)
    feeling, feeling_confidence = _feeling(sentiment.classify(signs), signs)
    wish, wish_confidence = scoring.most_likely(intent.classify(readable, signs))
    bound = UNREADABLE if spoken is Language.OTHER and language_confidence >= UNREADABLE else 1.0
    return Analysis(
        sentiment=feeling,
        sentiment_confidence=round(min(feeling_confidence, bound), 3),
        intent=wish,
        intent_confidence=round(min(wish_confidence, bound), 3),
        language=spoken.value,
        language_confidence=language_confidence,
        asks_for_human=safety.asks_for_human(text),
        suspected_injection=safety.suspected_injection(text),
    )


def _feeling(chances: Mapping[str, float], signs: Mapping[str, float]) -> tuple[str, float]:
    """The likeliest sentiment. To miss an angry customer costs more than a human's minute: that risk counts double."""
    feeling, chance = scoring.most_likely(chances)
    if feeling == Sentiment.NEGATIVE:
        return feeling, chance
    bound = HALF_READ if "praise_then_unread" in signs else 1.0
    return feeling, min(chance, bound, max(0.0, 1 - 2 * chances["negative"]))
