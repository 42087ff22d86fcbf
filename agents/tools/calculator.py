"""Exact decimal arithmetic and percentages from an expression: a small grammar of our own, nothing is evaluated.

- sum: product (("+" | "-") product)*
- product: sign (("*" | "×" | "/" | "÷" | "of") sign)*
- sign: ("+" | "-" | "−") sign | power
- power: percent (("^" | "**") sign)?
- percent: value "%"*
- value: number | "(" sum ")"
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal, DecimalException, DivisionByZero, Inexact, InvalidOperation, Overflow
from typing import Annotated

from pydantic import Field

from agents.tools.base import ToolFailure, ToolResult, tool

LONGEST = 300  # characters
DEEPEST = 40  # parentheses and signs
HIGHEST_POWER = 1000
DIGITS = 60
TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)|(?P<symbol>\*\*|[-+*/^%()×÷−]|of\b))", re.ASCII
)
SAME = {"×": "*", "of": "*", "÷": "/", "−": "-", "**": "^"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A value on its way; `percent` remembers that it was written with a percent sign."""

    value: Decimal
    percent: bool = False


@tool
def calculator(
    expression: Annotated[
        str,
        Field(
            description="Numbers with a decimal point, + - * / ^ ( ) and %; e.g. (1200 - 15%) * 3, 8% of 250.",
            max_length=LONGEST,
        ),
    ],
) -> ToolResult:
    """Calculate exactly. Use it for every sum, product, share or percentage you state: do not calculate in your head.

    A percentage after + or - is of what stands before it: 200 + 10% is 220.
    """
    return ToolResult(content=calculate(expression), trusted=True)


def calculate(expression: str) -> str:
    """The value in plain notation, marked when it was rounded. Raises `ToolFailure` for what is not arithmetic."""
    if len(expression) > LONGEST:
        raise ToolFailure(f"The expression is longer than {LONGEST} characters.")
    # A trap of its own: results beyond this size are a mistake or an attack.
    context = Context(prec=DIGITS, Emax=DIGITS, Emin=-DIGITS, traps=[DivisionByZero, InvalidOperation, Overflow])
    try:
        value = _Parser(_tokens(expression), context).result()
    except DivisionByZero as error:
        raise ToolFailure("Division by zero.") from error
    except DecimalException as error:
        raise ToolFailure("The result is not a number of reasonable size.") from error
    if not value.is_finite():
        raise ToolFailure("The result is not a number.")
    return _plain(value, exact=not context.flags[Inexact])


def _tokens(expression: str) -> list[str]:
    tokens, place = [], 0
    text = expression.rstrip().rstrip("=").rstrip()
    while place < len(text):
        match = TOKEN.match(text, place)
        if not match:
            raise ToolFailure(f"Cannot read {text[place:].strip()[:20]!r}: only numbers, + - * / ^ ( ) % and 'of'.")
        tokens.append((match["number"] or "").replace(",", "") or SAME.get(match["symbol"], match["symbol"]))
        place = match.end()
    return tokens


class _Parser:
    """Recursive descent over the tokens; every operation in one context."""

    def __init__(self, tokens: list[str], context: Context) -> None:
        self.tokens = tokens
        self.context = context
        self.place = 0
        self.depth = 0

    def result(self) -> Decimal:
        if not self.tokens:
            raise ToolFailure("The expression is empty.")
        value = self._plain_value(self._sum())
        if self.place < len(self.tokens):
            raise ToolFailure(f"Did not expect {self.tokens[self.place]!r}.")
        return value

    def _take(self, *symbols: str) -> str:
        token = self.tokens[self.place] if self.place < len(self.tokens) else ""
        if token not in symbols:
            return ""
        self.place += 1
        return token

    def _plain_value(self, amount: Amount) -> Decimal:
        return self.context.divide(amount.value, Decimal(100)) if amount.percent else amount.value

    def _sum(self) -> Amount:
        left = self._product()
        while symbol := self._take("+", "-"):
            right = self._product()
            base = self._plain_value(left)
            change = self._plain_value(right)
            if right.percent and not left.percent:
                change = self.context.multiply(base, change)
            operate = self.context.add if symbol == "+" else self.context.subtract
            left = Amount(operate(base, change))
        return left

    def _product(self) -> Amount:
        left = self._sign()
        while symbol := self._take("*", "/"):
            operate = self.context.multiply if symbol == "*" else self.context.divide
            left = Amount(operate(self._plain_value(left), self._plain_value(self._sign())))
        return left

    def _sign(self) -> Amount:
        if symbol := self._take("+", "-"):
            with self:
                amount = self._sign()
            return Amount(-amount.value, amount.percent) if symbol == "-" else amount
        return self._power()

    def _power(self) -> Amount:
        base = self._percent()
        if not self._take("^"):
            return base
        with self:
            exponent = self._plain_value(self._sign())
        if abs(exponent) > HIGHEST_POWER:
            raise ToolFailure(f"An exponent may be at most {HIGHEST_POWER}.")
        return Amount(self.context.power(self._plain_value(base), exponent))

    def _percent(self) -> Amount:
        amount = self._value()
        while self._take("%"):
            amount = Amount(self._plain_value(amount), percent=True)
        return amount

    def _value(self) -> Amount:
        if self._take("("):
            with self:
                amount = self._sum()
            if not self._take(")"):
                raise ToolFailure("A parenthesis is not closed.")
            return amount
        token = self.tokens[self.place] if self.place < len(self.tokens) else ""
        if not token[:1].isdigit() and not token.startswith("."):
            raise ToolFailure(f"A number is missing before {token!r}." if token else "A number is missing at the end.")
        self.place += 1
        return Amount(self.context.create_decimal(token))

    def __enter__(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ToolFailure("The expression is nested too deeply.")

    def __exit__(self, *_: object) -> None:
        self.depth -= 1


def _plain(value: Decimal, *, exact: bool) -> str:
    if exact:
        text = format(value, "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text in ("-0", "") else text
    rounded = format(value, ".10f").rstrip("0").rstrip(".")
    return f"{rounded} (rounded)" if rounded not in ("0", "-0") else f"{value:.5e} (rounded)"
