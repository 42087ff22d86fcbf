"""A question's words in the other language, so that they also find passages nobody has translated."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path


def translations(words: Sequence[str], language: str | None) -> list[str]:
    """For each folded word the words that mean much the same in the other language; empty where none is known."""
    known = _lexicon().get(language or "", {})
    return [known.get(word, "") for word in words]


@cache
def _lexicon() -> dict[str, dict[str, str]]:
    return json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
