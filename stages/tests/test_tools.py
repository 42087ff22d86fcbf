"""The tools of a stage: documents are searched where a definition says so and there are any."""

from __future__ import annotations

import pytest

from agents.messages import CallContext, Deadline
from agents.tests.knowledge_factories import ingest
from stages.definitions.catalogue import CATALOGUE, definition
from stages.services.tools import KNOWN, tools_of
from stages.tests.factories import make_account

pytestmark = pytest.mark.django_db


def names(number, account):
    return {tool.spec.name for tool in tools_of(definition(number), account)}


def search(number, account, query):
    tool = next(tool for tool in tools_of(definition(number), account) if tool.spec.name == "knowledge_search")
    return tool.call({"query": query}, deadline=Deadline.after(5), context=CallContext(account_id=account.pk))


def test_definitions_name_tools_that_there_are():
    assert {name for stage in CATALOGUE for name in stage.tools} <= KNOWN


def test_without_documents_no_stage_searches_them():
    account = make_account()
    assert names(1, account) == set()
    assert names(7, account) == {"web_search", "calculator"}


def test_stages_that_read_documents_search_them():
    account = make_account()
    ingest("brief.txt", "We sell maintenance software to factories.", account_id=account.pk)
    searching = {stage.number for stage in CATALOGUE if "knowledge_search" in names(stage.number, account)}
    assert searching == {1, 3, 5, 6, 7}


def test_a_stage_finds_its_accounts_and_the_shared_documents_with_their_pages():
    account = make_account()
    ingest("own.txt", "Our ideal customer is a factory with fifty machines.", account_id=account.pk)
    ingest("shared.txt", "An ideal customer has a pain, a budget and a date.", stages=(1,))
    ingest("later.txt", "The ideal customer of stage three.", stages=(3,))
    ingest("theirs.txt", "The ideal customer of somebody else.", account_id=make_account().pk)
    result = search(1, account, "ideal customer")
    assert {(source.title, source.page) for source in result.sources} == {("own.txt", 1), ("shared.txt", 1)}
    assert "fifty machines" in result.content
    assert not result.trusted
