"""The demo companies: their answers fit the questions, and lead to deliverables that a client could be given."""

import json
from datetime import date
from decimal import Decimal

import pytest

from agents.interview.state import Bilingual
from agents.messages import ModelRequest
from agents.providers import registry
from agents.providers.fake import FakeProvider
from stages.definitions.catalogue import CATALOGUE, definition
from stages.models import DeliverableVersion, StageStatus
from stages.services.demo import (
    MOST_ATTEMPTS,
    PATIENCE,
    Asked,
    DemoStuck,
    Profile,
    played_by,
    profile_play,
    profile_slugs,
    read_out,
)
from stages.tests.factories import client_of, make_account, say, stage_of

SLUGS = ("consultancy", "fashion", "software")


def test_there_are_three_demo_companies():
    assert tuple(profile_slugs()) == SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_a_profile_answers_every_question_in_both_languages_and_no_other(slug):
    answers = Profile.load(slug).answers

    for stage in CATALOGUE:
        assert set(answers[stage.slug]) == {question.key for question in stage.questions}, stage.slug
        assert all(text.strip() for answer in answers[stage.slug].values() for text in answer)


def through_the_api(account, profile):
    """All stages answered over HTTP; the answers that completed them."""
    client = client_of(account.user)
    speak = read_out(profile)
    ends = []
    for number in range(1, len(CATALOGUE) + 1):
        stage = stage_of(account, number)
        described = definition(number)
        key = client.post(f"/api/stages/{stage.pk}/start").json()["current_question"]
        while key is not None:
            question = next(question for question in described.questions if question.key == key)
            asked = Asked(account=account, stage=stage, definition=described, question=question, message="", attempt=1)
            answer = say(client, stage, speak(asked)).json()
            assert answer["updated_state"]["current_question"] != key, answer["agent_message"]
            key = answer["updated_state"]["current_question"]
        ends.append(answer)
    return ends


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("slug", SLUGS)
def test_a_demo_company_passes_every_gate_over_http(slug, language):
    profile = Profile.load(slug)
    account = make_account(client_name=profile.client, language=language, currency=profile.currency)

    ends = through_the_api(account, profile)

    assert [end["is_complete"] for end in ends] == [True] * len(CATALOGUE)
    assert [end["metadata"]["validation"]["decision"] for end in ends] == ["approved"] * len(CATALOGUE)
    assert_coherent([end["output"] for end in ends])
    # No word of the examples, which tell another company's story, has slipped in.
    assert "Laura" not in json.dumps([end["output"] for end in ends])


def assert_coherent(outputs):
    """What a client would check by hand: the same names throughout, and sums that are right."""
    persona, journey, offer, channels, pillars, calendar, plan = outputs
    assert {row["persona"] for row in journey["rows"]} == {persona["persona"]["name"]}
    chosen = {row["name"] for row in channels["channels"] if row["tier"] != "avoid"}
    assert {row["channel"] for row in channels["budget_split"]} == chosen
    assert total(channels["budget_split"], "amount") == Decimal(channels["constraints"]["monthly_budget"])
    assert {entry["channel"] for entry in calendar["entries"]} <= chosen
    assert {entry["pillar"] for entry in calendar["entries"]} == {row["name"] for row in pillars["pillars"]}
    assert {entry["week"] for entry in calendar["entries"]} == set(range(1, 14))
    days = [date.fromisoformat(entry["date"]) for entry in calendar["entries"]]
    assert (max(days) - date.fromisoformat(calendar["cadence"]["start_date"])).days < 90
    assert_sums(plan, Decimal(offer["offer"]["price"]))


def assert_sums(plan, price):
    totals = plan["totals"]
    assert total(plan["lines"], "budget") == Decimal(totals["budget"])
    assert Decimal(totals["budget"]) + Decimal(totals["contingency"]) == Decimal(totals["total"])
    assert total(plan["lines"], "share") == 100
    assert total(plan["months"], "budget") == Decimal(totals["budget"])
    for line in plan["lines"]:
        rates = [Decimal(line[key]) for key in ("ctr", "conversion_rate", "close_rate")]
        sales = Decimal(line["budget"]) / Decimal(line["cpm"]) * 1000 * rates[0] * rates[1] * rates[2]
        assert abs(Decimal(line["revenue"]) - sales * price) <= Decimal("0.01"), line["channel"]


