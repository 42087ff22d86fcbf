"""Stages 1 to 3 and 5: what their checks find."""

import pytest
from pydantic import ValidationError

from agents.interview.answers import question_of, read_answer
from agents.interview.state import Parsed
from agents.interview.verdict import Decision
from stages.definitions.catalogue import definition
from stages.definitions.schema import MAX_ITEMS
from stages.tests.definitions.factories import context, deliverable, faults, redraft, stage, verdict


def changed(number, *path, value):
    """The deliverable with the part at a path replaced."""

    def put(part, keys):
        head, *rest = keys
        copy = list(part) if isinstance(part, list) else dict(part)
        copy[head] = put(copy[head], rest) if rest else value
        return copy

    return definition(number).finish(put(deliverable(number), path), context(number))


ROWS = deliverable(1)["scaling_up"]


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("scaling_up",), ROWS[:3], "scaling_up"),
        (("scaling_up",), [{**ROWS[0], "criterion": f"C{n}"} for n in range(9)], "scaling_up"),
        (("scaling_up",), [*ROWS[:4], ROWS[0]], "scaling_up"),
        (("scaling_up", 2, "red"), "", "scaling_up.2"),
        (("scaling_up", 2, "red"), ROWS[2]["green"].upper(), "scaling_up.2"),
        (("persona", "goals"), ["una", "dos"], "persona.goals"),
        (("persona", "behaviours"), ["a", "b", "c", "d", "e", "f"], "persona.behaviours"),
        (("persona", "narrative"), "Habla de otra persona.", "persona.narrative"),
        (("persona", "demographics"), "", "persona.demographics"),
        (("business", "goal"), "", "business.goal"),
    ],
)
def test_stage_one_finds(path, value, field):
    made = changed(1, *path, value=value)
    assert field in faults(1, made)
    assert verdict(1, made).decision is Decision.REJECTED


def test_one_word_answers_pass_with_warnings():
    made = redraft(1, offering="CRM", problem="ventas", goal="crecer", demographics="40")
    judged = verdict(1, made)
    assert judged.decision is Decision.APPROVED_WITH_WARNINGS
    assert {issue.question for issue in judged.issues} == {"offering", "problem", "goal", "demographics"}


def test_the_server_fills_in_the_consultant_whatever_was_written():
    made = changed(1, "consultant", value={"name": "Otra", "date": "ayer"})
    assert made["consultant"] == {
        "name": "Consultant",
        "company": "Example",
        "website": "https://example.com",
        "date": "2026-11-22",
    }


def test_a_criterion_already_graded_is_refused_when_it_is_given():
    asked = question_of(definition(1), "criterion_2")
    again = stage(1).definition.questions[-5].example.es
    read = read_answer(asked, again, answers={"criterion_1": stage(1).answers["criterion_1"]}, context=context(1))
    assert not isinstance(read, Parsed)
    assert "ya está" in read.needs.es


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("rows",), deliverable(2)["rows"][1:], "rows"),
        (("rows",), deliverable(2)["rows"][::-1], "rows"),
        (("rows",), deliverable(2)["rows"][:3] + deliverable(2)["rows"][:1], "rows"),
        (("rows", 1, "kpis"), "", "rows.1.kpis"),
        (("narrative",), [], "narrative"),
    ],
)
def test_stage_two_finds(path, value, field):
    assert field in faults(2, changed(2, *path, value=value))


def test_a_journey_without_delight_passes_and_one_without_pains_does_not():
    answers = {key: value for key, value in stage(2).answers.items() if not key.startswith("delight")}
    made = definition(2).draft({**answers, "delight_wanted": "no"}, context(2))
    assert [row["phase"] for row in made["rows"]] == ["awareness", "consideration", "decision"]
    assert faults(2, made) == set()
    painless = redraft(2, awareness_symptoms=["Todo va bien"], awareness_trigger="Ve un anuncio en la calle")
    assert faults(2, painless) == {"rows"}
    assert [issue.question for issue in verdict(2, painless).issues] == ["awareness_symptoms"]


