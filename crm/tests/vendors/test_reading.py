"""Whatever vendors send, each part is read into something that can be stored, or said to be unreadable."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from urllib.parse import urlencode

from hypothesis import given, settings
from hypothesis import strategies as st

from crm.tests.vendors.payloads import meta_body, meta_message, meta_value, twilio_fields
from crm.vendors.incoming import Fault, Incoming, Remark, StatusNote, Unreadable
from crm.vendors.meta import incoming as meta
from crm.vendors.twilio import incoming as twilio

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("x" * 700),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KINDS = (
    "text", "button", "interactive", "location", "contacts", "order", "image", "document", "sticker", "system",
    "reaction", "unsupported", "hologram",
)  # fmt: skip
FIELDS = (
    "Body", "From", "To", "NumMedia", "MediaUrl0", "Latitude", "Longitude", "ListId", "MessageStatus", "ErrorCode",
    "MessageType", "OptOutType", "MessageSid",
)  # fmt: skip


def paths(value, before=()):
    """Where anything stands in a payload."""
    yield before
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in inner:
        yield from paths(item, (*before, name))


def replaced(payload, path, value):
    if not path:
        return value
    changed = copy.deepcopy(payload)
    place = changed
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return changed


def full():
    details = {"id": "1", "body": "b", "text": "t", "title": "T", "caption": "c", "latitude": 1, "longitude": 2}
    messages = [
        meta_message(number, type=kind, **{kind: details}, context={"id": "w", "forwarded": True}, errors=[details])
        for number, kind in enumerate(KINDS)
    ]
    status = {"id": "w", "status": "failed", "timestamp": "1", "errors": [{"code": 1, "title": "T"}]}
    return meta_body(meta_value(*messages, statuses=[status], errors=[{"code": 1, "title": "T"}]))


FULL = full()
PATHS = list(paths(FULL))


def fits(part):
    """Whether a part can be stored as it is."""
    assert isinstance(part, Incoming | StatusNote | Remark | Fault)
    if isinstance(part, Incoming):
        assert part.text
        assert 0 < len(part.client_id) <= 255
        assert 0 < len(part.address) <= 255
        assert len(part.message_id) <= 255
        assert 0 < len(part.kind) <= 24
        written = json.dumps([part.text, part.client_id, part.address, part.message_id, part.kind, part.metadata])
        assert "\\u0000" not in written
        json.loads(written, parse_constant=lambda name: 1 / 0)
        part.text.encode()


@given(path=st.sampled_from(PATHS), value=anything)
@settings(max_examples=300)
def test_meta_anything_anywhere(path, value):
    body = json.dumps(replaced(FULL, path, value)).encode()
    try:
        parts = meta.read(body, received_at=NOW)
    except Unreadable:
        assert len(path) < 2
        return
    for part in parts:
        fits(part)


@given(st.binary(max_size=200) | anything.map(lambda value: json.dumps(value).encode()))
def test_meta_anything_at_all(body):
    try:
        parts = meta.read(body, received_at=NOW)
    except Unreadable:
        return
    for part in parts:
        fits(part)


@given(changes=st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=300), max_size=5), query=st.text(max_size=50))
@settings(max_examples=300)
def test_twilio_anything_anywhere(changes, query):
    form = {name: value.encode("utf-8", "replace") for name, value in twilio_fields(**changes).items()}
    try:
        parts = twilio.read(urlencode(form).encode(), query=query, received_at=NOW)
    except Unreadable:
        return
    for part in parts:
        fits(part)


@given(st.binary(max_size=300))
def test_twilio_anything_at_all(body):
    try:
        parts = twilio.read(body, query="", received_at=NOW)
    except Unreadable:
        return
    for part in parts:
        fits(part)
