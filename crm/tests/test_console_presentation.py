"""How the console writes time, claims and codes."""

from datetime import UTC, datetime, timedelta

import pytest

from agents.customer_message.state import Action, Intent, Rule, Sentiment
from crm.console import wording
from crm.console.presentation import TimeLeft, clock
from crm.models import Delivery, Reply
from crm.vendors.failures import Failure


@pytest.mark.parametrize(
    ("left", "written"),
    [
        (timedelta(minutes=9, seconds=29), "09:29"),
        (timedelta(hours=1, minutes=30, seconds=9), "1:30:09"),
        (timedelta(hours=23, minutes=59, seconds=59), "23:59:59"),
        (timedelta(days=2, hours=4), "2 d 4 h"),
        (timedelta(0), "00:00"),
        (timedelta(minutes=-26, seconds=-31), "−26:31"),
        (timedelta(days=-3), "−3 d 0 h"),
        (timedelta(days=998, hours=23), "998 d 23 h"),
        (timedelta(days=-739_941), "−999 d"),
    ],
)
def test_time_left_is_written_as_a_clock(left, written):
    assert clock(left) == written


@pytest.mark.parametrize(("minutes", "urgency"), [(-1, "late"), (0, "soon"), (59, "soon"), (60, "soon"), (61, "calm")])
def test_urgency_is_late_after_the_time_and_soon_in_the_last_hour(minutes, urgency):
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    assert TimeLeft.until(now + timedelta(minutes=minutes), now).urgency == urgency


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (Sentiment, wording.SENTIMENTS),
        (Intent, wording.INTENTS),
        (Action, wording.ACTIONS),
        (Rule, wording.RULES),
    ],
)
def test_every_code_of_the_pipeline_has_words(codes, words):
    assert set(codes) == set(words)


def test_every_state_of_a_reply_and_of_an_attempt_has_words():
    assert set(Reply.Status) == set(wording.REPLY_WORDS) == set(wording.REPLY_STATUSES)
    assert set(Failure) == set(wording.FAILURES)
    assert set(Delivery.Outcome) == set(wording.ATTEMPTS)


def test_a_code_without_words_is_shown_as_it_is():
    assert wording.word(wording.RULES, "a_later_rule") == "a_later_rule"
