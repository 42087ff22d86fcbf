"""What each stage's deliverable looks like: a layout of its own by the stage's slug, a plain one for any other."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reportlab.platypus import Flowable

from exports.dossier import Deliverable
from exports.pdf.chapters import calendar, channels, journey, media_plan, offer, persona, pillars
from exports.pdf.chapters.chapter import Chapter
from exports.pdf.chapters.plain import plain
from exports.pdf.look import Look

LAYOUTS: Mapping[str, Callable[[Chapter], list[Flowable]]] = {
    "buyer_persona": persona.layout,
    "buyers_journey": journey.layout,
    "offer": offer.layout,
    "channels": channels.layout,
    "content_pillars": pillars.layout,
    "editorial_calendar": calendar.layout,
    "media_plan": media_plan.layout,
}


def body_of(look: Look, deliverable: Deliverable) -> list[Flowable]:
    """A chapter's parts after its opening."""
    chapter = Chapter(look, deliverable)
    return LAYOUTS.get(deliverable.definition.slug, plain)(chapter)
