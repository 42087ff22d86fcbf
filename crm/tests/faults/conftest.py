"""One stage for all faults, empty before each; each fault's tally becomes a line of the table."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from crm.tests.faults.stage import Message, row_of, stage

numbers = count(34600000000)


@pytest.fixture(scope="session")
def _stage(tmp_path_factory):
    # A short path: a socket's may have a hundred characters.
    with stage(tmp_path_factory.mktemp("f")) as opened:
        yield opened


@pytest.fixture
def scene(_stage):
    """The stage, empty."""
    _stage.clear()
    return _stage


@pytest.fixture
def note(request, scene):
    """Count what became of the messages, and have it in the table; lost and twice are nought whatever happens."""

    def tally_of(title, messages):
        tally = scene.tally(messages)
        request.node.user_properties.append(("fault", row_of(title, tally)))
        assert (tally.lost, tally.twice) == (0, 0)
        return tally

    return tally_of


@pytest.fixture
def all_at_once():
    """Call a function for each of the things in a thread of its own; the results in their order."""
    with ThreadPoolExecutor(32) as pool:
        yield lambda function, things: list(pool.map(function, things))


def customers(number, text="What are your opening hours?"):
    """A message of each of so many customers nobody has heard of before."""
    return [Message(client=str(next(numbers)), text=f"{text} ({index})") for index in range(number)]
