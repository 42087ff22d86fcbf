"""What is wrong with a document, in the language of who reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agents.errors import ProviderError
from agents.knowledge.errors import BY_CODE, DocumentError
from agents.models.ledger import Outcome

EMBEDDING = "embedding_failed"
EMBEDDING_SENTENCE = _("The embedding model failed: %(reason)s.")


def fault_of(error: DocumentError | ProviderError) -> dict[str, Any]:
    """What a row keeps of an error: `code`, `values`, and no `page`, for it is the whole document's."""
    if isinstance(error, DocumentError):
        return {"page": None, "code": error.code, "values": error.values}
    return {"page": None, "code": EMBEDDING, "values": {"reason": error.code}}


def sentence(fault: Mapping[str, Any]) -> str:
    """The sentence of a kept fault, in the active language."""
    values = fault.get("values", {})
    if fault["code"] == EMBEDDING:
        return str(EMBEDDING_SENTENCE) % {"reason": embedding_reason(values["reason"])}
    words = {name: gettext(value) if isinstance(value, str) else value for name, value in values.items()}
    return gettext(BY_CODE.get(fault["code"], DocumentError).sentence) % words


def embedding_reason(code: str) -> str:
    """Why a model failed, in the words of the ledger."""
    return str(Outcome(code).label if code in Outcome.values else Outcome.PROVIDER_ERROR.label)
