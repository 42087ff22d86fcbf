"""Search in an account's documents: the tool's side; who searches, and where, is handed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Protocol

from pydantic import Field

from agents.customer_message.state import Passage
from agents.tools.base import Source, Tool, ToolResult, tool

MOST = 5


class Retriever(Protocol):
    """Finds passages of one account's documents, best first."""

    def __call__(self, query: str, *, limit: int) -> Sequence[Passage]:
        """At most `limit` passages for `query`."""
        ...


def knowledge_search_tool(retrieve: Retriever) -> Tool:
    """The tool over one account's documents; `retrieve` knows the account, the model does not choose it."""

    @tool
    def knowledge_search(
        query: Annotated[str, Field(description="What to look for, in a few words.", min_length=2, max_length=300)],
    ) -> ToolResult:
        """Search the documents the client has given us. Use it before you ask for what they may already say."""
        passages = retrieve(query, limit=MOST)
        if not passages:
            return ToolResult(content="Nothing found in the client's documents.", trusted=True)
        return ToolResult(
            content="\n\n".join(f"[{item.document}, page {item.page}]\n{item.text}" for item in passages),
            sources=tuple(Source(title=item.document, page=item.page) for item in passages),
        )

    return knowledge_search
