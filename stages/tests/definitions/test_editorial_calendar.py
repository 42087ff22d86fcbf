"""Stage 6: ninety days, thirteen weeks, and a calendar that the cadence and the earlier stages allow."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.interview.answers import question_of, read_answer
from agents.interview.state import Parsed
from stages.definitions.catalogue import definition
from stages.definitions.scheduling import DAYS, WEEKS, expand, is_workable, last_day, open_days, spread, week_of
from stages.definitions.vocabulary import WEEKDAYS
from stages.tests.definitions.factories import context, deliverable, faults, redraft, stage

STARTS = st.dates(date(2020, 1, 1), date(2099, 1, 1))
EXCLUDED = st.sets(st.sampled_from(WEEKDAYS), max_size=6).map(sorted)
CADENCES = st.lists(st.integers(1, 7), min_size=1, max_size=5)


@given(STARTS)
def test_the_weeks_cover_the_ninety_days_once(start):
    days = [day for week in range(1, WEEKS + 1) for day in open_days(week, start, ())]
    assert len(days) == DAYS
    assert days == sorted(set(days))
    assert days[0] == start
    assert days[-1] == last_day(start)
    assert all(week_of(day, start) == (day - start).days // 7 + 1 for day in days)
    assert week_of(start - timedelta(days=1), start) is None
    assert week_of(last_day(start) + timedelta(days=1), start) is None


@given(st.integers(0, 60), STARTS, EXCLUDED)
def test_pieces_are_spread_evenly_over_the_days_there_are(count, start, excluded):
    days = open_days(1, start, excluded)
    placed = spread(count, days)
    assert len(placed) == count
    assert placed == sorted(placed)
    assert max(Counter(placed).values(), default=0) - min((Counter(placed)[day] for day in days), default=0) <= 1


def test_a_weekend_is_two_days():
    assert expand(["weekend", "monday"]) == ["monday", "saturday", "sunday"]


@settings(max_examples=60, deadline=None)
@given(STARTS, EXCLUDED, CADENCES)
def test_every_cadence_that_can_be_kept_makes_a_calendar_that_passes(start, excluded, cadence):
    pieces = [
        {"format": f"Formato {n}", "pieces_a_week": str(count), "channel": None} for n, count in enumerate(cadence)
    ]
    made = redraft(6, start_date=start.isoformat(), excluded_days=excluded, pieces=pieces, key_dates=[])
    if is_workable(start, excluded):
        assert faults(6, made) <= {"cadence.start_date"}
        assert len(made["entries"]) == 13 * sum(cadence)
    else:
        assert "entries" in faults(6, made)


def test_nothing_falls_on_a_day_that_the_cadence_excludes():
    assert deliverable(6)["cadence"]["excluded_days"] == ["saturday", "sunday"]
    assert all(date.fromisoformat(entry["date"]).weekday() < 5 for entry in deliverable(6)["entries"])


def test_a_leap_day_is_a_day_like_any_other():
    made = redraft(6, start_date="2028-02-28", excluded_days=[d for d in WEEKDAYS if d != "tuesday"], key_dates=[])
    assert made["entries"][0]["date"] == "2028-02-29"
    assert made["entries"][0]["week"] == 1
    assert faults(6, made) == set()


def test_one_day_a_week_that_the_last_week_lacks_is_refused_when_it_is_given():
    only_sunday = "lunes, martes, miércoles, jueves, viernes y sábado"
    asked = question_of(definition(6), "excluded_days")
    monday = read_answer(asked, only_sunday, answers={"start_date": "2026-11-23"}, context=context(6))
    assert not isinstance(monday, Parsed)
    assert "trece" in monday.needs.es
    tuesday = read_answer(asked, only_sunday, answers={"start_date": "2026-11-24"}, context=context(6))
    assert len(tuesday.value) == 6
    everything = read_answer(asked, "todos", answers={"start_date": "2026-11-24"}, context=context(6))
    assert not isinstance(everything, Parsed)


def test_moving_the_start_is_checked_against_the_days_excluded():
    asked = question_of(definition(6), "start_date")
    answers = {"excluded_days": [day for day in WEEKDAYS if day != "sunday"]}
    assert isinstance(read_answer(asked, "24/11/2026", answers=answers, context=context(6)), Parsed)
    assert not isinstance(read_answer(asked, "23/11/2026", answers=answers, context=context(6)), Parsed)


def test_a_key_date_is_told_in_the_calendar_and_one_outside_is_refused():
    asked = question_of(definition(6), "key_dates")
    answers = stage(6).answers
    outside = read_answer(asked, "1/1/2030 | Feria", answers=answers, context=context(6))
    assert not isinstance(outside, Parsed)
    assert "fuera" in outside.needs.es
    told = [entry for entry in deliverable(6)["entries"] if entry["title"].startswith("Feria del sector: ")]
    assert len(told) == 1
    assert told[0]["date"] <= answers["key_dates"][0]["date"]


def test_titles_are_never_repeated_and_pillars_and_formats_mix():
    made = redraft(
        6, pieces=[{"format": "Post", "pieces_a_week": "7", "channel": None}], excluded_days=[], key_dates=[]
    )
    titles = [(entry["pillar"], entry["title"]) for entry in made["entries"]]
    assert len(titles) == len(set(titles)) == 91
    assert len({(entry["format"], entry["pillar"]) for entry in deliverable(6)["entries"]}) == 9


def changed(position=0, **fields):
    entries = [dict(entry) for entry in deliverable(6)["entries"]]
    entries[position].update(fields)
    return definition(6).finish({**deliverable(6), "entries": entries}, context(6))


def test_a_wrong_week_is_computed_again_and_an_impossible_date_is_moved_into_its_week():
    assert changed(week=9) == deliverable(6)
    for wrong in ("2026-11-28", "2031-01-01", None):
        moved = [entry for entry in changed(date=wrong, week=1)["entries"] if entry["week"] == 1]
        assert len(moved) == 3
        assert all(date.fromisoformat(entry["date"]).weekday() < 5 for entry in moved)


def test_names_are_written_as_the_earlier_stages_have_them():
    assert changed(
        pillar="MANTENIMIENTO PREVENTIVO", channel="google ads", journey_phase="Descubrimiento"
    ) == deliverable(6)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"channel": "TikTok"}, "entries.*.channel"),
        ({"pillar": "Cocina"}, "entries.*.pillar"),
        ({"keyword": "recetas"}, "entries.*.keyword"),
        ({"format": "Ópera"}, "entries"),
        ({"date": None, "week": None}, "entries.0.date"),
        ({"title": ""}, "entries.0.title"),
    ],
)
def test_each_check_of_an_entry_names_what_is_wrong(fields, field):
    found = faults(6, changed(**fields))
    assert any(name.rpartition(".")[2] == field.rpartition(".")[2] for name in found)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"entries": []}, "entries"),
        ({"entries": deliverable(6)["entries"][3:]}, "entries"),
        ({"entries": deliverable(6)["entries"] + deliverable(6)["entries"][:1]}, "entries"),
        (
            {"entries": [e for e in deliverable(6)["entries"] if e["journey_phase"] != "delight"]},
            "entries.*.journey_phase",
        ),
        (
            {"entries": [e for e in deliverable(6)["entries"] if e["pillar"] != "Mantenimiento preventivo"]},
            "entries.*.pillar",
        ),
        ({"briefs": deliverable(6)["briefs"][1:]}, "briefs"),
        ({"briefs": [{**deliverable(6)["briefs"][0], "outline": []}, *deliverable(6)["briefs"][1:]]}, "briefs.0"),
        ({"workflow": []}, "workflow"),
    ],
)
def test_each_check_of_the_calendar_names_what_is_wrong(change, field):
    assert field in faults(6, definition(6).finish({**deliverable(6), **change}, context(6)))


def test_a_calendar_that_begins_in_the_past_is_a_warning():
    late = replace(context(6), today=date(2027, 6, 1))
    assert "cadence.start_date" in faults(6, stage(6).deliverable, late)
    assert "cadence.start_date" not in faults(6, stage(6).deliverable)
