"""Sources found, sources made up: what of a model's words stays."""

from datetime import date
from decimal import Decimal

import pytest

from agents.interview.research import Findings, cited_in, only_sourced, propose, without_made_up
from agents.interview.state import Bilingual, Column, InterviewContext, Offered, Origin, Question, QuestionKind

A, B, MADE_UP = "https://a.example/report", "https://b.example/x?y=1", "https://made-up.example/z"
CONTEXT = InterviewContext(language="en", today=date(2026, 11, 22), company="Norte")
FOUND = Findings(addresses=frozenset({A, B}), texts=("A click costs 1.20 and 3.5% of them buy [1]. Elsewhere 0,9 %.",))


def costs(**fields):
    return Question(
        key="costs", phase="first", kind=QuestionKind.TABLE, name=Bilingual("Costes", "Costs"),
        text=Bilingual("¿Cuánto cuesta?", "What does it cost?"), example=Bilingual("Uno | 1 | 2 %", "One | 1 | 2%"),
        columns=(
            Column(key="channel", label=Bilingual("Canal", "Channel")),
            Column(key="cost", label=Bilingual("Coste", "Cost"), kind=QuestionKind.NUMBER, cited=True),
            Column(key="rate", label=Bilingual("Tasa", "Rate"), kind=QuestionKind.PERCENT, cited=True),
            Column(key="source", label=Bilingual("Fuente", "Source"), required=False),
        ),
        **fields,
    )  # fmt: skip


def proposed(rows, question=None):
    return propose(question or costs(), rows, answers={}, context=CONTEXT, findings=FOUND)


def test_figures_that_a_source_tells_carry_it():
    assert proposed(f"One | 1.20 | 3.5% | {A}") == [{"channel": "One", "cost": "1.2", "rate": "3.5", "source": A}]


def test_a_figure_that_no_source_tells_is_called_an_assumption():
    assert proposed(f"One | 1.20 | 7% | {A}")[0]["source"] == f"Cost: {A}; Rate: assumption"
    assert proposed(f"One | 5 | 0.9% | {A}, {B}")[0]["source"] == f"Rate: {A}, {B}; Cost: assumption"


@pytest.mark.parametrize("source", [MADE_UP, "Statista 2026", "assumption", ""])
def test_rows_without_a_source_that_was_found_are_no_proposal(source):
    assert proposed(f"One | 1.20 | 3.5% | {source}") is None


def test_beside_a_sourced_row_one_with_a_made_up_source_is_an_assumption():
    rows = proposed(f"One | 1.20 | 3.5% | {A}\nTwo | 1.20 | 3.5% | {MADE_UP}")
    assert [row["source"] for row in rows] == [A, "assumption"]


def test_rows_left_out_are_those_that_would_be_offered():
    known = [{"channel": name, "cost": "9", "rate": "1", "source": "assumption"} for name in ("One", "Two")]
    question = costs(offer=lambda _answers, _context: Offered(known, Origin.ASSUMPTION))
    rows = proposed(f"two | 1.20 | 3.5% | {A}\nThree | 1.20 | 3.5% | {A}", question)
    assert [(row["channel"].casefold(), row["cost"]) for row in rows] == [("one", "9"), ("two", "1.2")]


@pytest.mark.parametrize("rows", ["", "no rows at all", "One | many | 3%", "<script>", "One | 1.20 | 350% | " + A])
def test_what_does_not_read_is_no_proposal(rows):
    assert proposed(rows) is None


def test_a_figure_is_told_in_either_way_of_writing_it():
    assert FOUND.tells(Decimal("0.9"), "en")
    assert FOUND.tells(Decimal("1.2"), "es")
    assert not FOUND.tells(Decimal("7"), "en")


def test_the_same_address_may_be_written_in_several_ways():
    known = {"https://www.a.example/report"}
    assert cited_in("see http://A.example/report/.", known) == ["https://www.a.example/report"]
    assert cited_in(["Report"], {"Report"}) == ["Report"]
    assert cited_in("https://a.example/report/other", known) == []


def test_addresses_that_nobody_gave_leave_a_text():
    text = f"It costs 1.20 ({A}) or 2 ({MADE_UP}), see {MADE_UP}."
    assert without_made_up(text, {A}) == f"It costs 1.20 ({A}) or 2, see."
    assert without_made_up(f"See {A}", {A}) == f"See {A}"


def test_a_deliverable_keeps_only_sources_found_or_given():
    made = {"rows": [{"sources": [A, MADE_UP, "Our CRM", "Statista"], "note": f"From {MADE_UP}"}], "count": 3}
    assert only_sourced(made, {A}, '["Our CRM"]') == {
        "rows": [{"sources": [A, "Our CRM"], "note": "From"}],
        "count": 3,
    }
