"""What all tests of the agents share: no way out to the internet, and providers that talk to a local server."""

from __future__ import annotations

import ipaddress
import json
import socket
from pathlib import Path

import pytest

from agents.conf import VENDORS, from_mapping, settings
from agents.messages import Message, ModelRequest, Prompt, Role
from agents.providers.selection import make_provider

SNAPSHOTS = Path(__file__).parent / "snapshots"
# What llmock calls the vendors.
LLMOCK = {"openai": "openai", "anthropic": "anthropic", "google": "gemini"}
MODELS = {"openai": "gpt-4o", "anthropic": "claude-opus-5-5", "google": "gemini-2.5-flash-lite"}


class InternetReached(AssertionError):
    """A test tried to leave this machine."""


def _local(host):
    if host in ("localhost", "", None):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_internet():
    """Connections and name look-ups that leave this machine fail the test."""
    originals = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}
    look_up = socket.getaddrinfo

    def guarded(original):
        def connect(self, address):
            if self.family != socket.AF_UNIX and not _local(address[0]):
                raise InternetReached(f"A test tried to reach {address}.")
            return original(self, address)

        return connect

    def getaddrinfo(host, *args, **options):
        if not _local(host.decode() if isinstance(host, bytes) else host):
            raise InternetReached(f"A test tried to look up {host}.")
        return look_up(host, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        for name, original in originals.items():
            patch.setattr(socket.socket, name, guarded(original))
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        yield


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
