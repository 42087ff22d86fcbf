"""Verdicts, scores and a model's review."""

from decimal import Decimal

from agents.interview.state import Review
from agents.interview.verdict import Decision
from stages.definitions.catalogue import definition
from stages.definitions.gate import judge
from stages.tests.definitions.factories import context, deliverable, redraft, verdict


def review(completeness=10, coherence=10, severity=None):
    issues = [
        {
            "severity": severity,
            "category": "specificity",
            "field": "persona.narrative",
            "message": "Too general.",
            "suggestion": "Name a plant.",
        }
    ]
    return Review(
        completeness=completeness, coherence=coherence, issues=issues if severity else [], suggestions=["Add a quote."]
    )


def with_review(made, given):
    return judge(definition(1), made, context(1), review=given)


def test_a_good_deliverable_is_approved_with_full_marks():
    judged = verdict(1, deliverable(1))
    assert judged.decision is Decision.APPROVED
    assert judged.issues == ()
    assert (judged.completeness, judged.coherence) == (Decimal("10.0"), Decimal("10.0"))


def test_errors_reject_and_cost_more_than_warnings():
    warned = verdict(1, redraft(1, goal="crecer"))
    broken = verdict(1, redraft(1, goals=["una", "dos"]))
    assert warned.decision is Decision.APPROVED_WITH_WARNINGS
    assert broken.decision is Decision.REJECTED
    assert broken.completeness < Decimal(8)
    assert warned.coherence == Decimal("9.5")


def test_a_review_adds_warnings_and_lowers_scores():
    judged = with_review(deliverable(1), review(6.5, 7.2, "error"))
    assert judged.decision is Decision.APPROVED_WITH_WARNINGS
    assert judged.reviewed_by_model
    assert (judged.completeness, judged.coherence) == (Decimal("6.5"), Decimal("7.2"))
    assert judged.suggestions[-1].es == "Add a quote."


def test_a_kind_review_never_turns_a_failed_rule_into_a_pass():
    broken = redraft(1, goals=["una", "dos"])
    judged = with_review(broken, review())
    assert judged.decision is Decision.REJECTED
    assert judged.completeness == verdict(1, broken).completeness


def test_errors_come_first_and_the_verdict_travels_as_json_in_a_language():
    judged = verdict(1, redraft(1, goal="crecer", goals=["una", "dos"]))
    assert [issue.severity for issue in judged.issues] == ["error", "warning"]
    told = judged.as_json("en")
    assert told["decision"] == "rejected"
    assert told["scores"]["coherence"] == 9.5
    assert told["issues"][0]["message"] == "“Goals” has 2 items."
    assert told["issues"][0]["question"] == "goals"
    assert judged.as_json("es")["issues"][0]["message"] == "«Metas» tiene 2 elementos."
