"""The case page: reading, claiming, deciding."""

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agents.customer_message.state import Step
from crm import selectors
from crm.models import Decision, Reply, Run, RunStatus
from crm.services.cases import case_claim
from crm.services.decisions import decision_make
from crm.services.runs import run_settle
from crm.tests.factories import make_supervisor, make_user, pending_run, receive, result

pytestmark = pytest.mark.django_db


def url(run, name="crm_case"):
    return reverse(f"admin:{name}", args=[run.pk])


def form(run, **fields):
    return {"reply": run.draft, "reason": "", "draft_digest": selectors.draft_digest(run), **fields}


def test_strangers_are_sent_to_the_login_and_learn_nothing(client):
    run = pending_run()
    unknown = "/admin/queue/00000000-0000-0000-0000-000000000000/"

    for address in (url(run), unknown):
        assert client.get(address)["Location"] == f"/admin/login/?next={address}"
    assert client.post(url(run), form(run, decision="approve")).status_code == HTTPStatus.FOUND
    assert not Decision.objects.exists()


@pytest.mark.parametrize("name", ["crm_case", "crm_case_claim", "crm_case_release"])
def test_people_without_the_permission_are_refused(client, name):
    run = pending_run()
    client.force_login(make_user(is_staff=True))

    assert client.post(url(run, name), form(run, decision="approve")).status_code == HTTPStatus.FORBIDDEN
    assert not Decision.objects.exists()


def test_an_unknown_case_is_not_found(browser):
    assert browser.get("/admin/queue/00000000-0000-0000-0000-000000000000/").status_code == HTTPStatus.NOT_FOUND


def test_the_page_shows_message_briefing_reason_and_draft(browser):
    run = pending_run(text="Nobody answers & I am <b>angry</b>.", note="Angry about a parcel.", reply="We are sorry.")

    page = browser.get(url(run)).content.decode()

    for text in ("Nobody answers &amp; I am &lt;b&gt;angry", "Angry about a parcel.", "The customer is unhappy."):
        assert text in page
    assert "We are sorry.</textarea>" in page
    assert "95 %" in page


def test_the_page_shows_the_conversation_so_far(browser):
    first = pending_run(text="When do you open?", client_id="CRM-9")
    decision_make(run_id=first.pk, supervisor=make_supervisor(username="ana"), approved=True, reply="At nine.")
    second = pending_run(text="And on Sundays?", client_id="CRM-9")

    context = browser.get(url(second)).context

    assert [entry.text for entry in context["earlier"]] == ["When do you open?", "At nine."]
    assert [entry.text for entry in context["current"]] == ["And on Sundays?"]


def test_the_page_says_what_was_done_without_a_model(browser):
    started = timezone.now()
    by_rules = Step(name="analyst", started_at=started, duration_ms=9, provider="offline", model="rules")
    by_model = Step(name="briefing", started_at=started, duration_ms=400, provider="google", model="gemini")
    failed = Step(name="drafter", started_at=started, duration_ms=20_000, outcome="timeout")
    receipt = receive()
    steps = result(steps=(by_rules, by_model, failed), degraded=("drafter",))
    run = run_settle(run_id=receipt.run_id, lease_token=receipt.lease_token, result=steps)

    response = browser.get(url(run))

    assert [str(name) for name in response.context["without_model"]] == ["Analyst", "Drafter"]
    assert "Drafter</strong> timeout" in response.content.decode()


def test_an_untouched_draft_is_approved_as_it_is(browser):
    run = pending_run(reply="We are sorry.\n\nThe team")

    response = browser.post(url(run), form(run, reply="We are sorry.\r\n\r\nThe team", decision="approve"), follow=True)

    assert Decision.objects.get().kind == Decision.Kind.APPROVED
    assert Reply.objects.get().text == "We are sorry.\n\nThe team"
    assert "approved and sent" in response.content.decode()
    assert response.redirect_chain == [("/admin/queue/", HTTPStatus.FOUND)]


def test_a_changed_draft_is_approved_with_the_change(browser, supervisor):
    run = pending_run(reply="We are sorry.")

    browser.post(url(run), form(run, reply="We are very sorry.\r\nAna", decision="approve"))

    decision = Decision.objects.get()
    assert (decision.kind, decision.supervisor) == (Decision.Kind.EDITED, supervisor)
    assert Reply.objects.get().text == "We are very sorry.\nAna"
    assert Reply.objects.get().author == Reply.Author.SUPERVISOR


def test_a_decision_leads_to_the_next_case(browser):
    run, following = pending_run(client_id="one"), pending_run(client_id="two")

    response = browser.post(url(run), form(run, decision="approve"))

    assert response["Location"] == url(following)


def test_a_rejection_sends_nothing(browser):
    run = pending_run()

    browser.post(url(run), form(run, reply="Typed before rejecting", reason="Not ours.", decision="reject"))

    run.refresh_from_db()
    assert run.status == RunStatus.REJECTED
    assert Decision.objects.get().reason == "Not ours."
    assert not Reply.objects.exists()


