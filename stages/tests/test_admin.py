"""Onboarding in the admin: read by those who may, changed by nobody, in a fixed number of queries."""

import re
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from accounts.models import User
from accounts.services import SUPERVISORS
from stages import services
from stages.definitions.catalogue import CATALOGUE, definition
from stages.models import GateVerdict, StageMessage
from stages.tests.definitions.factories import played
from stages.tests.factories import client_of, complete_by_examples, make_account, say, stage_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor(client):
    user = User.objects.create_user(username="sofia", is_staff=True)
    user.groups.add(Group.objects.get(name=SUPERVISORS))
    client.force_login(user)
    return user


@pytest.fixture
def account():
    return make_account(language="en", client_name="Norte Software")


def complete(account, *numbers):
    """Stages completed with the deliverables that their examples lead to."""
    for number in numbers:
        deliverable = played(account.language)[number - 1].deliverable
        services.stage_complete(user=account.user, stage_id=stage_of(account, number).pk, output=deliverable)


def interview(account):
    """Stage 1 completed by answering its questions."""
    complete_by_examples(client_of(account.user), stage_of(account, 1))


def stage_page(stage):
    return reverse("admin:stages_stage_change", args=[stage.pk])


def onboarding_page(account):
    return reverse("admin:accounts_account_onboarding", args=[account.pk])


def text_of(response):
    """What is read on a page."""
    assert response.status_code == HTTPStatus.OK
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_list_of_accounts_shows_progress_as_a_bar_and_in_words(client, supervisor, account):
    complete(account, 1, 2)
    services.stage_start(user=account.user, stage_id=stage_of(account, 3).pk)
    say(client_of(account.user), stage_of(account, 3), "A plant that stops only when we decide")

    page = client.get(reverse("admin:accounts_account_changelist")).content.decode()

    share = stage_of(account, 3).progress
    assert f'aria-label="2 of 7 stages completed; 3 · Offer: in progress, {share} %"' in page
    assert page.count('class="segment segment-completed"') == 2
    assert page.count('class="segment segment-locked"') == 4
    assert onboarding_page(account) in page
    assert "style=" not in page


def test_lists_and_pages_take_a_fixed_number_of_queries(client, supervisor, account, django_assert_max_num_queries):
    complete(account, *range(1, 8))
    interview(other := make_account(language="en"))
    for _ in range(4):
        make_account()
    pages = {
        reverse("admin:accounts_account_changelist"): 9,
        reverse("admin:stages_stage_changelist"): 7,
        onboarding_page(account): 9,
        stage_page(stage_of(account, 7)): 12,
        stage_page(stage_of(other, 1)): 12,
        reverse("admin:stages_stage_version", args=[stage_of(account, 7).pk, 1]): 6,
    }
    for address, most in pages.items():
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == HTTPStatus.OK


def test_the_account_shows_its_seven_deliverables_as_a_whole(client, supervisor, account):
    complete(account, *range(1, 8))

    page = client.get(onboarding_page(account)).content.decode()

    assert "7 of 7 stages completed" in page
    for stage in CATALOGUE:
        assert f'id="stage-{stage.number}"' in page
        for section in stage.sections:
            assert f'id="stage-{stage.number}-{section.key}"' in page
    assert "{&#x27;" not in page and "[&#x27;" not in page


def test_every_value_of_a_deliverable_is_written_for_people(client, supervisor, account):
    complete(account, *range(1, 8))

    shown = text_of(client.get(stage_page(stage_of(account, 7))))

    plan = played("en")[6].deliverable
    assert "Media plan" in shown and "Assumptions and sources" in shown
    for words in ("€12,000", "0.9%", "Proven", "Mon 23 Nov 2026"):
        assert words in shown, words
    assert plan["lines"][0]["impressions"] not in shown
    assert "2026-11-23" not in shown


