"""The demo: a consultant takes an account through all seven stages, from a script or played by a second model."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from accounts.models import Account
from accounts.services import demo_account_ensure
from agents.interview.progress import next_question
from agents.interview.state import Bilingual, Question
from agents.messages import CallContext, Deadline, Message, ModelRequest, Role
from agents.prompting import delimit, load
from agents.providers.registry import complete
from booms.core.errors import DomainError
from stages.definitions.base import StageDefinition
from stages.definitions.catalogue import CATALOGUE
from stages.models import Stage, StageMessage, StageStatus
from stages.services.chat import chat
from stages.services.interviewing import state_of
from stages.services.lifecycle import stage_start

FOLDER = Path(__file__).resolve().parent.parent / "demo"
ANSWER_SECONDS, ANSWER_TOKENS = 45.0, 800
# How often a question is answered before the demo gives up, and from which time on a model's part is read out instead.
MOST_ATTEMPTS, PATIENCE = 4, 2
NOTHING_MORE = Bilingual("Listo", "Done")


class DemoStuck(DomainError):
    """The interview does not take an answer of the demo."""

    code = "demo_stuck"


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """A client company and what its consultant answers, by stage and question."""

    slug: str
    client: str
    website: str
    currency: str
    about: Bilingual
    answers: Mapping[str, Mapping[str, Bilingual]]

    @classmethod
    def load(cls, slug: str) -> Profile:
        """The profile in `demo/<slug>.json`. A table's answer may be written there as a list of its lines."""
        data = json.loads((FOLDER / f"{slug}.json").read_text(encoding="utf-8"))
        answers = {
            stage: {key: _bilingual(text) for key, text in texts.items()} for stage, texts in data["answers"].items()
        }
        return cls(slug=slug, **{**data, "about": Bilingual(**data["about"]), "answers": answers})


def profile_slugs() -> list[str]:
    """The profiles there are."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def _bilingual(texts: Mapping[str, Any]) -> Bilingual:
    return Bilingual(
        **{language: "\n".join(text) if isinstance(text, list) else text for language, text in texts.items()}
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What the consultant is asked, for which time, and in which words. `question` is None once all are answered."""

    account: Account
    stage: Stage
    definition: StageDefinition
    question: Question | None
    message: str
    attempt: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """Something that happened in a stage: an answer given, or the stage found or made complete."""

    stage: Stage
    definition: StageDefinition
    question: Question | None = None
    said: str = ""

    @property
    def is_complete(self) -> bool:
        return self.stage.status == StageStatus.COMPLETED


Speaker: TypeAlias = Callable[[Asked], str]
Watcher: TypeAlias = Callable[[Step], None]


def read_out(profile: Profile) -> Speaker:
    """A consultant who says what the profile says."""

    def speak(asked: Asked) -> str:
        language = asked.account.language
        if asked.question is None:
            return NOTHING_MORE.of(language)
        texts = profile.answers.get(asked.definition.slug, {})
        return texts.get(asked.question.key, asked.question.example).of(language)

    return speak


def played_by(model_id: str, profile: Profile) -> Speaker:
    """A consultant played by a model that knows the profile; what it cannot make understood is read out."""
    script = read_out(profile)

    def speak(asked: Asked) -> str:
        line = script(asked)
        if asked.question is None or asked.attempt > PATIENCE:
            return line
        return _spoken_by(model_id, asked, line).strip() or line

    return speak


def _spoken_by(model_id: str, asked: Asked, line: str) -> str:
    language = asked.account.language
    facts = f"{asked.question.name.of(language)}: {line}" if asked.question else line
    request = ModelRequest(
        purpose="demo.consultant",
        prompt=load(
            "demo_consultant", client=asked.account.client_name, language="Spanish" if language == "es" else "English"
        ),
        messages=(
            Message(
                role=Role.USER,
                content="\n\n".join((delimit("facts", facts), delimit("interviewer", asked.message))),
            ),
        ),
        max_tokens=ANSWER_TOKENS,
    )
    completion = complete(
        request,
        model_id=model_id,
        deadline=Deadline.after(ANSWER_SECONDS),
        context=CallContext(account_id=asked.account.pk, subject_kind="stage", subject_id=asked.stage.pk),
        allow_offline=False,
        allow_fallback=False,
    )
    return completion.response.text


def profile_play(*, profile: Profile, language: str, speaker: Speaker, watcher: Watcher) -> Account:
    """Take the profile's account through every stage; one that is complete stays as it is.

    Raises `DemoStuck`, `AgentError` when the model that plays does not answer, and what the chat raises.
    """
    account = demo_account_ensure(
        client_name=profile.client, website=profile.website, language=language, currency=profile.currency
    )
    for definition in CATALOGUE:
        _stage_play(account, definition, speaker, watcher)
    return account


def _stage_play(account: Account, definition: StageDefinition, speaker: Speaker, watcher: Watcher) -> None:
    stage = _stage(account, definition)
    if stage.status != StageStatus.COMPLETED:
        stage = stage_start(user=account.user, stage_id=stage.pk)
    message = _last_words(stage)
    attempts: Counter[str] = Counter()
    while stage.status != StageStatus.COMPLETED:
        question = next_question(definition, state_of(stage))
        key = question.key if question else ""
        attempts[key] += 1
        if attempts[key] > MOST_ATTEMPTS:
            raise DemoStuck(f"Stage {definition.number} does not take the answer to {key or 'its end'}: {message}")
        asked = Asked(
            account=account,
            stage=stage,
            definition=definition,
            question=question,
            message=message,
            attempt=attempts[key],
        )
        said = speaker(asked)
        message = _say(stage, said)
        stage = _stage(account, definition)
        if stage.status != StageStatus.COMPLETED:
            watcher(Step(stage=stage, definition=definition, question=question, said=said))
    watcher(Step(stage=stage, definition=definition))


def _stage(account: Account, definition: StageDefinition) -> Stage:
    return Stage.objects.select_related("account__user").get(account=account, number=definition.number)


def _last_words(stage: Stage) -> str:
    last = stage.messages.filter(role=StageMessage.Role.ASSISTANT).order_by("-position").first()
    return last.content if last else ""


def _say(stage: Stage, text: str) -> str:
    answer = chat(
        user=stage.account.user,
        account_id=stage.account_id,
        stage_id=stage.pk,
        stage_number=stage.number,
        user_message=text,
    )
    return str(answer.body["agent_message"])
