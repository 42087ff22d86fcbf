"""`python -m crm.tests.faults`: run all faults and print their table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

COLUMNS = {"accepted": "accepted", "once": "answered once", "twice": "twice", "lost": "lost", "waiting": "for a human"}


class Table:
    """A plugin that collects the lines of the table and prints it at the end."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.rows += [row for name, row in report.user_properties if name == "fault"]

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        terminalreporter.section("faults")
        terminalreporter.line(f"| fault | {' | '.join(COLUMNS.values())} |")
        terminalreporter.line(f"|---|{'---|' * len(COLUMNS)}")
        for row in self.rows:
            terminalreporter.line(f"| {row['fault']} | {' | '.join(str(row[name]) for name in COLUMNS)} |")


if __name__ == "__main__":
    sys.exit(pytest.main([str(Path(__file__).parent), "-q", *sys.argv[1:]], plugins=[Table()]))