def test_marks_say_where_each_part_comes_from_under_a_legend(client, supervisor, account):
    interview(account)

    page = client.get(stage_page(stage_of(account, 1))).content.decode()

    for code in ("client", "web_source", "earlier_stage", "assumption", "computed"):
        assert f'<dt><span class="origin origin-{code}">' in page
    head = page[page.index('id="part-scaling_up"') :]
    assert 'class="origin origin-client"' in head[: head.index("</h4>")]
    narrative = page[page.index('id="part-narrative"') :]
    assert 'class="origin origin-computed"' in narrative[: narrative.index("</h4>")]


def test_a_stage_shows_answers_and_all_that_was_said(client, supervisor, account):
    interview(account)
    stage = stage_of(account, 1)

    shown = text_of(client.get(stage_page(stage)))

    assert "How much does a typical customer pay, per purchase or per year?" in shown
    assert "€6,000" in shown
    assert "&#x27;amount&#x27;" not in shown
    for message in StageMessage.objects.filter(stage=stage):
        assert message.content.split("\n")[0][:40].split("'")[0] in shown
    assert "unlocked → in progress" in shown and "in progress → completed" in shown


def test_what_the_client_wrote_is_never_markup(client, supervisor, account):
    services.stage_start(user=account.user, stage_id=stage_of(account, 1).pk)
    say(client_of(account.user), stage_of(account, 1), "Software <script>alert(1)</script> for plants")

    page = client.get(stage_page(stage_of(account, 1))).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_earlier_rounds_and_versions_stay_readable(client, supervisor, account):
    interview(account)
    stage = stage_of(account, 1)
    services.stage_reset(user=account.user, stage_id=stage.pk)
    say(client_of(account.user), stage, "change the industry to Bakery software")

    reopened = text_of(client.get(stage_page(stage)))
    assert "Round 1" in reopened and "Round 2" in reopened
    current = stage_of(account, 1)
    earlier = text_of(client.get(reverse("admin:stages_stage_version", args=[stage.pk, 1])))
    assert "An earlier version: it was replaced and does not count any more." in earlier
    assert "Maintenance software for mid-sized factories" in earlier
    assert current.versions.count() >= 1
    assert client.get(reverse("admin:stages_stage_version", args=[stage.pk, 9])).status_code == HTTPStatus.NOT_FOUND


def test_an_invalidated_stage_says_that_its_deliverable_does_not_count(client, supervisor, account):
    complete(account, 1, 2)
    services.stage_reset(user=account.user, stage_id=stage_of(account, 1).pk)

    shown = text_of(client.get(stage_page(stage_of(account, 2))))
    whole = client.get(onboarding_page(account)).content.decode()

    assert "It does not count until the stage is completed again." in shown
    assert "invalidated" in shown
    assert 'id="stage-2"' not in whole


def test_a_rejected_verdict_shows_what_to_mend_in_the_words_of_the_deliverable(client, supervisor, account):
    stage = stage_of(account, 3)
    GateVerdict.objects.create(
        stage=stage,
        round=1,
        decision="rejected",
        completeness="7.0",
        coherence="4.5",
        report={
            "decision": "rejected",
            "scores": {"completeness": 7.0, "coherence": 4.5},
            "issues": [
                {
                    "severity": "error",
                    "category": "numbers",
                    "field": "offer.price",
                    "message": "The price is above its anchor.",
                    "suggestion": "Lower the price.",
                    "question": "price",
                }
            ],
            "suggestions": ["Lower the price.", "Name a proof."],
            "reviewed_by_model": True,
        },
    )

    shown = text_of(client.get(stage_page(stage)))

    assert "rejected Completeness 7.0 Coherence 4.5 rules and a model's review" in shown.replace("&#x27;", "'")
    assert "Error numbers · Offer · Price The price is above its anchor. Lower the price." in shown
    assert shown.count("Lower the price.") == 1
    assert "Name a proof." in shown


