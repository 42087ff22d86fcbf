"""What the quality gate says about a deliverable."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from agents.interview.state import Bilingual


class Severity(StrEnum):
    """An error keeps the stage open, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Category(StrEnum):
    """What kind of fault an issue is."""

    COMPLETENESS = "completeness"
    COHERENCE = "coherence"
    NUMBERS = "numbers"
    SPECIFICITY = "specificity"


class Decision(StrEnum):
    """How the gate decides."""

    APPROVED = "approved"
    APPROVED_WITH_WARNINGS = "approved_with_warnings"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True, slots=True)
class Issue:
    """One thing that is wrong, where, and what to do. `question` is the answer that would mend it, if one would."""

    severity: Severity
    category: Category
    field: str
    message: Bilingual
    suggestion: Bilingual
    question: str | None = None

    def as_json(self, language: str) -> dict[str, Any]:
        return {
            "severity": self.severity.value,
            "category": self.category.value,
            "field": self.field,
            "message": self.message.of(language),
            "suggestion": self.suggestion.of(language),
            "question": self.question,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The gate's decision with its reasons; scores from 0 to 10."""

    decision: Decision
    completeness: Decimal
    coherence: Decimal
    issues: tuple[Issue, ...] = ()
    suggestions: tuple[Bilingual, ...] = ()
    reviewed_by_model: bool = False

    def as_json(self, language: str) -> dict[str, Any]:
        return {
            "decision": self.decision.value,
            "scores": {"completeness": float(self.completeness), "coherence": float(self.coherence)},
            "issues": [issue.as_json(language) for issue in self.issues],
            "suggestions": [suggestion.of(language) for suggestion in self.suggestions],
            "reviewed_by_model": self.reviewed_by_model,
        }
