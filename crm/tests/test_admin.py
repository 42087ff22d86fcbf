"""The CRM's pages in the admin."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from crm.models import InboundMessage, Run
from crm.tests.factories import make_account, make_channel, make_supervisor, make_user, pending_run

pytestmark = pytest.mark.django_db

READ_ONLY = ("run", "conversation", "inboundmessage")
EDITABLE = ("channel", "webhookkey", "webhookevent")


def listing(name):
    return reverse(f"admin:crm_{name}_changelist")


@pytest.mark.parametrize("name", READ_ONLY + EDITABLE)
def test_strangers_and_consultants_are_sent_to_the_login(client, name):
    assert client.get(listing(name)).status_code == HTTPStatus.FOUND
    client.force_login(make_user())
    assert client.get(listing(name)).status_code == HTTPStatus.FOUND


@pytest.mark.parametrize("name", READ_ONLY)
def test_supervisors_read_the_history(client, name):
    pending_run()
    client.force_login(make_supervisor())

    response = client.get(listing(name))

    assert response.status_code == HTTPStatus.OK
    assert "CRM-001" in response.content.decode()


@pytest.mark.parametrize("name", EDITABLE)
def test_supervisors_do_not_administer(client, name):
    client.force_login(make_supervisor())

    assert client.get(listing(name)).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("name", READ_ONLY)
def test_history_is_not_added_to_changed_or_deleted(client, administrator, name):
    run = pending_run()
    pk = {"run": run, "conversation": run.conversation, "inboundmessage": run.messages.get()}[name].pk

    assert client.get(reverse(f"admin:crm_{name}_add")).status_code == HTTPStatus.FORBIDDEN
    assert client.post(reverse(f"admin:crm_{name}_delete", args=[pk])).status_code == HTTPStatus.FORBIDDEN
    client.post(reverse(f"admin:crm_{name}_change", args=[pk]), {"text": "forged", "client_id": "forged"})
    assert InboundMessage.objects.get().text == "Where is my parcel?"
    assert Run.objects.get().conversation.client_id == "CRM-001"


@pytest.mark.parametrize(("name", "queries"), [("run", 13), ("conversation", 11), ("inboundmessage", 10)])
def test_lists_take_a_fixed_number_of_queries(client, administrator, django_assert_max_num_queries, name, queries):
    channel = make_channel(account=make_account())
    for number in range(8):
        pending_run(channel=channel, client_id=f"c{number}")
    client.get(listing(name))

    with django_assert_max_num_queries(queries):
        client.get(listing(name))


def test_a_row_of_all_cases_opens_the_case(client, administrator):
    run = pending_run()
    case = reverse("admin:crm_case", args=[run.pk])

    assert f'href="{case}"' in client.get(listing("run")).content.decode()
    assert client.get(reverse("admin:crm_run_change", args=[run.pk]))["Location"] == case


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"q": "parcel"}, 1),
        ({"q": "CRM-001"}, 1),
        ({"q": "nothing like it"}, 0),
        ({"status": "pending_approval"}, 1),
        ({"status": "rejected"}, 0),
        ({"sentiment": "negative"}, 1),
        ({"sentiment": "positive"}, 0),
        ({"sla_breached__exact": "1"}, 0),
    ],
)
def test_cases_are_searched_and_filtered(client, administrator, query, count):
    pending_run()

    assert client.get(listing("run"), query).context["cl"].result_count == count


def test_a_message_opens_with_its_case(client, administrator):
    run = pending_run()

    page = client.get(reverse("admin:crm_inboundmessage_change", args=[run.messages.get().pk])).content.decode()

    assert "Where is my parcel?" in page
    assert reverse("admin:crm_case", args=[run.pk]) in page
