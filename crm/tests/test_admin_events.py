"""Webhook events in the admin."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from rest_framework.test import APIClient

from crm.models import InboundMessage, Run, WebhookEvent
from crm.tests.factories import make_user
from crm.tests.vendors.payloads import (
    meta_body,
    meta_message,
    meta_post,
    meta_value,
    twilio_fields,
    twilio_post,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vendors_set_up")]
LISTING = "admin:crm_webhookevent_changelist"


@pytest.fixture
def reader(client):
    """May see events, and not take them in again."""
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_webhookevent"))
    client.force_login(user)
    return user


def received(*messages):
    answer = meta_post(APIClient(), meta_body(meta_value(*(messages or [meta_message()]))))
    return WebhookEvent.objects.get(pk=answer.json()["event_id"])


def page_of(event):
    return reverse("admin:crm_webhookevent_change", args=[event.pk])


def test_an_event_shows_what_came_and_what_became_of_it(client, administrator):
    event = received(meta_message(text={"body": "<b>¿Cuándo?</b>"}))
    page = client.get(page_of(event)).content.decode()
    assert reverse("admin:crm_case", args=[Run.objects.get().pk]) in page
    assert "&lt;b&gt;¿Cuándo?&lt;/b&gt;" in page
    assert "<b>¿Cuándo?</b>" not in page
    assert "wamid.1" in page


def test_a_form_is_shown_field_by_field(client, administrator):
    twilio_post(APIClient(), twilio_fields())
    assert "From: whatsapp:+34600111222" in client.get(page_of(WebhookEvent.objects.get())).content.decode()


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b"[" * 50_000, b"x" * 200_000])
def test_what_cannot_be_read_is_shown_as_far_as_it_goes(client, administrator, raw):
    meta_post(APIClient(), raw)
    page = client.get(page_of(WebhookEvent.objects.get()))
    assert page.status_code == HTTPStatus.OK
    assert len(page.content) < 100_000


def test_an_event_is_taken_in_again_by_a_button_and_by_the_list(client, administrator):
    event = received()
    page = client.post(page_of(event), {"do_replay": "1"}, follow=True).content.decode()
    assert "Taken in again: repeated." in page
    page = client.post(reverse(LISTING), {"action": "replay", "_selected_action": [event.pk]}, follow=True)
    assert "1 event was taken in again." in page.content.decode()
    event.refresh_from_db()
    assert event.replay_count == 2
    assert InboundMessage.objects.count() == 1


def test_readers_take_nothing_in_again(client, reader):
    event = received()
    page = client.get(page_of(event))
    assert page.status_code == HTTPStatus.OK
    assert "do_replay" not in page.content.decode()
    assert client.post(page_of(event), {"do_replay": "1"}).status_code == HTTPStatus.FORBIDDEN
    client.post(reverse(LISTING), {"action": "replay", "_selected_action": [event.pk]})
    event.refresh_from_db()
    assert event.replay_count == 0


def test_events_are_not_added_changed_or_deleted(client, administrator):
    event = received()
    assert client.get(reverse("admin:crm_webhookevent_add")).status_code == HTTPStatus.FORBIDDEN
    assert client.post(reverse("admin:crm_webhookevent_delete", args=[event.pk])).status_code == HTTPStatus.FORBIDDEN
    assert client.post(page_of(event), {"verdict": "refused"}).status_code == HTTPStatus.FORBIDDEN
    event.refresh_from_db()
    assert event.verdict == "accepted"


def test_events_are_found_by_their_id_and_by_what_is_in_them(client, administrator):
    event = received(meta_message(1), meta_message(2))
    received(meta_message(3))
    for term in (event.pk, "wamid.2", Run.objects.filter(messages__message_id="wamid.1").get().pk):
        found = client.get(reverse(LISTING), {"q": str(term)}).context["cl"].result_list
        assert event in found
    assert not client.get(reverse(LISTING), {"q": "wamid"}).context["cl"].result_list
    assert client.get(reverse(LISTING), {"verdict__exact": "failed"}).context["cl"].result_count == 0
    assert client.get(reverse(LISTING), {"source__exact": "meta"}).context["cl"].result_count == 2


def test_the_list_takes_a_fixed_number_of_queries_and_reads_no_bodies(
    client, administrator, django_assert_max_num_queries
):
    for number in range(8):
        received(meta_message(number, **{"from": f"3460000000{number}"}))
    client.get(reverse(LISTING))
    with django_assert_max_num_queries(11) as captured:
        client.get(reverse(LISTING))
    assert not any('"crm_webhookevent"."body"' in query["sql"] for query in captured.captured_queries)


@pytest.mark.parametrize("text", ["cut \ud83d", "null \x00 character"])
def test_a_body_with_what_no_page_can_hold_is_shown(client, administrator, text):
    event = received(meta_message(text={"body": text}))

    answer = client.get(reverse("admin:crm_webhookevent_change", args=[event.pk]))

    assert answer.status_code == HTTPStatus.OK
    assert text.split()[0] in answer.content.decode()
