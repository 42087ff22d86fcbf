"""Texts are brought into the form the rules are written in."""

import pytest

from agents.offline.phrases import Phrasebook, parse
from agents.offline.text import excerpt, normalise


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Atención PÉSIMA", " atencion pesima "),
        ("pls refnd", " please refund "),
        ("kiero mi reembolso xfa", " quiero mi reembolso por favor "),
        ("sooooo baaaad", " so bad "),
        ("It doesn’t work", " it does not work "),
        ("m13rda", " mierda "),
        ("what?!", " what ? "),
        ("no no no no no", " no no "),
        ("@shop #NeverAgain https://example.com", " # never again "),
        ("> quoted mail\nmine", " mine "),
        ("dissapointed", " disappointed "),
    ],
)
def test_a_text_is_normalised(written, read):
    assert normalise(written).spaced == read


def test_a_long_text_is_read_at_both_ends():
    shown = excerpt("start " + "x " * 10_000 + "end")
    assert shown.startswith("start")
    assert shown.endswith("end")
    assert len(shown) < 5_000


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("refund*", "three refunds", True),
        ("no (reply|answer) yet", "no answer yet", True),
        ("no ?single reply", "no reply", True),
        ("waiting ~2 weeks", "waiting for three weeks", True),
        ("waiting ~1 weeks", "waiting for three weeks", False),
        ("waiting ~3 weeks", "waiting . three weeks", False),
        ("^ never", "we never", False),
        ("^ never", "we . never", True),
        ("again $", "again and more", False),
        ("#", "order 4451", True),
        ("really %", "really ?", True),
        ("(me|nos) *aron", "nos cobraron", True),
    ],
)
def test_a_pattern_finds_what_it_describes(pattern, text, found):
    assert any(Phrasebook({"it": [pattern]}).find(f" {text} ")) is found


def test_a_pattern_that_could_match_nothing_is_refused():
    with pytest.raises(ValueError, match="must begin with a word"):
        parse("?maybe ~3")
