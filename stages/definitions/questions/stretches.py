"""Money asked for one stretch of time and given for another: said with its conversion, never taken as it stands."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from agents.interview.parsing.amounts import CENT
from agents.interview.parsing.periods import is_time, months_in, render_per
from agents.interview.parsing.words import fault
from agents.interview.rendering import render_money
from agents.interview.state import Bilingual, ParseFault


def given_for(value: dict[str, Any], months: int, wanted: Bilingual) -> ParseFault | None:
    """What is wrong with an amount that is wanted for so many months, if it says another stretch of time."""
    times = [code for code in value.get("per", []) if is_time(code)]
    if not times:
        return None
    length = months_in(times[-1])
    if length == months:
        return None
    said = Bilingual(render_per(times[-1:], "es"), render_per(times[-1:], "en"))
    if length is None:
        return fault(
            f"Ese importe es {said.es}: escribe cuánto es {wanted.es}.",
            f"That amount is {said.en}: write what it is {wanted.en}.",
        )
    amount = (Decimal(value["amount"]) * months / length).quantize(CENT)
    es, en = (render_money(amount, value["currency"], language) for language in ("es", "en"))
    return fault(
        f"Ese importe es {said.es}; {wanted.es} son {es}. Si es así, escribe «{es}».",
        f"That amount is {said.en}; {wanted.en} it is {en}. If that is right, write “{en}”.",
    )
