"""An analyst is measured on labelled messages."""

import json

import pytest
from django.core.management import CommandError, call_command

from agents.customer_message.evaluation import BadRows, evaluate, read_rows
from agents.customer_message.state import Analysis


def verdict(sentiment, intent="general_inquiry", language="en", confidence=0.9):
    return Analysis(
        sentiment=sentiment,
        sentiment_confidence=confidence,
        intent=intent,
        intent_confidence=0.9,
        language=language,
        language_confidence=0.9,
        asks_for_human=False,
        suspected_injection=False,
    )


def line(text, sentiment, **more):
    return json.dumps({"text": text, "sentiment": sentiment, "intent": "general_inquiry", "language": "en", **more})


@pytest.fixture
def write(tmp_path):
    def written(*lines):
        path = tmp_path / "messages.jsonl"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return written


VERDICTS = {
    "angry": verdict("negative"),
    "calm": verdict("neutral"),
    "unsure": verdict("neutral", confidence=0.4),
    "happy": verdict("positive"),
}


def test_accuracy_recall_and_confusions_are_counted(write):
    rows = read_rows(write(line("angry", "negative"), line("calm", "negative", id="missed"), line("calm", "neutral")))
    score = evaluate(rows, VERDICTS.__getitem__).fields["sentiment"]
    negative = next(label for label in score.labels if label.label == "negative")
    assert score.accuracy == pytest.approx(2 / 3)
    assert score.macro_f1 == pytest.approx(2 / 3)
    assert (negative.precision, negative.recall, negative.recall_by_language["en"]) == (1, 0.5, 0.5)
    assert [(wrong.expected, wrong.found, wrong.ids) for wrong in score.confusions] == [
        ("negative", "neutral", ("missed",))
    ]


def test_a_second_label_is_right_too_but_not_strictly(write):
    rows = read_rows(write(line("calm", "positive", sentiment_also=["neutral"])))
    score = evaluate(rows, VERDICTS.__getitem__).fields["sentiment"]
    assert (score.accuracy, score.strict_accuracy) == (1, 0)


def test_what_triage_would_do_is_counted_by_language(write):
    rows = read_rows(
        write(
            line("angry", "negative"),
            line("calm", "negative", language="es"),
            line("unsure", "neutral"),
            line("happy", "positive"),
        )
    )
    report = evaluate(rows, VERDICTS.__getitem__)
    assert report.negatives_answered == {"all": 0.5, "en": 0, "es": 1}
    assert report.others_held == {"all": 0.5, "en": 0.5}


def test_every_bad_line_is_named(write):
    path = write(
        line("fine", "neutral"),
        "no json",
        line("odd", "furious"),
        '{"text": " "}',
        line("x", "neutral", sentiment_also=3),
    )
    with pytest.raises(BadRows) as caught:
        read_rows(path)
    assert [fault.split(":")[0] for fault in caught.value.faults] == ["line 2", "line 3", "line 4", "line 5"]
    assert "'furious'" in caught.value.faults[1]


def test_a_file_without_messages_is_bad(write):
    with pytest.raises(BadRows, match="no messages"):
        read_rows(write("", ""))


def test_the_command_prints_a_report_of_the_rules(write, capsys):
    call_command("evaluate", str(write(line("Where is my order?", "neutral"))))
    printed = capsys.readouterr().out
    assert "sentiment: accuracy 1.000" in printed
    assert "negative messages answered without a human" in printed


def test_the_command_prints_json(write, capsys):
    call_command("evaluate", str(write(line("Where is my order?", "neutral"))), "--json")
    assert json.loads(capsys.readouterr().out)["messages"] == 1


def test_the_command_names_the_bad_line(write):
    with pytest.raises(CommandError, match="line 1"):
        call_command("evaluate", str(write("{")))


def test_the_command_says_that_a_file_is_missing(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("evaluate", str(tmp_path / "none.jsonl"))


def test_the_command_refuses_an_unknown_model(write):
    with pytest.raises(CommandError, match="no-such-model"):
        call_command("evaluate", str(write(line("hi", "neutral"))), "--model", "no-such-model")
