"""Measures an analyst on labelled messages: how often it is right, and what triage would do with its verdicts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from agents.customer_message.state import Action, Analysis, Intent, Language, Sentiment
from agents.customer_message.triage import UNDETERMINED_BELOW, Facts, decide
from agents.errors import UnknownModel
from agents.offline.analyst import analyse

OFFLINE = "offline"
LABELS: Mapping[str, type[Sentiment | Intent | Language]] = {
    "sentiment": Sentiment,
    "intent": Intent,
    "language": Language,
}

Classify = Callable[[str], Analysis]
Outcome = tuple["Row", str, str]


class BadRows(ValueError):
    """The file has lines that are no labelled messages; `faults` names each with its number."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A labelled message; `also` are second labels as right as the first."""

    id: str
    text: str
    labels: Mapping[str, str]
    also: Mapping[str, frozenset[str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelScore:
    """How well one label is found. Ratios are None where there was nothing to find."""

    label: str
    support: int
    precision: float | None
    recall: float | None
    f1: float
    recall_by_language: Mapping[str, float | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Confusion:
    """Messages of one label that were taken for another."""

    expected: str
    found: str
    ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldScore:
    """The scores of one field; the strict ones do not count second labels as right."""

    accuracy: float
    macro_f1: float
    strict_accuracy: float
    strict_macro_f1: float
    labels: tuple[LabelScore, ...]
    confusions: tuple[Confusion, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """The whole measurement. `negatives_answered` and `others_held` are by language, with `all`."""

    messages: int
    fields: Mapping[str, FieldScore]
    negatives_answered: Mapping[str, float | None]
    others_held: Mapping[str, float | None]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def classifier_for(model_id: str) -> Classify:
    """The analyst to measure: the rules, or a configured model. Raises `UnknownModel` when another would answer."""
    if model_id in ("", OFFLINE):
        return analyse
    # Imported here so that measuring the rules needs no provider.
    from agents.customer_message.analyst import analyse_text
    from agents.providers import registry

    if registry.serving_model(model_id).id != model_id:
        raise UnknownModel(f"no model {model_id!r} with a key is configured")
    return lambda text: analyse_text(text, model_id=model_id)


def read_rows(path: Path) -> list[Row]:
    """The labelled messages of a JSON Lines file; raises `BadRows` that names every line in fault."""
    rows, faults = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            rows.append(_row(json.loads(line), number))
        except ValueError as fault:
            faults.append(f"line {number}: {fault}")
    if faults or not rows:
        raise BadRows(faults or ["no messages in the file"])
    return rows


def evaluate(rows: Sequence[Row], classify: Classify, *, progress: Callable[[], None] = lambda: None) -> Report:
    """Classify every row and compare. `progress` is called after each."""
    verdicts = []
    for row in rows:
        verdicts.append(classify(row.text))
        progress()
    pairs = list(zip(rows, verdicts, strict=True))
    negatives = [(row, held(verdict)) for row, verdict in pairs if row.labels["sentiment"] == Sentiment.NEGATIVE]
    others = [(row, held(verdict)) for row, verdict in pairs if row.labels["sentiment"] != Sentiment.NEGATIVE]
    return Report(
        messages=len(rows),
        fields={name: _field_score(name, pairs) for name in LABELS},
        negatives_answered=_by_language((row, not kept) for row, kept in negatives),
        others_held=_by_language(others),
    )


def held(analysis: Analysis) -> bool:
    """Whether triage would put a message with this verdict before a human, were it answered in time."""
    facts = Facts(
        analysis=analysis,
        sla_breached=False,
        suspected_injection=analysis.suspected_injection,
        asks_for_human=analysis.asks_for_human,
        language_known=analysis.language_confidence >= UNDETERMINED_BELOW,
    )
    return decide(facts)[1] == Action.ESCALATE_TO_HUMAN


def _row(content: Any, number: int) -> Row:
    match content:
        case {"text": str(text)} if text.strip():
            labels = {name: _label(name, content.get(name)) for name in LABELS}
            also = {name: _second_labels(name, content.get(f"{name}_also", [])) for name in LABELS}
            return Row(id=str(content.get("id") or f"line {number}"), text=text, labels=labels, also=also)
    raise ValueError("not an object with a `text`")


def _second_labels(name: str, values: Any) -> frozenset[str]:
    if not isinstance(values, list):
        raise ValueError(f"`{name}_also` is {values!r}, not a list")
    return frozenset(_label(name, value) for value in values)


def _label(name: str, value: Any) -> str:
    try:
        return LABELS[name](value).value
    except ValueError:
        allowed = ", ".join(LABELS[name])
        raise ValueError(f"`{name}` is {value!r}, not one of {allowed}") from None


def _field_score(name: str, pairs: Sequence[tuple[Row, Analysis]]) -> FieldScore:
    strict = [(row, row.labels[name], getattr(verdict, name)) for row, verdict in pairs]
    lenient = [(row, found if found in row.also[name] else expected, found) for row, expected, found in strict]
    labels = _label_scores(lenient)
    return FieldScore(
        accuracy=_accuracy(lenient),
        macro_f1=_macro_f1(labels),
        strict_accuracy=_accuracy(strict),
        strict_macro_f1=_macro_f1(_label_scores(strict)),
        labels=labels,
        confusions=_confusions(lenient),
    )


def _accuracy(outcomes: Sequence[Outcome]) -> float:
    return sum(expected == found for _, expected, found in outcomes) / len(outcomes)


def _label_scores(outcomes: Sequence[Outcome]) -> tuple[LabelScore, ...]:
    names = sorted({expected for _, expected, _ in outcomes} | {found for _, _, found in outcomes})
    return tuple(_label_score(name, outcomes) for name in names)


def _label_score(name: str, outcomes: Sequence[Outcome]) -> LabelScore:
    of_label = [(row, found == name) for row, expected, found in outcomes if expected == name]
    found_as = [expected == name for _, expected, found in outcomes if found == name]
    right = sum(found_as)
    return LabelScore(
        label=name,
        support=len(of_label),
        precision=_ratio(right, len(found_as)),
        recall=_ratio(right, len(of_label)),
        f1=2 * right / (len(of_label) + len(found_as)),
        recall_by_language=_by_language(of_label),
    )


def _macro_f1(labels: Sequence[LabelScore]) -> float:
    """The mean over the labels that were to be found."""
    expected = [score.f1 for score in labels if score.support]
    return sum(expected) / len(expected)


def _confusions(outcomes: Iterable[Outcome]) -> tuple[Confusion, ...]:
    wrong: dict[tuple[str, str], list[str]] = {}
    for row, expected, found in outcomes:
        if expected != found:
            wrong.setdefault((expected, found), []).append(row.id)
    ordered = sorted(wrong.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Confusion(expected=pair[0], found=pair[1], ids=tuple(ids)) for pair, ids in ordered)


def _by_language(outcomes: Iterable[tuple[Row, bool]]) -> dict[str, float | None]:
    """The share of true outcomes by the message's language, and of `all`."""
    counted, true = Counter({"all": 0}), Counter[str]()
    for row, outcome in outcomes:
        for key in (row.labels["language"], "all"):
            counted[key] += 1
            true[key] += outcome
    return {key: _ratio(true[key], total) for key, total in sorted(counted.items())}


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
