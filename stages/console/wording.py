"""What the codes of stages mean, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from agents.interview.state import Origin
from agents.interview.verdict import Category, Decision, Severity


@dataclass(frozen=True, kw_only=True, slots=True)
class OriginWords:
    """A provenance mark and what it says."""

    code: str
    mark: Promise
    meaning: Promise


ORIGINS: Mapping[str, OriginWords] = {
    entry.code: entry
    for entry in (
        OriginWords(code=Origin.CLIENT, mark=_("client"), meaning=_("The consultant said it for the client.")),
        OriginWords(code=Origin.WEB_SOURCE, mark=_("web"), meaning=_("A source on the web says it.")),
        OriginWords(code=Origin.EARLIER_STAGE, mark=_("earlier stage"), meaning=_("An earlier stage says it.")),
        OriginWords(
            code=Origin.ASSUMPTION, mark=_("assumption"), meaning=_("Nobody said it: it is assumed, and to be checked.")
        ),
        OriginWords(code=Origin.COMPUTED, mark=_("computed"), meaning=_("Worked out by rules from the rest.")),
    )
}
DECISIONS: Mapping[str, Promise] = {
    Decision.APPROVED: _("approved"),
    Decision.APPROVED_WITH_WARNINGS: _("approved with warnings"),
    Decision.REJECTED: _("rejected"),
}
SEVERITIES: Mapping[str, Promise] = {Severity.ERROR: _("error"), Severity.WARNING: _("warning")}
CATEGORIES: Mapping[str, Promise] = {
    Category.COMPLETENESS: _("completeness"),
    Category.COHERENCE: _("coherence"),
    Category.NUMBERS: _("numbers"),
    Category.SPECIFICITY: _("specificity"),
}
# Why a stage changed or a deliverable was replaced, as the services write it.
REASONS: Mapping[str, Promise] = {
    "reset": _("started again"),
    "reopened": _("the stage was reopened"),
    "completed again": _("the stage was completed again"),
}
_OTHER_STAGE = re.compile(r"stage (?P<number>\d+) was (?P<what>reopened|completed)")


def reason(text: str) -> str:
    """A reason in the reader's language; one nobody foresaw as it was written."""
    found = _OTHER_STAGE.fullmatch(text)
    if found is None:
        return str(REASONS.get(text, text))
    number = {"number": found["number"]}
    if found["what"] == "reopened":
        return gettext("stage %(number)s was reopened") % number
    return gettext("stage %(number)s was completed") % number


def reader_language() -> str:
    """The language of the page, where a text of ours is kept in both."""
    return "es" if (get_language() or "").startswith("es") else "en"
