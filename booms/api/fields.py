"""Serializer fields that several APIs share."""

from __future__ import annotations

import json
from typing import Any

from rest_framework import serializers


class MetadataField(serializers.JSONField):
    """An object of at most `max_bytes` as compact JSON, without characters PostgreSQL cannot hold."""

    default_error_messages = {
        "not_an_object": "Must be an object.",
        "too_large": "Must not be larger than {max_bytes} bytes as JSON.",
        "null_character": "Null characters are not allowed.",
    }

    def __init__(self, *, max_bytes: int, **kwargs: Any) -> None:
        self.max_bytes = max_bytes
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        value = super().to_internal_value(data)
        if not isinstance(value, dict):
            self.fail("not_an_object")
        written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        if len(written.encode()) > self.max_bytes:
            self.fail("too_large", max_bytes=self.max_bytes)
        if "\\u0000" in written:
            self.fail("null_character")
        return value
