"""Our output types as JSON schemas for each wire, built once a type; and the way back from text to a type."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from agents.errors import EmptyAnswer, InvalidOutput
from agents.messages import Usage

Output = TypeVar("Output", bound=BaseModel)


def parse_output(text: str, schema: type[Output], *, usage: Usage) -> Output:
    """Read an answer into its type. Raises `EmptyAnswer` or `InvalidOutput`, which says what is wrong."""
    if not text.strip():
        raise EmptyAnswer(usage=usage)
    try:
        return schema.model_validate_json(_bare(text))
    except ValidationError as error:
        faults = "\n".join(f"{'.'.join(map(str, fault['loc'])) or 'answer'}: {fault['msg']}" for fault in error.errors())
        raise InvalidOutput(faults=faults, text=text, usage=usage) from error


def _bare(text: str) -> str:
    """The JSON object in an answer that may stand in a code fence or between words, as small models write it."""
    stripped = text.strip()
    if stripped.startswith("{"):
        return stripped
    start, end = stripped.find("{"), stripped.rfind("}")
    return stripped[start : end + 1] if 0 <= start < end else stripped
