from typing import Annotated, Literal

import pytest
from pydantic import Field, ValidationError

from agents.messages import CallContext, Deadline
from agents.tools.base import ToolResult, tool
from agents.tools.calculator import calculator
from agents.tools.knowledge_search import knowledge_search_tool
from agents.tools.web_search import web_search

HERE = {"deadline": Deadline.after(3600), "context": CallContext()}


@tool
def book(
    day: Annotated[str, Field(description="As in 2026-05-01.")],
    seats: Annotated[int, Field(ge=1, le=8)],
    deadline: Deadline,
    kind: Literal["inside", "outside"] = "inside",
) -> ToolResult:
    """Book a table."""
    return ToolResult(content=f"{day} {seats} {kind} {deadline.remaining > 0}")


def test_name_docstring_and_signature_become_what_a_model_sees(snapshot):
    tools = (book, calculator, web_search, knowledge_search_tool(lambda query, *, limit: ()))
    snapshot(
        "tools",
        [{"name": it.spec.name, "description": it.spec.description, "parameters": it.spec.parameters} for it in tools],
    )


def test_arguments_are_validated_and_what_is_not_the_models_to_give_is_filled_in():
    assert book.call({"day": "today", "seats": 2}, **HERE).content == "today 2 inside True"


@pytest.mark.parametrize(
    "arguments",
    [{}, {"day": "today"}, {"day": "today", "seats": 9}, {"day": "today", "seats": 2, "deadline": 1}, {"seats": "x"}],
)
def test_arguments_that_do_not_fit_are_refused(arguments):
    with pytest.raises(ValidationError):
        book.call(arguments, **HERE)


def test_a_function_without_docstring_or_types_is_no_tool():
    def silent(a: int) -> ToolResult:
        return ToolResult(content=str(a))

    def untyped(a):
        """Something."""
        return ToolResult(content=str(a))

    for function in (silent, untyped):
        with pytest.raises(TypeError):
            tool(function)
