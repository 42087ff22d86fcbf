"""Stage 6 by rules: titles from many angles, days on which people read, owners who write."""

from datetime import date

import pytest

from stages.definitions.calendar_drafting import writers
from stages.definitions.calendar_schema import WorkflowStep
from stages.definitions.scheduling import QUIET_DAYS, open_days, working_days
from stages.definitions.vocabulary import WEEKDAYS
from stages.tests.definitions.factories import deliverable, faults, redraft

FIFTY = [{"format": "Post", "pieces_a_week": "50", "channel": None}]


def steps(*rows):
    return [WorkflowStep(step=step, owner=owner) for step, owner in rows]


def test_fifty_pieces_a_week_have_titles_without_numbers_or_repetitions():
    made = redraft(6, pieces=FIFTY, excluded_days=[], key_dates=[])
    titles = [entry["title"] for entry in made["entries"]]
    assert len(titles) == len(set(titles)) == 650
    assert not any("(parte" in title or "(part" in title for title in titles)
    assert faults(6, made) == set()


def test_a_title_beyond_those_planned_is_about_the_keyword_of_its_piece():
    planned = {page for cluster in deliverable(5)["clusters"] for page in (*cluster["spokes"], *cluster["questions"])}
    folded = {title.casefold() for title in planned}
    further = [
        entry
        for entry in deliverable(6)["entries"]
        if entry["title"].casefold() not in folded and not entry["title"].startswith("Feria del sector")
    ]
    assert further
    assert all(entry["title"].casefold().startswith(entry["keyword"].casefold()) for entry in further)


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_nothing_is_published_on_the_feasts_of_the_years_end(year):
    made = redraft(6, start_date=f"{year}-11-16", key_dates=[])
    days = [date.fromisoformat(entry["date"]) for entry in made["entries"]]
    assert not [day for day in days if (day.month, day.day) in QUIET_DAYS]
    assert faults(6, made) <= {"cadence.start_date"}


def test_a_feast_is_used_when_its_week_has_no_other_day():
    only_friday = [day for day in WEEKDAYS if day != "friday"]
    start = date(2026, 12, 21)
    assert working_days(1, start, only_friday) == open_days(1, start, only_friday) == [date(2026, 12, 25)]


@pytest.mark.parametrize(
    ("workflow", "expected"),
    [
        (steps(("Redactar", "Marketing"), ("Aprobar y publicar", "Dirección")), ["Marketing"]),
        (steps(("Choose the photo", "Founder"), ("Retouch and write the text", "Photographer")), ["Photographer"]),
        (steps(("Escribir", "Ana"), ("Redactar el resumen", "Luis"), ("Escribir", "Ana")), ["Ana", "Luis"]),
        (steps(("Grabar y editar", "Vídeo"), ("Revisar", "Marketing")), ["Vídeo"]),
        (steps(("Aprobar", "Dirección")), ["Marketing", "Técnico"]),
        (steps(("Aprobar", "Dirección"), ("Revisar", "Marketing"), ("Validar", "Técnico")), None),
        ([], None),
    ],
)
def test_the_owner_of_a_piece_is_who_writes_it(workflow, expected):
    people = ["Marketing", "Técnico", "Dirección"]
    assert writers(people, workflow) == (expected or people)


def test_management_approves_and_does_not_write():
    assert {entry["owner"] for entry in deliverable(6)["entries"]} == {"Marketing"}
    assert {entry["owner"] for entry in deliverable(6, "en")["entries"]} == {"Marketing"}


def test_a_piece_that_serves_the_decision_calls_as_stage_three_does():
    action = deliverable(3)["story"]["call_to_action"]
    deciding = [entry for entry in deliverable(6)["entries"] if entry["journey_phase"] == "decision"]
    assert deciding
    assert {entry["call_to_action"] for entry in deciding} == {action}
