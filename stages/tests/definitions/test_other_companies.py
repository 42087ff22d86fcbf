"""Stages made elsewhere, for another company: the examples of the stages after them fit what they say."""

from dataclasses import replace

import pytest

from agents.interview.answers import example_for, question_of
from agents.interview.state import InterviewContext
from agents.interview.verdict import Decision
from agents.offline.interviewer import opening, take_turn
from stages.definitions.catalogue import CATALOGUE
from stages.definitions.gate import judge
from stages.tests.definitions.factories import TODAY

PAINS = ["Clothes that fall apart", "Greenwashing everywhere", "Sizes that never fit", "High prices"]
PILLARS = ["Durability", "Honesty", "Fit", "Value"]
CHANNELS = [("Instagram", 9, "50"), ("Pinterest", 7, "30"), ("Email", 6, "20"), ("Radio", 1, "")]
LEVELS = {"super_green": "a", "green": "b", "yellow": "c", "red": "d", "not_eligible": "e"}

POSTED = {
    1: {
        "scaling_up": [{"criterion": f"Criterion {number}", **LEVELS} for number in range(4)],
        "persona": {
            "name": "Marta",
            "demographics": "30 to 40, lives in a city",
            "professional_context": "Graphic designer in a small studio",
            "goals": ["Dress well", "Waste less", "Support local makers"],
            "challenges": PAINS,
            "motivations": ["Ethics"],
            "objections": ["It is expensive", "Returns are a hassle"],
            "behaviours": ["Reads labels", "Buys twice a year", "Follows creators"],
            "information_sources": ["Instagram", "Friends"],
            "narrative": "Marta designs for a living.\n\nShe wants clothes that last.",
        },
        "business": {
            "industry": "Sustainable fashion",
            "offering": "Organic cotton clothing",
            "problem": "Fast fashion does not last",
            "differentiator": "Repairs for life",
            "acquisition": "Instagram and pop-up shops",
            "ticket": "A basket of some 80 euros",
            "goal": "Double the online sales",
        },
    },
    4: {
        "constraints": {
            "monthly_budget": 1500,
            "currency": "USD",
            "team": "Two people in the afternoons",
            "assets": ["Photographs"],
            "horizon": "Six months",
            "current_channels": [],
        },
        "channels": [
            {
                "name": name,
                "audience_fit": fit,
                "cost_efficiency": 7,
                "effort": 3,
                "days_to_result": 30,
                "rationale": "They are there",
            }
            for name, fit, _ in CHANNELS
        ],
        "budget_split": [{"channel": name, "percent": percent} for name, _, percent in CHANNELS if percent],
        "roadmap": [{"week": 1, "action": "Start", "owner": "Marta"}],
    },
    5: {
        "pillars": [
            {
                "name": name,
                "description": "What we say of it",
                "persona_pain": pain,
                "search_intent": "informational",
                "opportunity": 5,
            }
            for name, pain in zip(PILLARS, PAINS, strict=True)
        ],
        "clusters": [
            {
                "pillar": name,
                "hub_page": f"All on {name}",
                "spokes": [f"{name} {n}" for n in range(5)],
                "questions": ["why"],
            }
            for name in PILLARS
        ],
        "keywords": [
            {"keyword": f"clothes {name}", "intent": "commercial", "pillar": name, "priority": "high"}
            for name in PILLARS
        ],
        "aeo_checklist": {
            "structured_data": ["Product"],
            "question_and_answer": ["Question first"],
            "entities": ["Brand"],
            "voice": ["Short"],
        },
    },
}


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("posted", [(1,), (4,), (1, 4), (1, 5), (1, 4, 5)], ids=str)
def test_the_examples_a_consultant_sees_complete_every_stage(posted, language):
    known = InterviewContext(language=language, today=TODAY, company="Hilo", consultant="Ana", currency="USD")
    for stage in CATALOGUE:
        made = stage.finish(POSTED[stage.number], known) if stage.number in posted else walk(stage, known)
        judged = judge(stage, made, known)
        assert judged.decision is not Decision.REJECTED, [issue.message.en for issue in judged.issues]
        known = replace(known, earlier={**known.earlier, stage.slug: made})


def walk(stage, known):
    turn = opening(stage, known)
    while not turn.complete:
        asked = question_of(stage, turn.state.current_question)
        shown = example_for(asked, answers=turn.state.answers, context=known, language=known.language)
        turn = take_turn(stage, known, turn.state, shown)
        assert turn.answered == (asked.key,), turn.message
    return stage.draft(turn.state.answers, known)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_fifth_stage_by_its_examples_speaks_of_one_company(language):
    known = InterviewContext(language=language, today=TODAY, company="Hilo", consultant="Ana", currency="USD")
    for stage in CATALOGUE[:5]:
        made = stage.finish(POSTED[1], known) if stage.number == 1 else walk(stage, known)
        known = replace(known, earlier={**known.earlier, stage.slug: made})
    assert [pillar["persona_pain"] for pillar in made["pillars"]] == PAINS[:3]
    for part in (*made["clusters"], *made["keywords"]):
        words = str([value for key, value in part.items() if key != "pillar"]).casefold()
        assert part["pillar"].casefold() in words
    assert known.earlier["offer"]["offer"]["anchor_price"] == "120.00"


def test_examples_are_in_the_currency_of_the_company():
    soles = POSTED[1] | {"business": POSTED[1]["business"] | {"ticket": "450 PEN; sales cycle: a week"}}
    known = InterviewContext(language="en", today=TODAY, company="Hilo", consultant="Ana", currency="PEN")
    for stage in CATALOGUE:
        made = stage.finish(soles, known) if stage.number == 1 else walk(stage, known)
        assert judge(stage, made, known).decision is not Decision.REJECTED
        known = replace(known, earlier={**known.earlier, stage.slug: made})
    assert known.earlier["channels"]["constraints"]["currency"] == "PEN"
    plan = known.earlier["media_plan"]
    assert plan["totals"]["currency"] == "PEN"
    assert all(line["assumption"] for line in plan["lines"])
