"""The currency that an account's stages speak of, told by what was completed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agents.interview.parsing.amounts import read_currency


def currency_stated(earlier: Mapping[str, Mapping[str, Any]]) -> str:
    """The currency of stage 3's price, else of stage 1's ticket; empty before either."""
    price = earlier.get("offer", {}).get("offer", {}).get("currency", "")
    ticket = earlier.get("buyer_persona", {}).get("business", {}).get("ticket", "")
    return price or read_currency(ticket.partition(";")[0], default="") or ""
