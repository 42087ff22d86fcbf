"""The tools that a stage's definition names."""

from __future__ import annotations

from accounts.models import Account
from agents.tools.base import Tool
from agents.tools.calculator import calculator
from agents.tools.web_search import web_search
from stages.definitions.base import StageDefinition

# What definitions may name; the documents of an account are searched once it has any.
KNOWN = frozenset({"web_search", "knowledge_search", "calculator"})
TOOLS: dict[str, Tool] = {"web_search": web_search, "calculator": calculator}


def tools_of(definition: StageDefinition, account: Account) -> tuple[Tool, ...]:
    """The tools of a stage; those that are not available here are left out."""
    return tuple(TOOLS[name] for name in definition.tools if name in TOOLS)
