"""Why a reply did not go out or did not arrive: our words for what vendors say in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Failure(StrEnum):
    """The machine word of a failed reply; the console has a sentence for each."""

    WINDOW_CLOSED = "window_closed"
    NOT_CONFIGURED = "not_configured"
    UNAUTHORIZED = "unauthorized"
    BAD_RECIPIENT = "bad_recipient"
    UNDELIVERABLE = "undeliverable"
    OPTED_OUT = "opted_out"
    BLOCKED = "blocked"
    TOO_LONG = "too_long"
    ADDRESS_NOT_ALLOWED = "address_not_allowed"
    REFUSED = "refused"
    RATE_LIMITED = "rate_limited"
    UNAVAILABLE = "unavailable"
    UNKNOWN = "unknown"


F = Failure
# https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
META: Mapping[str, Failure] = {
    "0": F.UNAUTHORIZED,
    "3": F.UNAUTHORIZED,
    "10": F.UNAUTHORIZED,
    "190": F.UNAUTHORIZED,
    **{str(code): F.UNAUTHORIZED for code in range(200, 300)},
    "131005": F.UNAUTHORIZED,
    "131047": F.WINDOW_CLOSED,
    "131026": F.UNDELIVERABLE,
    "131021": F.BAD_RECIPIENT,
    "131030": F.BAD_RECIPIENT,
    "131050": F.OPTED_OUT,
    "368": F.BLOCKED,
    "130497": F.BLOCKED,
    "131049": F.BLOCKED,
    "131031": F.BLOCKED,
    "131042": F.BLOCKED,
    "133010": F.NOT_CONFIGURED,
    "33": F.NOT_CONFIGURED,
    "4": F.RATE_LIMITED,
    "80007": F.RATE_LIMITED,
    "130429": F.RATE_LIMITED,
    "131048": F.RATE_LIMITED,
    "131056": F.RATE_LIMITED,
    "1": F.UNAVAILABLE,
    "2": F.UNAVAILABLE,
    "131000": F.UNAVAILABLE,
    "131016": F.UNAVAILABLE,
    "131057": F.UNAVAILABLE,
    "133004": F.UNAVAILABLE,
}
# https://www.twilio.com/docs/api/errors
TWILIO: Mapping[str, Failure] = {
    "20003": F.UNAUTHORIZED,
    "20404": F.NOT_CONFIGURED,
    "21606": F.NOT_CONFIGURED,
    "63007": F.NOT_CONFIGURED,
    "21211": F.BAD_RECIPIENT,
    "21214": F.BAD_RECIPIENT,
    "21265": F.BAD_RECIPIENT,
    "21608": F.BAD_RECIPIENT,
    "21614": F.BAD_RECIPIENT,
    "63003": F.BAD_RECIPIENT,
    "21610": F.OPTED_OUT,
    "21408": F.BLOCKED,
    "30002": F.BLOCKED,
    "30004": F.BLOCKED,
    "30007": F.BLOCKED,
    "63013": F.BLOCKED,
    "63020": F.BLOCKED,
    "21617": F.TOO_LONG,
    "63016": F.WINDOW_CLOSED,
    "21612": F.UNDELIVERABLE,
    "30003": F.UNDELIVERABLE,
    "30005": F.UNDELIVERABLE,
    "30006": F.UNDELIVERABLE,
    "30008": F.UNDELIVERABLE,
    "63001": F.UNAUTHORIZED,
    "63024": F.UNDELIVERABLE,
    "63032": F.UNDELIVERABLE,
    "14107": F.RATE_LIMITED,
    "20429": F.RATE_LIMITED,
    "21611": F.RATE_LIMITED,
    "30001": F.RATE_LIMITED,
    "30022": F.RATE_LIMITED,
    "63018": F.RATE_LIMITED,
    "63038": F.RATE_LIMITED,
    "20500": F.UNAVAILABLE,
    "20503": F.UNAVAILABLE,
}
CODES: Mapping[str, Mapping[str, Failure]] = {"meta": META, "twilio": TWILIO}
# Surely not sent, and likely to go through later.
PASSING = frozenset({F.RATE_LIMITED, F.UNAVAILABLE})


def failure_word(vendor: str, code: str) -> Failure:
    """Our word for a vendor's code; one of our words stands for itself, anything else is `refused`."""
    known = CODES.get(vendor, {}).get(code)
    return known or (Failure(code) if code in Failure.__members__.values() else Failure.REFUSED)
