"""The provider that works by rules."""

import pytest

from agents.customer_message.state import Analysis
from agents.errors import UnsupportedPurpose
from agents.messages import ModelRequest, Prompt
from agents.providers.offline import OfflineProvider


def request(purpose, **inputs):
    return ModelRequest(purpose=purpose, prompt=Prompt(name="p", hash="h", text="t"), messages=(), inputs=inputs)


def complete(provider, purpose, **inputs):
    return provider.complete(request(purpose, **inputs), model="rules", timeout=1)


def test_the_analyst_answers_with_a_parsed_analysis_and_its_json():
    response = complete(OfflineProvider(), "crm.analyst", text="Where is my order?")
    assert isinstance(response.parsed, Analysis)
    assert Analysis.model_validate_json(response.text) == response.parsed


def test_it_says_that_it_is_rules_and_used_no_tokens():
    response = complete(OfflineProvider(), "crm.analyst", text="hi")
    assert (response.provider, response.model, response.usage.total_tokens) == ("offline", "rules", 0)


def test_the_drafter_and_the_briefing_answer_with_text():
    drafted = complete(
        OfflineProvider(),
        "crm.drafter",
        text="hola",
        language="es",
        intent="general_inquiry",
        sentiment="neutral",
        action="send_standard_response",
        history=(),
        brief=None,
    )
    noted = complete(
        OfflineProvider(),
        "crm.briefing",
        text="hola",
        client_id="c",
        language="es",
        sentiment="neutral",
        intent="general_inquiry",
        rule="sla_breached",
        sla_breached=True,
        supervisor_language="es",
    )
    assert drafted.text.startswith("Gracias")
    assert noted.text.startswith("El cliente c")


def test_a_purpose_without_rules_is_refused():
    with pytest.raises(UnsupportedPurpose, match=r"crm\.poetry"):
        complete(OfflineProvider(), "crm.poetry")


def test_other_purposes_can_be_added():
    provider = OfflineProvider({"echo": lambda inputs: inputs["text"]})
    assert complete(provider, "echo", text="hi").text == "hi"
