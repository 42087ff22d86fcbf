"""Where each part of a deliverable comes from: the client, the web, an earlier stage, an assumption, or computation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import Any

from agents.interview.parsing.words import fold
from agents.interview.research import cited_in
from agents.interview.state import InterviewContext, InterviewState, Origin
from stages.definitions.base import StageDefinition
from stages.definitions.texts import split_cell


def trace(
    definition: StageDefinition,
    deliverable: Mapping[str, Any],
    state: InterviewState,
    context: InterviewContext,
    *,
    sources: Sequence[str] = (),
    by_model: bool = False,
) -> dict[str, list[str]]:
    """Origins by path, list positions written `*`; a part with several has several.

    What the definition does not trace is told by its text: as the client put it, as an earlier stage has it, or with a
    web source that was consulted. The rest was composed by rules, or by a model: then it is an assumption.
    """
    said = _known(state.answers, state.origins)
    before = {
        fold(part)
        for _, leaf in _walk(dict(context.earlier))
        if isinstance(leaf, str)
        for part in (leaf, *split_cell(leaf))
    }
    origins: dict[str, set[str]] = defaultdict(set)
    for path, leaf, row in _leaves(deliverable):
        if leaf in (None, "", []):
            continue
        if path in definition.unsourced and _is_assumed(path, row, definition.unsourced):
            origins[path].add(Origin.ASSUMPTION)
        elif path in definition.unsourced and cited_in(str(row.get("source", "")), sources):
            origins[path].add(Origin.WEB_SOURCE)
        else:
            origins[path] |= _origins(path, leaf, definition, state, said, before, sources, by_model)
    return {path: sorted(found) for path, found in origins.items()}


def _is_assumed(path: str, row: Mapping[str, Any], unsourced: Sequence[str]) -> bool:
    """Whether a figure of a row has no source; what names the row's source has none if no figure has one."""
    figure = path.rpartition(".")[2]
    others = {other.rpartition(".")[2] for other in unsourced} - {figure}
    assumed = row.get("assumed")
    if assumed is None:
        return row.get("assumption") is True
    return figure in assumed or others <= set(assumed)


def _origins(
    path: str,
    leaf: Any,
    definition: StageDefinition,
    state: InterviewState,
    said: Mapping[str, Origin],
    before: set[str],
    sources: Sequence[str],
    by_model: bool,
) -> set[Origin]:
    if isinstance(leaf, str) and any(source and source in leaf for source in sources):
        return {Origin.WEB_SOURCE}
    traced = next((where for pattern, where in definition.traces.items() if fnmatchcase(path, pattern)), None)
    if traced is not None and traced in set(Origin):
        return {Origin(traced)}
    parts = [_canonical(part) for part in ([leaf, *split_cell(leaf)] if isinstance(leaf, str) else [leaf])]
    for whole in (parts[:1], parts[1:]):
        if whole and all(part in said for part in whole):
            return {said[part] for part in whole}
    if traced is not None and not by_model:
        return {state.origins.get(traced, Origin.CLIENT)}
    if parts[0] in before or (parts[1:] and all(part in before for part in parts[1:])):
        return {Origin.EARLIER_STAGE}
    return {Origin.ASSUMPTION if by_model else Origin.COMPUTED}


def _known(answers: Mapping[str, Any], origins: Mapping[str, Origin]) -> dict[str, Origin]:
    known: dict[str, Origin] = {}
    for key, value in answers.items():
        for _, leaf, row in _leaves(value):
            origin = origins.get(key, Origin.CLIENT)
            if origin == Origin.WEB_SOURCE and not (row.get("sources") or row.get("source")):
                origin = Origin.ASSUMPTION
            known.setdefault(_canonical(leaf), origin)
    known.pop("", None)
    return known


def _canonical(leaf: Any) -> str:
    try:
        return f"{Decimal(str(leaf)).normalize():f}"
    except (InvalidOperation, ValueError):
        return fold(str(leaf))


def _walk(value: Any) -> Iterator[tuple[str, Any]]:
    return ((path, leaf) for path, leaf, _ in _leaves(value))


def _leaves(
    value: Any, path: str = "", row: Mapping[str, Any] = MappingProxyType({})
) -> Iterator[tuple[str, Any, Mapping[str, Any]]]:
    """Every value with its path and the part that it stands in."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _leaves(part, f"{path}.{key}" if path else str(key), value)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _leaves(part, f"{path}.*" if path else "*", row)
    else:
        yield path, value, row
