"""Corrections that say what is wrong and what is right: "it is not 4000 but 5000", "no es A sino B"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agents.interview.parsing.words import fold
from agents.interview.state import InterviewDefinition
from agents.offline.interviewer_reading import Piece, find_question

_LONGEST = 240
_LEAD = re.compile(
    r"^(?:(?:no|perd[oó]n|perdona|sorry|wait|espera|actually|en realidad|bueno|well|but|pero|correcci[oó]n|correction|"
    r"me equivoqu[eé]|my mistake|oye|hey)\b[\s,.:;!–—-]*)*?(?=\S)",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"^(?:no[\s,.]+)?(?:but\s+|pero\s+)?(?:yo\s+)?(?:i\s+(?:said|told\s+you|meant|wrote|answered)|(?:te\s+)?(?:dije|"
    r"puse|he\s+dicho|hab[ií]a\s+dicho|quise\s+decir)|lo\s+que\s+dije\s+(?:es|fue))\s+(?:que\s+|that\s+|eran?\s+|"
    r"it\s+(?:was|is)\s+)?",
    re.IGNORECASE,
)
# Wrong first: "is not 4000 but 5000".
_NOT = re.compile(r"(?:^|\s)(?:no\s+(?:es|son|era|eran)(?:\s+de)?|(?:is|are|was|were)\s+not|(?:is|are|was|were)n['’]t|"
                  r"(?:it|that)['’]s\s+not|not)\s", re.IGNORECASE)  # fmt: skip
_BUT = re.compile(
    r"(?:,?\s+(?:sino|but)(?:\s+(?:que\s+(?:es|son)|rather|de))?|[,;.:]\s*(?:es|son|it['’]s|it\s+is|they\s+are|"
    r"that['’]s|is|are))\s+",
    re.IGNORECASE,
)
_REGRET = re.compile(r"[,.;]?\s(?:sorry|perd[oó]n|perdona|lo siento|my mistake)[.!]?$", re.IGNORECASE)
_COMMA = re.compile(r"[,;]\s+")
# Right first: "is hospitality, not bakery".
_IS = re.compile(r"(?:^|\s)(?:es|son|is|are|was|era|should\s+be|it['’]s|deber[ií]a\s+ser|ser[ií]a)(?:\s+de)?\s",
                 re.IGNORECASE)  # fmt: skip
_NOT_THAT = re.compile(
    r"(?:[,;]?\s+(?:and\s+|y\s+)?(?:not|no|rather\s+than|instead\s+of|en\s+vez\s+de|en\s+lugar\s+de)|[,;]\s*nada\s+de)\s+",
    re.IGNORECASE,
)
_WRONG_ABOUT = re.compile(
    r"^(?:i\s+(?:was|am|got\s+it)\s+(?:wrong|mistaken)|i\s+made\s+a\s+mistake|there\s+(?:is|was)\s+(?:a\s+mistake|"
    r"an\s+"
    r"error)|(?:a\s+)?(?:mistake|error|correction)|me\s+(?:he\s+equivocado|equivoqu[eé]|confund[ií]|he\s+confundido)|"
    r"(?:una\s+)?correcci[oó]n|(?:hay\s+)?(?:un\s+)?(?:error|fallo)|(?:i\s+(?:want|need)\s+to\s+)?(?:correct|fix)|"
    r"(?:going\s+)?back|volviendo|let\s+me\s+correct|regarding|en\s+cuanto|respecto|"
    r"as\s+for|sobre)\s+(?:(?:about|with|on|in|to|regarding|con|en|de|del|al?|sobre|lo\s+de|the|el|la|los|las|our|my|"
    r"nuestr[oa]s?|mi)\s+){0,3}",
    re.IGNORECASE,
)
_LABEL_END = re.compile(
    r"\s*[,:;.–—]\s+|\s+(?=(?:it\s+is|it['’]s|is|es|son|should\s+be|they\s+are|are)\s)", re.IGNORECASE
)
_COPULA = re.compile(
    r"^(?:que\s+)?(?:it\s+(?:is|was|should\s+be)|it['’]s|they\s+are|they['’]re|is|are|should\s+be|es|son|era|eran|"
    r"ser[ií]a|deber[ií]a\s+ser|actually|en\s+realidad)\s+(?:de\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Contrast:
    """What is right, what was wrong, and how the question was called; `said` if the consultant insists on the words."""

    right: str
    wrong: str
    label: str
    said: bool = False


def find_contrast(text: str) -> Contrast | None:
    """The contrast that a short message is."""
    bare = _REGRET.sub("", text.strip())
    if len(bare) > _LONGEST or "\n" in bare:
        return None
    said = _SAID.match(bare)
    if said:
        right, mark, wrong = _cut(bare[said.end() :], _NOT_THAT)
        return Contrast(_value(right), _value(wrong), "", said=True) if mark else None
    return _wrong_first(bare) or _right_first(bare)


def _wrong_first(text: str) -> Contrast | None:
    denied = _NOT.search(text)
    if denied is None:
        return None
    rest = text[denied.end() :]
    wrong, mark, right = _cut(rest, _BUT)
    label = _label(text[: denied.start()])
    if not mark and not label:
        wrong, mark, right = _cut(rest, _COMMA)
    return Contrast(_value(right), _value(wrong), label) if mark and right and _is_label(label) else None


def _right_first(text: str) -> Contrast | None:
    stated = _IS.search(text)
    if stated is None:
        return None
    right, mark, wrong = _cut(text[stated.end() :], _NOT_THAT)
    label = _label(text[: stated.start()])
    return Contrast(_value(right), _value(wrong), label) if mark and _is_label(label) else None


def find_wrong_about(definition: InterviewDefinition, text: str) -> Piece | None:
    """ "I was wrong about acquisition, it is only Google": the question named and its new answer."""
    bare = text.strip()
    opening = _WRONG_ABOUT.match(bare)
    if opening is None:
        return None
    rest = bare[opening.end() :]
    for end in _LABEL_END.finditer(rest[:80]):
        question = find_question(definition, rest[: end.start()])
        value = _value(_COPULA.sub("", rest[end.end() :]))
        if question and value:
            return Piece(question, value)
    return None


def _cut(text: str, mark: re.Pattern[str]) -> tuple[str, str, str]:
    found = mark.search(text)
    return (text[: found.start()], found.group(), text[found.end() :]) if found else (text, "", "")


def _label(text: str) -> str:
    bare = _LEAD.sub("", text.strip()).strip(" ,.;:")
    return "" if fold(bare) in ("", "it", "that", "this", "eso", "esto", "no", "perdon", "sorry", "lo", "the") else bare


def _is_label(label: str) -> bool:
    return len(label.split()) <= 6


def _value(text: str) -> str:
    return text.strip(" \"'«»“”.,;!")


def is_figure(text: str) -> bool:
    """Whether a value is a bare figure, perhaps with its currency."""
    return bool(re.fullmatch(r"[€$£]?\s?\d[\d.,]*\s?(?:[€$£%]|euros?|eur|usd|dollars?|d[oó]lares)?", text.strip()))