def test_a_source_is_a_link_only_to_the_web(client, supervisor, account):
    stage = services.stage_start(user=account.user, stage_id=stage_of(account, 1).pk)
    sources = [
        {"title": "A study", "url": "https://example.org/study", "page": None},
        {"title": "A trap", "url": "javascript:alert(1)", "page": 3},
    ]
    StageMessage.objects.create(
        stage=stage, round=1, position=50, role="assistant", content="Found.", metadata={"sources": sources}
    )

    page = client.get(stage_page(stage)).content.decode()

    assert '<a href="https://example.org/study"' in page
    assert "javascript:" not in page and "A trap" in page


def test_nothing_can_be_changed(client, account):
    client.force_login(User.objects.create_superuser(username="root", password="odd-and-long-7"))
    stage = stage_of(account, 1)

    assert client.post(stage_page(stage), {"status": "completed"}).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert client.get(reverse("admin:stages_stage_add")).status_code == HTTPStatus.FORBIDDEN
    assert client.post(reverse("admin:stages_stage_delete", args=[stage.pk])).status_code == HTTPStatus.FORBIDDEN
    stage.refresh_from_db()
    assert stage.status == "unlocked"


@pytest.mark.parametrize("page", ["changelist", "stage", "onboarding", "version"])
def test_pages_are_for_staff_with_the_permission(client, account, page):
    complete(account, 1)
    stage = stage_of(account, 1)
    address = {
        "changelist": reverse("admin:stages_stage_changelist"),
        "stage": stage_page(stage),
        "onboarding": onboarding_page(account),
        "version": reverse("admin:stages_stage_version", args=[stage.pk, 1]),
    }[page]

    assert client.get(address).status_code == HTTPStatus.FOUND
    colleague = User.objects.create_user(username="colleague", is_staff=True)
    client.force_login(colleague)
    assert client.get(address).status_code == HTTPStatus.FORBIDDEN
    colleague.user_permissions.add(Permission.objects.get(codename="view_stage"))
    assert client.get(address).status_code == HTTPStatus.OK
    client.force_login(User.objects.create_user(username="no-staff"))
    assert client.get(address).status_code == HTTPStatus.FOUND


@pytest.mark.parametrize("what", ["not-an-id", str(uuid4())])
def test_a_stage_that_is_not_there_is_not_found(client, supervisor, what):
    assert client.get(f"/admin/stages/stage/{what}/change/").status_code == HTTPStatus.NOT_FOUND


def test_an_account_that_is_not_there_is_not_found(client, supervisor):
    address = reverse("admin:accounts_account_onboarding", args=[uuid4()])
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND


def test_stages_are_filtered_by_number_and_found_by_client(client, supervisor, account):
    make_account(client_name="Nordlys")
    address = reverse("admin:stages_stage_changelist")

    found = text_of(client.get(address, {"number": "4", "q": "norte"}))

    assert "4 · Channel selection The Channel Selector Norte Software" in found
    assert "Nordlys" not in found and "1 stage" in found
    assert client.get(address, {"number": "x"}).status_code == HTTPStatus.OK


def test_an_accounts_form_lists_its_stages(client, supervisor, account):
    page = client.get(reverse("admin:accounts_account_change", args=[account.pk])).content.decode()

    for stage in account.stages.all():
        assert stage_page(stage) in page
    assert onboarding_page(account) in page
    assert 'name="_save"' not in page


def test_an_account_takes_its_stages_with_it(client, account):
    client.force_login(User.objects.create_superuser(username="root", password="odd-and-long-7"))
    complete(account, 1)
    address = reverse("admin:accounts_account_delete", args=[account.pk])

    assert "Are you sure" in text_of(client.get(address))
    client.post(address, {"post": "yes"})

    assert not type(account).objects.filter(pk=account.pk).exists()


def test_pages_speak_spanish_and_deliverables_the_accounts_language(client, supervisor, account):
    complete(account, 1)
    client.cookies["django_language"] = "es"

    page = client.get(stage_page(stage_of(account, 1))).content.decode()

    assert definition(1).goal.es in page
    assert "Entregable" in page
    assert '<div class="deliverable" lang="en">' in page
    assert "Grading table" in page