def total(rows, key):
    return sum(Decimal(row[key]) for row in rows)


@pytest.mark.django_db
def test_a_demo_that_was_cut_short_goes_on_and_a_complete_one_stays():
    profile = Profile.load("fashion")
    script = read_out(profile)
    said = []

    def tires(asked):
        said.append(asked.question.key)
        if len(said) == 5:
            raise KeyboardInterrupt
        return script(asked)

    with pytest.raises(KeyboardInterrupt):
        profile_play(profile=profile, language="en", speaker=tires, watcher=lambda step: None)
    steps = []
    account = profile_play(profile=profile, language="en", speaker=script, watcher=steps.append)
    again = profile_play(profile=profile, language="en", speaker=tires, watcher=lambda step: None)

    assert steps[0].question.key == said[-1]
    assert again == account
    assert set(account.stages.values_list("status", flat=True)) == {StageStatus.COMPLETED}
    assert DeliverableVersion.objects.filter(stage__account=account).count() == len(CATALOGUE)


@pytest.mark.django_db
def test_the_two_languages_are_two_accounts():
    profile = Profile.load("fashion")
    accounts = []

    def stops(asked):
        accounts.append(asked.account)
        raise KeyboardInterrupt

    for language in ("es", "en", "es"):
        with pytest.raises(KeyboardInterrupt):
            profile_play(profile=profile, language=language, speaker=stops, watcher=lambda step: None)

    assert accounts[0] == accounts[2] != accounts[1]
    assert [account.language for account in accounts] == ["es", "en", "es"]


@pytest.mark.django_db
def test_an_answer_that_is_never_taken_ends_the_demo_with_the_interviewers_words():
    profile = Profile.load("software")
    tries = []

    def mumbles(asked):
        tries.append(asked.attempt)
        return "???"

    with pytest.raises(DemoStuck, match=r"Stage 1 does not take the answer to industry: .+"):
        profile_play(profile=profile, language="en", speaker=mumbles, watcher=lambda step: None)

    assert tries == list(range(1, MOST_ATTEMPTS + 1))


def asked(account, attempt=1):
    question = definition(1).questions[0]
    return Asked(
        account=account,
        stage=stage_of(account, 1),
        definition=definition(1),
        question=question,
        message="Which industry?",
        attempt=attempt,
    )


@pytest.mark.django_db
def test_a_second_model_plays_the_consultant_from_the_profile():
    account = make_account(language="en")
    model = FakeProvider(["  We make credit control software.  "])

    with registry.override(openai=model):
        said = played_by("openai-gpt4o", Profile.load("software"))(asked(account))

    assert said == "We make credit control software."
    request: ModelRequest = model.requests[0]
    assert (
        "<facts>\nIndustry: Credit control software for wholesale distributors\n</facts>" in request.messages[0].content
    )
    assert "<interviewer>\nWhich industry?\n</interviewer>" in request.messages[0].content
    assert "in English" in request.prompt.text


@pytest.mark.django_db
@pytest.mark.parametrize(("attempt", "replies"), [(1, [" "]), (PATIENCE + 1, [])])
def test_the_script_is_read_out_when_the_model_says_nothing_or_is_not_understood(attempt, replies):
    account = make_account(language="en")
    profile = Profile.load("software")

    with registry.override(openai=FakeProvider(replies)):
        said = played_by("openai-gpt4o", profile)(asked(account, attempt))

    assert said == profile.answers["buyer_persona"]["industry"].en


def test_a_table_is_written_as_its_lines():
    split = Profile.load("fashion").answers["channels"]["budget_split"]

    assert isinstance(split, Bilingual)
    assert split.en.splitlines()[0] == "Instagram | 37%"
