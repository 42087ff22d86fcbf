"""Our output types as JSON schemas, built once for each type and wire.

All three vendors take a subset of JSON Schema, each another one. The common form is flat and strict: references
resolved, every property required, nothing beyond them. What a wire does not enforce moves into the description,
where the model reads it; pydantic checks it in the end.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

NUMBERS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})
LENGTHS = frozenset({"minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems"})
FORMATS = frozenset({"date-time", "date", "time"})

# Which constraints a wire enforces itself.
ENFORCED: Mapping[str, frozenset[str]] = {
    "openai": frozenset({"minimum", "maximum", "minItems", "maxItems"}),
    "anthropic": frozenset(),
    "google": frozenset({"minimum", "maximum", "minItems", "maxItems"}),
}


class UnsupportedSchema(TypeError):
    """An output type has a shape not every provider can be held to."""


@cache
def wire_schema(output: type[BaseModel], wire: str) -> Mapping[str, Any]:
    """The schema of `output` as `wire` (openai, anthropic, google) takes it. Raises `UnsupportedSchema`."""
    return plain_schema(output.model_json_schema(), enforced=ENFORCED[wire])


@cache
def schema_text(output: type[BaseModel]) -> str:
    """The schema in words, for models that can only be asked for it."""
    return json.dumps(wire_schema(output, "openai"), ensure_ascii=False)


def plain_schema(schema: Mapping[str, Any], *, enforced: frozenset[str]) -> dict[str, Any]:
    """A schema as pydantic makes it, in the common form."""
    return _Flattener(schema.get("$defs", {}), enforced).flatten(schema, path=())


class _Flattener:
    """Walks one schema; knows its definitions and which constraints may stay."""

    def __init__(self, definitions: Mapping[str, Any], enforced: frozenset[str]) -> None:
        self.definitions = definitions
        self.enforced = enforced

    def flatten(self, schema: Mapping[str, Any], *, path: tuple[str, ...]) -> dict[str, Any]:
        if reference := schema.get("$ref"):
            return self._resolve(reference, schema, path)
        flat = self._shape(schema, path)
        if description := self._description(schema):
            flat["description"] = description
        return flat | {key: schema[key] for key in schema if key in self.enforced}

    def _resolve(self, reference: str, schema: Mapping[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
        name = reference.rpartition("/")[2]
        if name in path:
            raise UnsupportedSchema(f"{name} contains itself.")
        return self.flatten({**self.definitions[name], **_without(schema, "$ref")}, path=(*path, name))

    def _shape(self, schema: Mapping[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
        if "const" in schema:
            return {"type": _type_of(schema["const"]), "enum": [schema["const"]]}
        if "enum" in schema:
            return {"type": schema.get("type") or _type_of(schema["enum"][0]), "enum": list(schema["enum"])}
        if choices := schema.get("anyOf") or schema.get("oneOf"):
            return {"anyOf": [self.flatten(choice, path=path) for choice in choices]}
        match schema.get("type"):
            case "object":
                return self._object(schema, path)
            case "array":
                return {"type": "array", "items": self.flatten(schema["items"], path=path)}
            case "string" if schema.get("format") in FORMATS:
                return {"type": "string", "format": schema["format"]}
            case "string" | "number" | "integer" | "boolean" | "null" as kind:
                return {"type": kind}
            case kind:
                raise UnsupportedSchema(f"No provider can be held to a value of type {kind!r}.")

    def _object(self, schema: Mapping[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
        if "properties" not in schema and schema.get("additionalProperties") is not False:
            raise UnsupportedSchema("An object needs named properties.")
        properties = schema.get("properties", {})
        return {
            "type": "object",
            "properties": {name: self.flatten(value, path=path) for name, value in properties.items()},
            "required": list(properties),
            "additionalProperties": False,
        }

    def _description(self, schema: Mapping[str, Any]) -> str:
        told = [f"{key}: {schema[key]}" for key in schema if key in NUMBERS | LENGTHS and key not in self.enforced]
        parts = (schema.get("description", "").strip(), f"({', '.join(told)})" if told else "")
        return " ".join(part for part in parts if part)


def _without(schema: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key not in keys}


def _type_of(value: object) -> str:
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string"}
    return kinds[type(value)]
