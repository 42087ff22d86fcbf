"""The pending queue."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone

from agents.customer_message.state import Rule
from crm.console import queue as queue_module
from crm.services.cases import case_claim
from crm.services.decisions import decision_make
from crm.tests.factories import ANGRY, make_account, make_channel, make_supervisor, make_user, pending_run

pytestmark = pytest.mark.django_db

URL = "/admin/queue/"
RESULTS = "/admin/queue/results/"


def shown(response):
    """Client ids of the rows, as listed."""
    return [row.run.conversation.client_id for row in response.context["rows"]]


@pytest.mark.parametrize("url", [URL, RESULTS])
def test_strangers_are_sent_to_the_login(client, url):
    response = client.get(url)

    assert response.status_code == HTTPStatus.FOUND
    assert response["Location"] == f"/admin/login/?next={url}"


@pytest.mark.parametrize("url", [URL, RESULTS])
@pytest.mark.parametrize("is_staff", [True, False])
def test_people_without_the_permission_are_refused(client, url, is_staff):
    client.force_login(make_user(is_staff=is_staff))

    assert client.get(url).status_code == HTTPStatus.FORBIDDEN


def test_cases_nearest_to_breach_come_first(browser):
    now = timezone.now()
    pending_run(client_id="later", sent_at=now - timedelta(minutes=5))
    pending_run(client_id="late", sent_at=now - timedelta(hours=5))
    pending_run(client_id="soon", sent_at=now - timedelta(minutes=90))

    assert shown(browser.get(URL)) == ["late", "soon", "later"]


def test_a_row_says_who_where_what_and_why(browser):
    channel = make_channel(account=make_account(client_name="Nordlys"), address="bot-7")
    run = pending_run(channel=channel, client_id="CRM-7", text="You never answer!")

    page = browser.get(URL).content.decode()

    for text in ("CRM-7", "Nordlys", "bot-7", "You never answer!", "The customer is unhappy.", "negative"):
        assert text in page
    assert reverse("admin:crm_case", args=[run.pk]) in page


def test_a_customers_markup_is_text(browser):
    pending_run(text="<script>alert(1)</script>", client_id="<b>x</b>")

    page = browser.get(URL).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<b>x</b>" not in page


def test_figures_count_the_whole_queue(browser, supervisor):
    now = timezone.now()
    pending_run(client_id="late", sent_at=now - timedelta(hours=5))
    pending_run(client_id="soon", sent_at=now - timedelta(minutes=90))
    decided = pending_run(client_id="done")
    decision_make(run_id=decided.pk, supervisor=supervisor, approved=False, reason="No.")

    figures = browser.get(URL).context["figures"]

    assert (figures.waiting, figures.past_sla, figures.due_within_hour) == (2, 1, 1)
    assert (figures.negative, figures.decided_today) == (2, 1)


def test_filters_narrow_the_list_and_may_be_combined(browser):
    nordlys, lucia = make_account(client_name="Nordlys"), make_account(client_name="Lucía")
    first, second = make_channel(account=nordlys, address="a"), make_channel(account=lucia, address="b")
    pending_run(channel=first, client_id="one")
    pending_run(channel=second, client_id="two")
    calm = ANGRY.model_copy(update={"sentiment": "neutral"})
    pending_run(channel=second, client_id="three", analysis=calm, rule=Rule.ASKS_FOR_HUMAN)

    assert shown(browser.get(URL, {"account": nordlys.pk})) == ["one"]
    assert set(shown(browser.get(URL, {"channel": second.pk}))) == {"two", "three"}
    assert shown(browser.get(URL, {"account": lucia.pk, "sentiment": "negative"})) == ["two"]
    assert shown(browser.get(URL, {"sla_breached": "true"})) == []
    assert len(shown(browser.get(URL, {"sla_breached": "false"}))) == 3


@pytest.mark.parametrize(
    "query", [{"account": "nonsense"}, {"channel": "1"}, {"sentiment": "furious"}, {"page": "x"}, {"page": "999"}]
)
def test_a_filter_that_makes_no_sense_is_none(browser, query):
    pending_run(client_id="one")

    response = browser.get(URL, query)

    assert response.status_code == HTTPStatus.OK
    assert shown(response) == ["one"]


def test_pages_are_bounded_and_keep_the_filters(browser, monkeypatch):
    monkeypatch.setattr(queue_module, "PAGE_SIZE", 2)
    for number in range(3):
        pending_run(client_id=f"c{number}")

    response = browser.get(URL, {"sentiment": "negative"})

    assert len(response.context["rows"]) == 2
    assert "?sentiment=negative&amp;page=2" in response.content.decode()
    assert len(browser.get(URL, {"sentiment": "negative", "page": 2}).context["rows"]) == 1


def test_an_empty_queue_says_so(browser):
    assert "Nothing waits for you" in browser.get(URL).content.decode()
    assert "No case matches these filters" in browser.get(URL, {"sentiment": "negative"}).content.decode()


def test_a_claim_is_shown_with_its_holder(browser, supervisor):
    other = make_supervisor(username="ana")
    case_claim(run_id=pending_run(client_id="theirs").pk, user=other)
    case_claim(run_id=pending_run(client_id="mine").pk, user=supervisor)

    page = browser.get(URL).content.decode()

    assert "Open with ana" in page
    assert "Open with you" in page


def test_the_sidebar_counts_waiting_cases(browser):
    pending_run(client_id="one")
    pending_run(client_id="two")

    assert '<span class="count" data-pending-count>2</span>' in browser.get("/admin/").content.decode()


def test_the_results_alone_are_a_part_of_the_page(browser):
    pending_run(client_id="one")

    part = browser.get(RESULTS).content.decode()

    assert "<html" not in part
    assert 'class="queue-row"' in part


def test_unchanged_results_are_not_sent_again(browser, supervisor):
    run = pending_run(client_id="one")
    etag = browser.get(URL)["ETag"]

    unchanged = browser.get(RESULTS, headers={"If-None-Match": etag})
    assert unchanged.status_code == HTTPStatus.NOT_MODIFIED
    assert unchanged.content == b""

    case_claim(run_id=run.pk, user=supervisor)
    claimed = browser.get(RESULTS, headers={"If-None-Match": etag})
    assert claimed.status_code == HTTPStatus.OK
    assert claimed["ETag"] != etag

    pending_run(client_id="two")
    assert browser.get(RESULTS, headers={"If-None-Match": claimed["ETag"]}).status_code == HTTPStatus.OK


def test_the_number_of_queries_does_not_grow_with_the_queue(browser, django_assert_num_queries):
    channel = make_channel(account=make_account(), address="bot")
    pending_run(channel=channel, client_id="first")
    browser.get(URL)
    with django_assert_num_queries(12):
        browser.get(URL)
    for number in range(10):
        pending_run(channel=channel, client_id=f"c{number}")
    with django_assert_num_queries(12):
        browser.get(URL)


def test_the_queue_speaks_spanish(browser):
    pending_run()

    page = browser.get(URL, headers={"Accept-Language": "es"}).content.decode()

    assert "Cola de pendientes" in page
    assert "El cliente está descontento." in page
    assert "negativo" in page
