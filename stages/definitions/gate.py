"""The quality gate: rules decide; a model's review adds judgement and never turns a failed rule into a pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from agents.interview.state import Bilingual, InterviewContext, Review, ReviewIssue
from agents.interview.verdict import Category, Decision, Issue, Severity, Verdict
from stages.definitions.base import StageDefinition

TOP = Decimal(10)
# What an issue takes from its score.
PENALTIES = {Severity.ERROR: Decimal(3), Severity.WARNING: Decimal("0.5")}
_TENTH = Decimal("0.1")
_MOST_ISSUES = 60


def judge(
    definition: StageDefinition,
    deliverable: Mapping[str, Any],
    context: InterviewContext,
    *,
    review: Review | None = None,
) -> Verdict:
    """The verdict on a finished deliverable. A reviewer's objections are warnings: only rules reject."""
    value = definition.parse(deliverable)
    found = [issue for check in definition.checks for issue in check(value, context)]
    issues = [*found, *(_from_review(issue) for issue in review.issues)] if review else found
    completeness = _score(issues, {Category.COMPLETENESS}, TOP * _filled(deliverable))
    coherence = _score(issues, {Category.COHERENCE, Category.NUMBERS, Category.SPECIFICITY}, TOP)
    if review:
        completeness = min(completeness, _tenth(Decimal(str(review.completeness))))
        coherence = min(coherence, _tenth(Decimal(str(review.coherence))))
    ranked = sorted(issues, key=lambda issue: issue.severity is not Severity.ERROR)[:_MOST_ISSUES]
    return Verdict(
        decision=_decision(ranked),
        completeness=completeness,
        coherence=coherence,
        issues=tuple(ranked),
        suggestions=_suggestions(ranked, review),
        reviewed_by_model=review is not None,
    )


def _decision(issues: Sequence[Issue]) -> Decision:
    if any(issue.severity is Severity.ERROR for issue in issues):
        return Decision.REJECTED
    return Decision.APPROVED_WITH_WARNINGS if issues else Decision.APPROVED


def _score(issues: Sequence[Issue], categories: set[Category], start: Decimal) -> Decimal:
    lost = sum((PENALTIES[issue.severity] for issue in issues if issue.category in categories), Decimal(0))
    return _tenth(max(Decimal(0), start - lost))


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(_TENTH, ROUND_HALF_EVEN)


def _filled(deliverable: Mapping[str, Any]) -> Decimal:
    """The share of texts and lists that say something; cells that may be empty (None) do not count."""
    leaves = [bool(leaf) for leaf in _leaves(deliverable) if leaf is not None]
    return Decimal(sum(leaves)) / len(leaves) if leaves else Decimal(0)


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _leaves(part)
    elif isinstance(value, list) and value and not isinstance(value[0], str):
        for part in value:
            yield from _leaves(part)
    else:
        yield True if isinstance(value, (bool, int)) else value


def _from_review(issue: ReviewIssue) -> Issue:
    return Issue(
        severity=Severity.WARNING,
        category=Category(issue.category),
        field=issue.field,
        message=Bilingual(issue.message, issue.message),
        suggestion=Bilingual(issue.suggestion, issue.suggestion),
    )


def _suggestions(issues: Sequence[Issue], review: Review | None) -> tuple[Bilingual, ...]:
    mine = [issue.suggestion for issue in issues if issue.suggestion.es]
    theirs = [Bilingual(text, text) for text in review.suggestions] if review else []
    return tuple(dict.fromkeys([*mine, *theirs]))[:10]
