"""The rule files hold together."""

import pytest

from agents.offline import intent, sentiment
from agents.offline.phrases import parse
from agents.offline.rulebook import load
from agents.offline.text import normalise

MARKS = {
    "calm_report",
    "kinds",
    "plain_report",
    "plain_statement",
    "lasting_trouble",
    "praise_then_trouble",
    "thanks_unasked",
}
WRITING = {"shouting", "exclaiming", "question", "long", "short"}


def groups():
    english, spanish = load("sentiment_en"), load("sentiment_es")
    assert english.keys() == spanish.keys()
    return english.keys()


@pytest.mark.parametrize("name", ["sentiment_en", "sentiment_es"])
def test_every_pattern_of_sentiment_can_be_read(name):
    for patterns in load(name).values():
        assert all(parse(pattern).firsts for pattern in patterns)


def test_every_other_pattern_can_be_read():
    others = [*load("intent")["phrases"].values(), load("safety")["asks_for_human"], load("safety")["injection"]]
    others += [topic["patterns"] for topic in load("topics").values()]
    for patterns in others:
        assert all(parse(pattern).firsts for pattern in patterns)


def test_every_weight_of_sentiment_is_of_a_feature_that_exists():
    denied = {f"{group}_denied" for group in sentiment.DENIABLE}
    assert load("weights")["features"].keys() <= groups() | denied | MARKS | WRITING


def test_every_weight_of_intent_is_of_a_feature_that_exists():
    known = groups() | MARKS | WRITING | load("intent")["phrases"].keys()
    assert load("intent")["features"].keys() <= known


def test_every_phrase_of_intent_has_a_weight():
    assert load("intent")["phrases"].keys() <= load("intent")["features"].keys()


def test_the_marks_of_a_text_are_found():
    signs = sentiment.features(normalise("GREAT APP BUT IT CRASHES EVERY DAY!!! Nobody answers, is this a joke?!"))
    assert signs["praise_then_trouble"]
    assert signs["lasting_trouble"]
    assert signs["exclaiming"]
    assert sum(intent.classify(normalise("hi"), signs).values()) == pytest.approx(1)


def test_the_replies_have_the_same_parts_in_both_languages():
    def shape(part):
        return {key: shape(value) for key, value in part.items()} if isinstance(part, dict) else type(part)

    assert shape(load("replies")["es"]) == shape(load("replies")["en"])
    assert shape(load("briefings")["es"]) == shape(load("briefings")["en"])
