"""Reads the rule files: data lives in `rules/*.json`, loaded once, when first needed."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

RULES = Path(__file__).parent / "rules"


@cache
def load(name: str) -> Any:
    """The content of `rules/<name>.json`."""
    return json.loads((RULES / f"{name}.json").read_text(encoding="utf-8"))
