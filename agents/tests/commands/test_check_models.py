import io

import pytest
from django.core.management import CommandError, call_command

from agents.models import ModelCall

pytestmark = pytest.mark.django_db(transaction=True)
GREETING = '{"language": "es", "greeting": "¡Hola!"}'


def run(*args, **options):
    out = io.StringIO()
    call_command("check_models", *args, stdout=out, **options)
    return out.getvalue()


def line(output, model_id):
    return next(row for row in output.splitlines() if row.startswith(f" {model_id} "))


def test_without_keys_the_table_says_which_to_set():
    output = run()
    assert "no key: set OPENAI_API_KEY" in line(output, "openai-gpt4o")
    assert "no key: set GOOGLE_AI_API_KEY" in line(output, "google-gemini-2.5-pro")
    assert not ModelCall.objects.exists()


def test_every_model_with_a_key_is_asked_once(local_vendors):
    local_vendors.reply(GREETING, times=None)
    output = run()
    asked = sorted(record.model for record in local_vendors.requests)
    assert len(asked) == len(set(asked)) == ModelCall.objects.filter(purpose="check", outcome="ok").count() == 11
    assert " ok " in line(output, "anthropic-claude-opus-4")


def test_a_model_that_fails_is_told_apart_and_the_command_fails(local_vendors):
    local_vendors.reply(GREETING, times=None).fail(401, times=None, provider="gemini")
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"google-gemini-2\.5-flash-lite"):
        call_command("check_models", "openai-gpt4o", "google-gemini-2.5-flash-lite", stdout=out)
    assert "authentication: 401" in line(out.getvalue(), "google-gemini-2.5-flash-lite")
    assert " ok " in line(out.getvalue(), "openai-gpt4o")


def test_a_dry_run_asks_nobody(local_vendors):
    assert "not tried" in line(run("openai-gpt4o", dry_run=True), "openai-gpt4o")
    assert local_vendors.requests == []


def test_an_unknown_model_names_the_choices():
    with pytest.raises(CommandError, match="Choose one of"):
        run("gpt-17")
