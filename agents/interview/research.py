"""What a search found: figures with the addresses they come from, to be confirmed; what is made up is left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from agents.interview.answers import offer_for, resolved
from agents.interview.parsing import Reading, parse_answer
from agents.interview.parsing.figures import find_figures
from agents.interview.parsing.words import fold
from agents.interview.state import Answers, Bilingual, Column, InterviewContext, Parsed, Question, QuestionKind

ASSUMPTION = Bilingual("supuesto", "assumption")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?")
_AFTER_ADDRESS = ".,;:!?)]}>\"'»”’*_|"
_LOOSE = re.compile(r"[ \t]+([,.;:])")
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]")
# Parts of a deliverable or an answer that say where something comes from.
_CITING = frozenset(("source", "sources"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """What tools returned: the `addresses` (or titles of documents) it came from, and the `texts` themselves."""

    addresses: frozenset[str] = frozenset()
    texts: tuple[str, ...] = ()

    def tells(self, figure: Decimal, language: str) -> bool:
        """Whether a figure stands in what was found, in either way of writing decimals."""
        return any(figure in _figures(text, way) for text in self.texts for way in {language, "en", "es"})


@lru_cache(maxsize=32)
def _figures(text: str, language: str) -> frozenset[Decimal]:
    return frozenset(found.value for found in find_figures(text, language=language))


NOTHING_FOUND = Findings()


def propose(
    question: Question, words: str, *, answers: Answers, context: InterviewContext, findings: Findings
) -> list[dict[str, Any]] | None:
    """The rows that a model puts forward for a question, each with the addresses that were found; None without any.

    A figure that has to be cited and that no result tells is called an assumption in the cell of sources; rows that
    the question needs and the model left out are those it would have been offered otherwise.
    """
    citing = next((column for column in question.columns if column.key in _CITING), None)
    if question.kind is not QuestionKind.TABLE or citing is None:
        return None
    whole = resolved(question, answers, context)
    loose = replace(whole, columns=tuple(replace(column, covers=False) for column in whole.columns), minimum=None)
    reading = Reading(language=context.language, today=context.today, currency=context.currency)
    read = parse_answer(loose, words, reading)
    if not isinstance(read, Parsed) or not isinstance(read.value, list):
        return None
    rows = [_cited(row, citing, whole.columns, context.language, findings) for row in read.value]
    if not any(cited_in(row[citing.key], findings.addresses) for row in rows):
        return None
    return _completed(rows, question, answers, context)


def _cited(
    row: Mapping[str, Any], citing: Column, columns: Iterable[Column], language: str, findings: Findings
) -> dict[str, Any]:
    given = row[citing.key] or []
    found = list(dict.fromkeys(cited_in(given, findings.addresses)))
    if citing.kind is QuestionKind.LIST:
        return {**row, citing.key: found}
    figures = [column for column in columns if column.cited]
    told = [column for column in figures if found and findings.tells(Decimal(row[column.key]), language)]
    untold = [column for column in figures if column not in told]
    assumed = ASSUMPTION.of(language)
    if not found or (figures and not told):
        return {**row, citing.key: assumed}
    source = ", ".join(found)
    if untold:
        source = f"{_names(told, language)}: {source}; {_names(untold, language)}: {assumed}"
    return {**row, citing.key: source}


def _names(columns: Iterable[Column], language: str) -> str:
    return ", ".join(column.label.of(language) for column in columns)


def _completed(
    rows: list[dict[str, Any]], question: Question, answers: Answers, context: InterviewContext
) -> list[dict[str, Any]]:
    """The rows with those that were offered anyhow in place of the ones left out."""
    offered = offer_for(question, answers, replace(context, found={}))
    if offered is None:
        return rows
    first = question.columns[0].key
    mine = {fold(str(row[first])): row for row in rows}
    return [mine.get(fold(str(row[first])), row) for row in offered.value]


def cited_in(given: str | Iterable[str], known: Collection[str]) -> list[str]:
    """The known addresses, or titles of documents, that a text or any of several names."""
    texts = [given] if isinstance(given, str) else list(given)
    by_place = {_place(name): name for name in known}
    named = [by_place[place] for text in texts for address in addresses(text) if (place := _place(address)) in by_place]
    return named + [text for text in texts if text in known and text not in named]


def without_made_up(text: str, known: Collection[str]) -> str:
    """The text without the addresses that nobody gave."""
    places = {_place(name) for name in known}
    made_up = [address for address in addresses(text) if _place(address) not in places]
    for address in sorted(made_up, key=len, reverse=True):
        text = text.replace(address, "")
    if not made_up:
        return text
    return _LOOSE.sub(r"\1", re.sub(r"[ \t]{2,}", " ", _EMPTY_BRACKETS.sub("", text))).strip()


def only_sourced(deliverable: Any, known: Collection[str], given: str, *, citing: bool = False) -> Any:
    """A deliverable without addresses and sources that were neither found nor `given`."""
    if isinstance(deliverable, Mapping):
        return {key: only_sourced(part, known, given, citing=key in _CITING) for key, part in deliverable.items()}
    if isinstance(deliverable, list):
        parts = [only_sourced(part, known, given, citing=citing) for part in deliverable]
        return [part for part in parts if part not in ("", None)]
    if not isinstance(deliverable, str):
        return deliverable
    if citing and deliverable not in given and not cited_in(deliverable, known):
        return ""
    return without_made_up(deliverable, {*known, *addresses(given)})


def _place(address: str) -> str:
    """An address as it is compared: "https://www.a.example/x/" is "a.example/x"."""
    return _SCHEME.sub("", address.casefold()).rstrip("/")


def addresses(text: str) -> list[str]:
    """The addresses of pages that a text names, in order."""
    return [match.group().rstrip(_AFTER_ADDRESS) for match in _ADDRESS.finditer(text)]
