"""What a tool is: a function whose name, docstring and signature tell a model how to call it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from agents.errors import AgentError
from agents.messages import CallContext, Deadline, ToolSpec
from agents.tools.schema import arguments_model, arguments_schema

# A parameter of one of these types is not the model's to give: it is filled in when the tool runs.
INJECTED = (Deadline, CallContext)


class ToolFailure(AgentError):
    """The tool could not do what it was asked."""

    code = "tool_failure"


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where a fact came from: a page of a document or an address on the web."""

    title: str
    url: str = ""
    page: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ToolResult:
    """What a tool found. `trusted` is text we made ourselves; any other is handed to the model as delimited data."""

    content: str
    sources: tuple[Source, ...] = ()
    trusted: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Tool:
    """A function with what a model sees of it."""

    function: Callable[..., ToolResult]
    spec: ToolSpec
    arguments: type[BaseModel]
    injected: Mapping[str, type] = field(default_factory=dict)

    def call(self, arguments: Mapping[str, Any], *, deadline: Deadline, context: CallContext) -> ToolResult:
        """Validate and run. Raises `ToolFailure` and `pydantic.ValidationError`."""
        given = self.arguments.model_validate(dict(arguments))
        values = {name: getattr(given, name) for name in type(given).model_fields}
        here = {Deadline: deadline, CallContext: context}
        return self.function(**values, **{name: here[kind] for name, kind in self.injected.items()})


def tool(function: Callable[..., ToolResult]) -> Tool:
    """Make a tool of a function. Every parameter needs a type, and the function a docstring."""
    description = inspect.getdoc(function)
    if not description:
        raise TypeError(f"The tool {function.__name__} needs a docstring: it is what the model reads.")
    parameters = inspect.signature(function, eval_str=True).parameters
    injected = {name: item.annotation for name, item in parameters.items() if item.annotation in INJECTED}
    arguments = arguments_model(
        function.__name__, {name: item for name, item in parameters.items() if name not in injected}
    )
    spec = ToolSpec(name=function.__name__, description=description, parameters=arguments_schema(arguments))
    return Tool(function=function, spec=spec, arguments=arguments, injected=injected)
