from agents.customer_message.state import Passage
from agents.messages import CallContext, Deadline
from agents.tools.base import Source
from agents.tools.knowledge_search import knowledge_search_tool

HERE = {"deadline": Deadline.after(5), "context": CallContext()}


def test_passages_come_with_document_and_page():
    asked = []

    def retrieve(query, *, limit):
        asked.append((query, limit))
        return [Passage(document="Menu.pdf", page=3, text="Tacos 4 USD")]

    result = knowledge_search_tool(retrieve).call({"query": "price of tacos"}, **HERE)
    assert result.content == "[Menu.pdf, page 3]\nTacos 4 USD"
    assert result.sources == (Source(title="Menu.pdf", page=3),)
    assert not result.trusted
    assert asked == [("price of tacos", 5)]


def test_nothing_found_is_said():
    result = knowledge_search_tool(lambda query, *, limit: ()).call({"query": "dragons"}, **HERE)
    assert result.content.startswith("Nothing found")