def test_a_rejection_without_a_reason_keeps_what_was_typed(browser):
    run = pending_run()

    response = browser.post(url(run), form(run, reply="My own words", reason="  ", decision="reject"))

    page = response.content.decode()
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "A rejection needs a reason." in page
    assert "My own words</textarea>" in page
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"decision": "approve", "reply": "   "},
        {"decision": "approve", "reply": "x" * 4001},
        {"decision": "burn"},
        {},
    ],
)
def test_what_cannot_be_meant_decides_nothing(browser, fields):
    run = pending_run()

    assert browser.post(url(run), form(run, **fields)).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not Decision.objects.exists()


def test_who_comes_second_is_told_and_keeps_the_text(browser):
    run = pending_run()
    typed = form(run, reply="My careful answer", decision="approve")
    decision_make(run_id=run.pk, supervisor=make_supervisor(username="ana"), approved=False, reason="No.")

    response = browser.post(url(run), typed)

    page = response.content.decode()
    assert response.status_code == HTTPStatus.CONFLICT
    assert "ana decided this case on" in page
    assert "My careful answer" in page
    assert Decision.objects.count() == 1


def test_a_run_that_is_still_worked_on_cannot_be_decided(browser):
    run = Run.objects.get(pk=receive().run_id)

    response = browser.post(url(run), form(run, reply="Too early", decision="approve"))

    assert response.status_code == HTTPStatus.CONFLICT
    assert "This case waits for no decision: received." in response.content.decode()
    assert "Too early" in response.content.decode()


def test_line_ends_count_as_one_character(browser):
    run = pending_run()

    response = browser.post(url(run), form(run, reply="a\r\n" * 1999 + "ab", decision="approve"))

    assert response.status_code == HTTPStatus.FOUND
    assert Reply.objects.get().text == "a\n" * 1999 + "ab"


def test_a_claim_of_another_refuses_the_decision_and_keeps_the_text(browser):
    run = pending_run()
    case_claim(run_id=run.pk, user=make_supervisor(username="ana"))

    response = browser.post(url(run), form(run, reply="My careful answer", decision="approve"))

    page = response.content.decode()
    assert response.status_code == HTTPStatus.CONFLICT
    assert "ana has this case open" in page
    assert "My careful answer</textarea>" in page
    assert not Decision.objects.exists()


def test_a_message_that_came_meanwhile_must_be_read_before_deciding(browser):
    run = pending_run(client_id="CRM-1")
    typed = form(run, reply="My careful answer", decision="approve")
    receive(client_id="CRM-1", text="Wait, there is more.")

    refused = browser.post(url(run), typed)
    page = refused.content.decode()

    assert refused.status_code == HTTPStatus.CONFLICT
    assert "has changed since you read it" in page
    assert "My careful answer</textarea>" in page
    digest = selectors.draft_digest(Run.objects.get(pk=run.pk))
    assert f'value="{digest}"' in page
    assert browser.post(url(run), {**typed, "draft_digest": digest}).status_code == HTTPStatus.FOUND


def test_a_decided_case_is_read_only(browser, supervisor):
    run = pending_run()
    decision_make(run_id=run.pk, supervisor=supervisor, approved=True, reply="Final words.")

    page = browser.get(url(run)).content.decode()

    assert "Final words." in page
    assert "by supervisor" in page
    assert 'name="decision"' not in page


def test_a_case_is_claimed_and_released_without_a_script(browser, supervisor):
    run = pending_run()

    assert browser.post(url(run, "crm_case_claim"))["Location"] == url(run)
    run.refresh_from_db()
    assert run.claimed_by == supervisor

    assert browser.post(url(run, "crm_case_release"))["Location"] == "/admin/queue/"
    run.refresh_from_db()
    assert run.claimed_by is None


def test_a_claim_cannot_be_made_by_a_link(browser):
    assert browser.get(url(pending_run(), "crm_case_claim")).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_a_script_claims_in_json(browser):
    run = pending_run()
    json = {"Accept": "application/json"}

    assert "claimed_until" in browser.post(url(run, "crm_case_claim"), headers=json).json()

    case_claim(run_id=(other := pending_run(client_id="b")).pk, user=make_supervisor(username="ana"))
    refused = browser.post(url(other, "crm_case_claim"), headers=json)
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "ana has this case open" in refused.json()["detail"]


def test_a_refused_claim_is_a_message_on_the_page(browser):
    run = pending_run()
    case_claim(run_id=run.pk, user=make_supervisor(username="ana"))

    assert "ana has this case open" in browser.post(url(run, "crm_case_claim"), follow=True).content.decode()


def test_a_post_without_the_token_is_refused(supervisor):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(supervisor)
    run = pending_run()

    response = strict.post(url(run), form(run, decision="approve"))

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "The form is too old" in response.content.decode()
    assert not Decision.objects.exists()


def test_the_page_takes_a_fixed_number_of_queries(browser, django_assert_max_num_queries):
    for number in range(5):
        earlier = pending_run(client_id="CRM-1", text=f"Message {number}")
        decision_make(run_id=earlier.pk, supervisor=make_supervisor(username=f"s{number}"), approved=True)
    run = pending_run(client_id="CRM-1")
    browser.get(url(run))

    with django_assert_max_num_queries(14):
        browser.get(url(run))


def test_the_case_page_speaks_spanish(browser):
    page = browser.get(url(pending_run()), headers={"Accept-Language": "es"}).content.decode()

    for text in ("Mensaje del cliente", "Aprobar tal cual", "Rechazar", "Por qué decide una persona"):
        assert text in page
