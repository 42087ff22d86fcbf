"""A company's seven stages, played through once, to test what later stages make of earlier ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from stages.definitions.catalogue import CATALOGUE, definition
from stages.definitions.gate import judge
from stages.definitions.rehearsal import rehearse

TODAY = date(2026, 11, 22)
TOOLS = {"web_search", "knowledge_search", "calculator"}


@cache
def played(language="es"):
    """The stages answered with their examples."""
    return tuple(rehearse(CATALOGUE, language=language, today=TODAY))


def stage(number, language="es"):
    return played(language)[number - 1]


def deliverable(number, language="es"):
    return stage(number, language).deliverable


def context(number, language="es", **earlier):
    """What stage `number` knows; `earlier` replaces deliverables by slug."""
    known = stage(number, language).context
    return replace(known, earlier={**known.earlier, **earlier})


def redraft(number, known=None, **answers):
    """The deliverable with some answers changed."""
    whole = {**stage(number).answers, **answers}
    return definition(number).draft(whole, known or context(number))


def verdict(number, changed, known=None):
    return judge(definition(number), changed, known or context(number))


def faults(number, changed, known=None):
    """The fields that the gate finds fault with."""
    return {issue.field for issue in verdict(number, changed, known).issues}
