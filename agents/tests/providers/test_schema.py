from decimal import Decimal
from typing import Any, Literal, Optional

import pytest
from pydantic import BaseModel, Field

from agents.customer_message.state import Analysis
from agents.providers.schema import UnsupportedSchema, schema_text, wire_schema


class Leaf(BaseModel):
    name: str


class Node(BaseModel):
    """A node."""

    leaf: Leaf
    other: Leaf | None = None
    leaves: list[Leaf] = []
    kind: Literal["a", "b"] = "a"
    price: Decimal = Field(default=Decimal(1), gt=0)


class Endless(BaseModel):
    again: Optional["Endless"] = None


@pytest.mark.parametrize("wire", ["openai", "anthropic", "google"])
def test_the_analysts_verdict_on_each_wire(wire, snapshot):
    snapshot(f"analysis_{wire}", wire_schema(Analysis, wire))


@pytest.mark.parametrize("wire", ["openai", "anthropic", "google"])
def test_a_schema_is_flat_and_strict(wire):
    schema = wire_schema(Node, wire)
    assert "$ref" not in str(schema)
    assert schema["required"] == ["leaf", "other", "leaves", "kind", "price"]
    assert schema["additionalProperties"] is False
    leaf = {
        "type": "object",
        "properties": {"name": {"type": "string"}},
        "required": ["name"],
        "additionalProperties": False,
    }
    assert schema["properties"]["leaf"] == leaf
    assert schema["properties"]["other"] == {"anyOf": [leaf, {"type": "null"}]}
    assert schema["properties"]["leaves"] == {"type": "array", "items": leaf}
    assert schema["properties"]["kind"] == {"type": "string", "enum": ["a", "b"]}


def test_a_schema_is_built_once_a_type():
    assert wire_schema(Node, "openai") is wire_schema(Node, "openai")
    assert schema_text(Node) is schema_text(Node)


def free(kind):
    return type("Free", (BaseModel,), {"__annotations__": {"value": kind}})


@pytest.mark.parametrize("output", [Endless, free(dict[str, int]), free(Any), free(dict)])
def test_a_shape_that_no_vendor_holds_to_is_refused_at_once(output):
    with pytest.raises(UnsupportedSchema):
        wire_schema(output, "openai")
