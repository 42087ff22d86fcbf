"""The tools that a stage's definition names."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import Account
from agents.customer_message.state import Passage
from agents.knowledge.presence import has_documents
from agents.knowledge.retrieval import Scope, search
from agents.tools.base import Tool
from agents.tools.calculator import calculator
from agents.tools.knowledge_search import Retriever, knowledge_search_tool
from agents.tools.web_search import web_search
from stages.definitions.base import StageDefinition

# What definitions may name.
KNOWN = frozenset({"web_search", "knowledge_search", "calculator"})
TOOLS: dict[str, Tool] = {"web_search": web_search, "calculator": calculator}


def tools_of(definition: StageDefinition, account: Account) -> tuple[Tool, ...]:
    """The tools of a stage. Documents are searched where there are any: the account's own and the shared ones."""
    tools = TOOLS
    if definition.searches_knowledge and has_documents(account.pk):
        tools = TOOLS | {"knowledge_search": knowledge_search_tool(_retriever(definition, account))}
    return tuple(tools[name] for name in definition.tools if name in tools)


def _retriever(definition: StageDefinition, account: Account) -> Retriever:
    scope = Scope(account_id=account.pk, stage=definition.number)

    def retrieve(query: str, *, limit: int) -> Sequence[Passage]:
        return search(query, scope, limit=limit)

    return retrieve
