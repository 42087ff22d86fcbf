"""Onboarding in a terminal."""

import io
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Account
from agents.errors import AuthenticationFailed, Overloaded
from agents.providers import registry
from agents.providers.fake import FakeProvider
from stages.definitions.catalogue import CATALOGUE
from stages.models import StageMessage, StageStatus
from stages.tests.factories import make_account, stage_of

pytestmark = pytest.mark.django_db


def run(name, *arguments, **options):
    out = io.StringIO()
    call_command(name, *arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def typed(monkeypatch):
    """Lines at the keyboard; after the last one, Ctrl-D."""

    def type_lines(*lines):
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return type_lines


def test_the_demo_prints_what_each_stage_made():
    shown = run("demo_onboarding", profile="consultancy", language="en")

    for stage in CATALOGUE:
        assert f"{stage.number}/7 {stage.title.en} · {stage.agent_name}" in shown
    for words in ("Javier Lozano", "Ninety days to on time", "€18,000", "Approved", "Guide to shorter delivery times"):
        assert words in shown
    assert "{" not in shown and "None" not in shown
    account = Account.objects.get(client_name="Ritmo Industrial")
    assert str(account.pk) in shown
    assert set(account.stages.values_list("status", flat=True)) == {StageStatus.COMPLETED}
    assert run("demo_onboarding", profile="consultancy", language="en") == shown


@pytest.mark.parametrize(
    ("model", "sentence"), [("nobody-knows-it", "nobody-knows-it"), ("openai-gpt4o", "openai-gpt4o has no key")]
)
def test_a_model_that_cannot_play_is_refused(model, sentence):
    with pytest.raises(CommandError, match=sentence):
        run("demo_onboarding", profile="software", model=model)

    assert not Account.objects.exists()


def test_a_model_that_fails_ends_the_demo_with_a_sentence():
    with (
        registry.override(openai=FakeProvider(lambda request: Overloaded())),
        pytest.raises(CommandError, match=r"\w+ \w+"),
    ):
        run("demo_onboarding", profile="software", model="openai-gpt4o")


def test_a_second_model_plays_the_consultant_to_the_end(settings):
    """The interview is carried on by rules here, so that the model's only part is the consultant's."""
    settings.AGENTS = settings.AGENTS | {"AI_FALLBACK_MODELS": ["offline"]}
    spoken = []

    def consultant(request):
        if request.purpose != "demo.consultant":
            return AuthenticationFailed()
        facts = request.messages[0].content.split("</facts>")[0].removeprefix("<facts>\n").strip()
        spoken.append(facts.partition(": ")[2])
        return spoken[-1]

    with registry.override(openai=FakeProvider(consultant)):
        shown = run("demo_onboarding", profile="software", language="en", model="openai-gpt4o")

    assert "Cobralia is through all 7 stages" in shown
    said = StageMessage.objects.filter(role=StageMessage.Role.USER).order_by("created_at")
    assert [message.content for message in said] == spoken


def test_a_person_answers_leaves_and_comes_back(typed):
    account = make_account(language="en")
    typed("Payroll software", "/answers", "/progress")
    first = run("onboard", str(account.pk))
    typed()
    second = run("onboard", account.client_name.upper())

    assert "Which industry or sector does the company work in?" in first
    assert "Industry  Payroll software" in first
    assert "2 · Buyer's journey: locked, 0 %" in first
    assert f"Everything you sent is kept. To go on: manage.py onboard {account.pk}" in " ".join(first.split())
    assert "Which products or services does it sell?" in second
    assert "Which industry or sector does the company work in?" not in second
    assert stage_of(account, 1).state["answers"] == {"industry": "Payroll software"}


@pytest.mark.parametrize("way", ["/quit", "/QUIT"])
def test_a_person_leaves_by_command(typed, way):
    account = make_account(language="en")
    typed(way, "Payroll software")

    run("onboard", str(account.pk))

    assert not StageMessage.objects.filter(stage__account=account, role=StageMessage.Role.USER).exists()


def test_an_unknown_command_is_not_an_answer(typed):
    account = make_account(language="en")
    typed("/unknown")

    shown = run("onboard", str(account.pk))

    assert shown.count("/progress shows the stages") == 2
    assert not StageMessage.objects.filter(stage__account=account, role=StageMessage.Role.USER).exists()


def answered_up_to(account, typed, key):
    """Stage 1 answered with its examples until `key` is asked."""
    questions = CATALOGUE[0].questions
    before = [question.example.en for question in questions[: [q.key for q in questions].index(key)]]
    typed(*before)
    run("onboard", str(account.pk))


def test_rows_are_one_answer_and_end_with_an_empty_line(typed):
    account = make_account(language="en")
    answered_up_to(account, typed, "criterion_1")
    rows = ["Size: 500 | 400 | 300 | 200 | 100", "Area: here | near | far | abroad | overseas"]
    typed(*rows, "")

    run("onboard", str(account.pk))

    last = StageMessage.objects.filter(stage__account=account, role=StageMessage.Role.USER).order_by("position").last()
    assert last.content == "\n".join(rows)
    answers = stage_of(account, 1).state["answers"]
    assert [row["criterion"] for key in ("criterion_1", "criterion_2") for row in answers[key]] == ["Size", "Area"]


def test_a_message_that_was_not_answered_is_answered_on_coming_back(typed):
    account = make_account(language="en", ai_model="openai-gpt4o")
    typed("Payroll software")
    with registry.override(openai=FakeProvider(lambda request: Overloaded())):
        failed = run("onboard", str(account.pk))
    typed()
    back = run("onboard", str(account.pk))

    assert "No model answers at the moment. Your message is kept" in failed
    assert "Your last message has not been answered yet; it is sent again." in back
    assert stage_of(account, 1).state["answers"] == {"industry": "Payroll software"}
    assert StageMessage.objects.filter(stage__account=account, role=StageMessage.Role.USER).count() == 1


def test_a_finished_stage_shows_its_deliverable_and_the_next_one_begins(typed):
    account = make_account(language="en")
    lines = [question.example.en for question in CATALOGUE[0].questions]
    typed(*(f"{line}\n" if "|" in line else line for line in lines))

    shown = run("onboard", str(account.pk))

    assert stage_of(account, 1).status == StageStatus.COMPLETED
    assert "Grading table" in shown
    assert "2/7 Buyer's journey" in shown


@pytest.mark.parametrize("name", ["Nobody", str(uuid4())])
def test_an_account_that_is_not_there_is_named(name):
    with pytest.raises(CommandError, match=f"There is no account {name}"):
        run("onboard", name)


def test_accounts_of_one_name_are_told_apart_by_their_ids():
    accounts = [make_account(client_name="Nordlys") for _ in range(2)]

    with pytest.raises(CommandError) as refusal:
        run("onboard", "nordlys")

    assert all(str(account.pk) in str(refusal.value) for account in accounts)
