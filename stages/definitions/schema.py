"""The building blocks of deliverable schemas: bounded texts, decimals as strings, base model."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from agents.interview.parsing.words import clean

MAX_ITEMS = 1_000
MAX_TEXT = 40_000
# Inputs are of a sensible size; what is computed from them may be far larger.
MAX_INPUT = Decimal(10) ** 15
MAX_DIGITS = 140

Item = TypeVar("Item")


class Part(BaseModel):
    """A deliverable, or a part of one. Unknown fields are refused; checks judge what is in the known ones."""

    model_config = ConfigDict(extra="forbid")


def _text(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if len(value) > MAX_TEXT:
        raise ValueError(f"at most {MAX_TEXT} characters")
    return clean(value, longest=MAX_TEXT)


def _joined(value: Any) -> Any:
    """A cell may be given as a list; it is kept as one text."""
    if isinstance(value, Sequence) and not isinstance(value, str) and all(isinstance(item, str) for item in value):
        value = "; ".join(value)
    return _text(value)


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) and value.strip() else ([] if value == "" else value)


def _bounded_list(value: list[Item]) -> list[Item]:
    if len(value) > MAX_ITEMS:
        raise ValueError(f"at most {MAX_ITEMS} items")
    return value


def _decimal_text(value: Any) -> Any:
    """A decimal as a plain string, its places kept; what is no finite number is refused."""
    if value is None or isinstance(value, bool):
        return value
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise ValueError("must be a decimal number, written as a string") from None
    if not number.is_finite() or abs(number.adjusted()) > MAX_DIGITS or len(number.as_tuple().digits) > MAX_DIGITS:
        raise ValueError("is not a number of a sensible size")
    return f"{number:f}"


def _sensible(value: str) -> str:
    number = Decimal(value)
    if abs(number) > MAX_INPUT or (number and number.adjusted() < -12):
        raise ValueError("is not a number of a sensible size")
    return value


def _in_percent(value: str) -> str:
    if not 0 <= Decimal(value) <= 100:
        raise ValueError("must be from 0 to 100")
    return value


def _as_rate(value: str) -> str:
    if not 0 <= Decimal(value) <= 1:
        raise ValueError("must be a fraction from 0 to 1, e.g. 0.031 for 3.1 %")
    return value


def _not_negative(value: str) -> str:
    if Decimal(value) < 0:
        raise ValueError("must not be negative")
    return value


def _one_to_ten(value: int) -> int:
    if not 1 <= value <= 10:
        raise ValueError("must be from 1 to 10")
    return value


Text = Annotated[str, BeforeValidator(_text)]
Cell = Annotated[str, BeforeValidator(_joined)]
Texts = Annotated[list[Text], BeforeValidator(_listed), AfterValidator(_bounded_list)]
Rows = Annotated[list[Item], AfterValidator(_bounded_list)]
# What is computed, and what is stated.
Amount = Annotated[str, BeforeValidator(_decimal_text)]
_Stated = Annotated[Amount, AfterValidator(_sensible)]
Money = Annotated[_Stated, AfterValidator(_not_negative)]
Percent = Annotated[_Stated, AfterValidator(_in_percent)]
Rate = Annotated[_Stated, AfterValidator(_as_rate)]
Grade = Annotated[int, AfterValidator(_one_to_ten)]
