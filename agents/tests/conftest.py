"""What all tests of the agents share: snapshots, and providers that talk to a local server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agents.conf import VENDORS, from_mapping, settings
from agents.messages import Message, ModelRequest, Prompt, Role
from agents.providers.selection import make_provider

SNAPSHOTS = Path(__file__).parent / "snapshots"
# What llmock calls the vendors.
LLMOCK = {"openai": "openai", "anthropic": "anthropic", "google": "gemini"}
MODELS = {"openai": "gpt-4o", "anthropic": "claude-opus-5-5", "google": "gemini-2.5-flash-lite"}


@pytest.fixture
def snapshot():
    """Compare a value with the JSON file of that name."""

    def compare(name, value):
        assert json.loads(json.dumps(value)) == json.loads((SNAPSHOTS / f"{name}.json").read_text(encoding="utf-8"))

    return compare


@pytest.fixture
def local_vendors(llmock, settings):
    """Every vendor has a key and lives in the local fake server."""
    given = dict(settings.AGENTS)
    for vendor, name in LLMOCK.items():
        given[f"{vendor.upper()}_API_KEY"] = "key-of-a-test"
        given[f"{vendor.upper()}_BASE_URL"] = llmock.base_url(name)
    settings.AGENTS = given
    llmock.tool_mode("off")
    return llmock


@pytest.fixture(params=VENDORS)
def vendor(request):
    return request.param


@pytest.fixture
def provider(vendor, local_vendors):
    """The adapter of a vendor, in front of the local fake server."""
    made = make_provider(vendor, settings())
    yield made
    made.close()


@pytest.fixture
def wire(vendor):
    """The adapter of a vendor in front of one function that answers its requests."""
    import httpx2

    opened = []

    def make(answer, *, name=vendor, **given):
        chosen = from_mapping({f"{name.upper()}_API_KEY": "key-of-a-test"} | given)
        opened.append(make_provider(name, chosen, transport=httpx2.MockTransport(answer)))
        return opened[-1]

    yield make
    for made in opened:
        made.close()


def ask(text="Hello", **fields):
    """A plain request."""
    return ModelRequest(
        **{
            "purpose": "test",
            "prompt": Prompt(name="test", hash="0" * 64, text="You are kind."),
            "messages": (Message(role=Role.USER, content=text),),
            "temperature": 0.3,
            "max_tokens": 200,
        }
        | fields
    )
