"""What a model may word but not change: figures, names and choices that the consultant stated."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from agents.interview.parsing.words import fold

EACH = "*"


def restore(facts: Iterable[str], proposed: Mapping[str, Any], worksheet: Mapping[str, Any]) -> dict[str, Any]:
    """The proposed deliverable with its facts as the worksheet has them.

    A fact is a dotted path (`totals`, `offer.price`). Of a path through rows (`channels.*.effort`) the rows are the
    worksheet's too, matched by their first field: what a model adds is left out, what it drops comes back.
    """
    restored = copy.deepcopy(dict(proposed))
    for path in facts:
        _put(restored, worksheet, path.split("."))
    return restored


def _put(target: dict[str, Any], source: Mapping[str, Any], keys: Sequence[str]) -> None:
    head, *rest = keys
    if not rest:
        target[head] = copy.deepcopy(source[head])
    elif rest[0] == EACH:
        target[head] = [_row(row, target.get(head) or [], rest[1]) for row in source[head]]
    else:
        _put(target[head], source[head], rest)


def _row(row: Mapping[str, Any], proposed: Sequence[Mapping[str, Any]], key: str) -> dict[str, Any]:
    name = fold(str(next(iter(row.values()))))
    worded = next((other for other in proposed if fold(str(next(iter(other.values()), ""))) == name), row)
    return {**worded, key: row[key]}
