"""From a function's signature to the schema of its arguments."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, create_model

from agents.providers.schema import NUMBERS, plain_schema

# Schemas of tools are hints to the vendors, not enforced ones: limits may stay where every one accepts them.
ACCEPTED = NUMBERS - {"multipleOf"}


def arguments_model(name: str, parameters: Mapping[str, inspect.Parameter]) -> type[BaseModel]:
    """A model with one field a parameter; `Annotated[..., Field(description=...)]` describes it."""
    fields: dict[str, Any] = {}
    for parameter, item in parameters.items():
        if item.annotation is inspect.Parameter.empty:
            raise TypeError(f"The tool {name} needs a type for {parameter}.")
        default = ... if item.default is inspect.Parameter.empty else item.default
        fields[parameter] = (item.annotation, default)
    return create_model(name, __config__=ConfigDict(extra="forbid"), **fields)


def arguments_schema(arguments: type[BaseModel]) -> Mapping[str, Any]:
    """The schema a model sees. What has a default may be left out."""
    schema = arguments.model_json_schema()
    flat = plain_schema(schema, enforced=ACCEPTED)
    return flat | {"required": schema.get("required", [])}
