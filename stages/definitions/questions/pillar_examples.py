"""Stage 5's examples for a company that is not the examples' own: made of its own pains and pillars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from agents.interview.parsing.words import fold
from agents.interview.state import Answers, Bilingual, InterviewContext

_INTENTS = ("informational", "commercial", "informational")
_PRIORITIES = ("high", "medium")
_LONGEST_NAME = 60
_DESCRIPTION = Bilingual(
    "De dónde viene «{pain}», qué se puede hacer y qué cuesta dejarlo como está",
    "Where “{pain}” comes from, what can be done and what leaving it costs",
)
_HUB = Bilingual("Guía: {pillar}", "Guide: {pillar}")
_SPOKES = Bilingual(
    "{pillar}: por dónde empezar|{pillar}: errores frecuentes|{pillar}: cómo comparar opciones|"
    "{pillar}: cuánto cuesta y cuánto dura|{pillar}: un caso real paso a paso",
    "{pillar}: where to begin|{pillar}: common mistakes|{pillar}: how to compare the options|"
    "{pillar}: what it costs and how long it takes|{pillar}: a real case step by step",
)
_QUESTIONS = Bilingual(
    "por dónde empezar con {low}|cuánto se tarda en resolver {low}",
    "where to begin with {low}|how long it takes to solve {low}",
)
_KEYWORDS = Bilingual("{low}|{low} soluciones", "{low}|{low} solutions")


def pillars_of(pains: Sequence[str], language: str) -> list[dict[str, Any]]:
    """A pillar for each of three pains."""
    return [
        {
            "name": _short(pain),
            "persona_pain": pain,
            "description": _DESCRIPTION.of(language).format(pain=_plain(pain)),
            "search_intent": intent,
            "opportunity": str(9 - place),
        }
        for place, (pain, intent) in enumerate(zip(pains, _INTENTS, strict=False))
    ]


def fit_pillars(
    example: Sequence[Mapping[str, Any]], _answers: Answers, context: InterviewContext, language: str
) -> list[dict[str, Any]] | None:
    """Pillars of the persona's own pains; None where the example's are hers."""
    pains = context.earlier.get("buyer_persona", {}).get("persona", {}).get("challenges", [])
    theirs = {fold(pain) for pain in pains}
    if len(pains) < len(_INTENTS) or all(fold(row["persona_pain"]) in theirs for row in example):
        return None
    return pillars_of(pains, language)


def fit_clusters(
    example: Sequence[Mapping[str, Any]], answers: Answers, _context: InterviewContext, language: str
) -> list[dict[str, Any]] | None:
    """A cluster for each pillar that was answered; None where the pillars are the example's."""
    return _for_others(example, answers, lambda name: [_cluster(name, language)])


def fit_keywords(
    example: Sequence[Mapping[str, Any]], answers: Answers, _context: InterviewContext, language: str
) -> list[dict[str, Any]] | None:
    """Two keywords for each pillar that was answered; None where the pillars are the example's."""
    return _for_others(example, answers, lambda name: _keywords(name, language))


def _for_others(example: Sequence[Mapping[str, Any]], answers: Answers, make: Any) -> list[dict[str, Any]] | None:
    names = [row["name"] for row in answers.get("pillars") or []]
    theirs = {fold(row["pillar"]) for row in example}
    if not names or all(fold(name) in theirs for name in names):
        return None
    return [row for name in names for row in make(name)]


def _cluster(name: str, language: str) -> dict[str, Any]:
    def written(form: Bilingual) -> list[str]:
        return [part.format(pillar=name, low=_low(name)) for part in form.of(language).split("|")]

    return {"pillar": name, "hub_page": written(_HUB)[0], "spokes": written(_SPOKES), "questions": written(_QUESTIONS)}


def _keywords(name: str, language: str) -> list[dict[str, Any]]:
    texts = [part.format(low=_low(name)) for part in _KEYWORDS.of(language).split("|")]
    return [
        {"keyword": text, "pillar": name, "intent": intent, "priority": priority, "volume": None, "difficulty": None}
        for text, intent, priority in zip(texts, _INTENTS, _PRIORITIES, strict=False)
    ]


def _plain(text: str) -> str:
    """Without what parts rows, cells and items."""
    return " ".join(text.replace("|", "/").replace(";", ",").split()).rstrip(" .")


def _short(text: str) -> str:
    plain = _plain(text)
    return plain if len(plain) <= _LONGEST_NAME else plain[:_LONGEST_NAME].rsplit(" ", 1)[0].rstrip(" ,")


def _low(name: str) -> str:
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
