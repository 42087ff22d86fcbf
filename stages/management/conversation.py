"""A person's conversation with the agents of an account, line by line."""

from __future__ import annotations

from contextlib import suppress

from django.utils.translation import gettext as _
from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from accounts.models import Account
from agents.interview.progress import next_question
from agents.interview.state import Question, QuestionKind
from booms.core.errors import DomainError
from stages.definitions.base import StageDefinition
from stages.definitions.catalogue import CATALOGUE, definition
from stages.management.terminal import show_answers, show_deliverable
from stages.models import Stage, StageMessage, StageStatus
from stages.services import chat, stage_start
from stages.services.interviewing import state_of

# With it `input` edits lines, and takes a text of several lines that is pasted as one.
with suppress(ImportError):
    import readline  # noqa: F401

GRIDS = frozenset((QuestionKind.GRADES, QuestionKind.TABLE))
OPEN = frozenset((StageStatus.UNLOCKED, StageStatus.IN_PROGRESS))


class Left(Exception):
    """The person wants to leave."""


class Conversation:
    """Goes through the open stages of an account until all are complete or the person leaves."""

    def __init__(self, account: Account, console: Console) -> None:
        self.account = account
        self.console = console
        self.commands = {
            "/progress": self.show_progress,
            "/answers": self.show_answers,
            "/help": self.show_help,
            "/quit": self.leave,
        }

    def run(self) -> None:
        """Until the end, or until Ctrl-C or Ctrl-D; whatever was sent is kept."""
        try:
            while (stage := self._open_stage()) is not None:
                self._take(stage)
        except (Left, EOFError, KeyboardInterrupt):
            self.console.print()
            self._tell(_("Everything you sent is kept. To go on: manage.py onboard %(id)s") % {"id": self.account.pk})
            return
        self._tell(_("All stages are complete."))

    def show_progress(self) -> None:
        for stage in self.account.stages.order_by("number"):
            title = definition(stage.number).title.of(self.account.language)
            self._tell(f"{stage.number} · {title}: {stage.get_status_display()}, {stage.progress} %")

    def show_answers(self) -> None:
        stage = self._open_stage()
        if stage is not None:
            show_answers(self.console, definition(stage.number), state_of(stage), self.account.language)

    def show_help(self) -> None:
        self._tell(_("/progress shows the stages, /answers what you have answered, /quit leaves."))
        self._tell(_("Where the answer is a table, write one row a line and end with an empty line."))

    def leave(self) -> None:
        raise Left

    def _open_stage(self) -> Stage | None:
        stages = Stage.objects.select_related("account__user").filter(account=self.account, status__in=OPEN)
        return stages.order_by("number").first()

    def _take(self, stage: Stage) -> None:
        """One stage, from where it stands to its deliverable."""
        described = definition(stage.number)
        stage = stage_start(user=self.account.user, stage_id=stage.pk)
        self.console.print(Rule(Text(f"{stage.number}/{len(CATALOGUE)} {described.title.of(self.account.language)}")))
        self.show_help()
        last = stage.messages.order_by("-position").first()
        unanswered = last.content if last and last.role == StageMessage.Role.USER else ""
        if unanswered:
            self._tell(_("Your last message has not been answered yet; it is sent again."))
        elif last:
            self._say(described, last.content)
        while stage.status != StageStatus.COMPLETED:
            text = unanswered or self._hear(next_question(described, state_of(stage)))
            unanswered = ""
            self._answer(stage, described, text)
            stage = Stage.objects.select_related("account__user").get(pk=stage.pk)
        version = stage.versions.get(replaced_at__isnull=True)
        show_deliverable(self.console, described, version.output, version.language)

    def _answer(self, stage: Stage, described: StageDefinition, text: str) -> None:
        try:
            with self.console.status(""):
                answer = chat(
                    user=self.account.user,
                    account_id=self.account.pk,
                    stage_id=stage.pk,
                    stage_number=stage.number,
                    user_message=text,
                )
        except DomainError as error:
            self._tell(str(error))
        else:
            self._say(described, answer.body["agent_message"])

    def _hear(self, question: Question | None) -> str:
        """The next message: a line, or the rows of a table up to an empty line; commands are carried out."""
        many = question is not None and question.kind in GRIDS
        lines: list[str] = []
        while True:
            line = input("… " if lines else "> ").strip()
            command = self.commands.get(line.lower()) if not lines else None
            if command is not None:
                command()
            elif line.startswith("/") and not lines:
                self.show_help()
            elif not line and lines:
                return "\n".join(lines)
            elif line:
                lines.append(line)
                if not many or "|" not in line:
                    return "\n".join(lines)

    def _say(self, described: StageDefinition, message: str) -> None:
        self.console.print(Text(described.agent_name, style="bold"))
        self.console.print(Padding(Text(message), (0, 0, 1, 2)))

    def _tell(self, text: str) -> None:
        self.console.print(Text(text, style="dim"))
