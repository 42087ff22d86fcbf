"""Expected faults of the domain. Services raise them; `booms.api.exceptions` turns each into its HTTP answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class DomainError(Exception):
    """The request cannot be carried out."""

    code = "error"

    def __init__(self, message: str = "", *, state: Mapping[str, Any] | None = None) -> None:
        super().__init__(message or (type(self).__doc__ or "").strip())
        # What the client should know besides the sentence, e.g. the current state after a lost race.
        self.state = dict(state or {})


class NotFound(DomainError):
    """There is no such object."""

    code = "not_found"


class NotAvailable(DomainError):
    """What is asked for does not exist for this object."""

    code = "not_available"


class Conflict(DomainError):
    """The object has changed meanwhile."""

    code = "conflict"


class InvalidTransition(Conflict):
    """This step is not possible in the present state."""

    code = "invalid_transition"


class InvalidInput(DomainError):
    """A value does not fit. `loc` is where it stands, e.g. `("body", "reason")`, `kind` its machine word."""

    code = "validation_error"

    def __init__(self, message: str, *, loc: Sequence[str], kind: str = "value_error") -> None:
        super().__init__(message)
        self.loc = tuple(loc)
        self.kind = kind


class InvalidInputs(DomainError):
    """Several values do not fit. Each fault is `{"loc": […], "msg": …, "type": …}`."""

    code = "validation_error"

    def __init__(self, faults: Sequence[Mapping[str, Any]]) -> None:
        super().__init__()
        self.faults = [dict(fault) for fault in faults]


class Forbidden(DomainError):
    """You may not do this."""

    code = "permission_denied"


class Unauthenticated(DomainError):
    """Credentials are missing or wrong."""

    code = "authentication_failed"


class TooManyAttempts(DomainError):
    """Too many failed attempts; wait before the next one."""

    code = "throttled"

    def __init__(self, *, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


class Unavailable(DomainError):
    """The service cannot answer right now; try again later."""

    code = "unavailable"

    def __init__(self, message: str = "", *, retry_after: int = 5) -> None:
        super().__init__(message)
        self.retry_after = retry_after