def test_a_cell_may_be_given_as_a_list_and_a_phase_in_words():
    row = {**deliverable(2)["rows"][0], "phase": "Descubrimiento", "kpis": ["Visitas", "descargas"]}
    made = changed(2, "rows", 0, value=row)
    assert made["rows"][0]["kpis"] == "Visitas; descargas"
    assert made["rows"][0]["phase"] == "awareness"


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("story", "plan"), ["uno", "dos"], "story.plan"),
        (("offer", "bonuses"), deliverable(3)["offer"]["bonuses"][:1], "offer.bonuses"),
        (("offer", "bonuses", 0, "removes"), "El mal tiempo", "offer.bonuses.0"),
        (("offer", "price"), "0", "offer.price"),
        (("offer", "anchor_price"), "10", "offer.anchor_price"),
        (("offer", "currency"), "GALLETAS", "offer.currency"),
        (("offer", "guarantee"), "", "offer.guarantee"),
        (("story", "success"), "", "story.success"),
        (("story", "success"), "Duerme", "story.success"),
    ],
)
def test_stage_three_finds(path, value, field):
    assert field in faults(3, changed(3, *path, value=value))


def test_a_bonus_is_tied_to_what_stages_one_and_two_say():
    asked = question_of(definition(3), "bonuses")
    known = context(3)
    read = read_answer(asked, "Curso | no se ve retorno\nVisita | precios no publicos", answers={}, context=known)
    assert [row["removes"] for row in read.value] == ["No se ve el retorno", "Los precios no son públicos"]
    refused = read_answer(asked, "Curso | hace frío\nVisita | llueve", answers={}, context=known)
    assert not isinstance(refused, Parsed)
    assert "Los precios no son públicos" in refused.needs.es


@pytest.mark.parametrize("answer", ["5.000 €", "9.500 USD"])
def test_an_anchor_below_the_price_or_in_another_currency_is_refused(answer):
    asked = question_of(definition(3), "anchor_price")
    price = {"price": {"amount": "6000.00", "currency": "EUR"}}
    assert not isinstance(read_answer(asked, answer, answers=price, context=context(3)), Parsed)


PILLARS = deliverable(5)["pillars"]


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("pillars",), PILLARS[:2], "pillars"),
        (("pillars",), [*PILLARS, PILLARS[0]], "pillars.3"),
        (("pillars", 0, "persona_pain"), "Hace frío", "pillars.0.persona_pain"),
        (("clusters",), deliverable(5)["clusters"][1:], "clusters"),
        (("clusters", 0, "pillar"), "Cocina", "clusters.0.pillar"),
        (("clusters", 0, "spokes"), ["uno"], "clusters.0.spokes"),
        (("clusters", 0, "questions"), [], "clusters.0"),
        (("keywords", 0, "pillar"), "Cocina", "keywords.0.pillar"),
        (("keywords", 1, "keyword"), deliverable(5)["keywords"][0]["keyword"].upper(), "keywords.1"),
        (("keywords",), [], "keywords"),
        (("keywords",), deliverable(5)["keywords"][2:], "keywords"),
        (("aeo_checklist", "voice"), [], "aeo_checklist.voice"),
    ],
)
def test_stage_five_finds(path, value, field):
    assert field in faults(5, changed(5, *path, value=value))


def test_pillars_are_called_the_same_everywhere():
    made = changed(5, "keywords", 0, "pillar", value=PILLARS[0]["name"].upper())
    assert made == deliverable(5)


def test_clusters_must_cover_every_pillar_when_they_are_given():
    asked = question_of(definition(5), "clusters")
    answers = {"pillars": stage(5).answers["pillars"]}
    only_one = asked.example.es.split("\n")[0]
    read = read_answer(asked, only_one, answers=answers, context=context(5))
    assert not isinstance(read, Parsed)
    assert "Auditorías sin sobresaltos" in read.needs.es


@pytest.mark.parametrize(
    ("number", "path", "value"),
    [
        (1, ("persona",), None),
        (1, ("extra",), 1),
        (2, ("rows", 0, "phase"), "siesta"),
        (3, ("offer", "price"), "caro"),
        (3, ("offer", "price"), "Infinity"),
        (5, ("pillars", 0, "opportunity"), 11),
        (5, ("keywords", 0, "intent"), "curiosa"),
        (1, ("persona", "goals"), ["x"] * (MAX_ITEMS + 1)),
    ],
)
def test_what_does_not_fit_the_schema_does_not_validate(number, path, value):
    with pytest.raises(ValidationError):
        changed(number, *path, value=value)


def test_long_texts_are_kept_whole_and_endless_ones_refused():
    long = "Crecer mucho. " * 2_000
    assert changed(1, "business", "goal", value=long)["business"]["goal"] == long.strip()
    with pytest.raises(ValidationError):
        changed(1, "business", "goal", value="x" * 50_000)


def test_control_characters_never_reach_a_deliverable():
    made = changed(1, "business", "goal", value="Crecer\x00 mucho\x07 más")
    assert made["business"]["goal"] == "Crecer mucho más"
