"""Bodies of the onboarding endpoints."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from agents.interview.answers import example_for
from agents.interview.progress import applies, is_open
from stages import selectors
from stages.models import DeliverableVersion, Stage, StageMessage
from stages.services.answers import current_state
from stages.services.interviewing import context_of, definition_of, state_of


class StageRowSerializer(serializers.ModelSerializer):
    """A stage in a list."""

    account_id = serializers.UUIDField()
    stage_number = serializers.IntegerField(source="number")
    slug = serializers.SerializerMethodField()
    title = serializers.SerializerMethodField()
    agent_name = serializers.SerializerMethodField()
    ai_model_used = serializers.SerializerMethodField()
    output = serializers.SerializerMethodField()

    class Meta:
        model = Stage
        fields = (
            "id", "account_id", "stage_number", "slug", "title", "agent_name", "status", "progress", "ai_model_used",
            "output", "started_at", "completed_at",
        )  # fmt: skip

    def get_slug(self, stage: Stage) -> str:
        """The stage's machine name."""
        return definition_of(stage).slug

    def get_title(self, stage: Stage) -> str:
        """In the account's language."""
        return definition_of(stage).title.of(stage.account.language)

    def get_agent_name(self, stage: Stage) -> str:
        """Whom the consultant talks with."""
        return definition_of(stage).agent_name

    def get_ai_model_used(self, stage: Stage) -> str | None:
        """The model of the last turn; null before the first."""
        return stage.ai_model_used or None

    def get_output(self, stage: Stage) -> dict[str, Any] | None:
        """The deliverable; null until the stage is completed."""
        return selectors.output_of(stage)


class QuestionSerializer(serializers.Serializer):
    """A question of a stage, in the account's language."""

    key = serializers.CharField()
    phase = serializers.CharField()
    kind = serializers.CharField()
    text = serializers.CharField()
    example = serializers.CharField()
    required = serializers.BooleanField()
    answered = serializers.BooleanField()


class ConversationStateSerializer(serializers.Serializer):
    """Where a conversation stands."""

    revision = serializers.IntegerField()
    phase = serializers.CharField()
    current_question = serializers.CharField(allow_null=True)
    answers = serializers.DictField()


class StageDetailSerializer(StageRowSerializer):
    """A stage with its questions and where its conversation stands."""

    conversation_state = serializers.SerializerMethodField()
    questions = serializers.SerializerMethodField()
    current_question = serializers.SerializerMethodField()
    validation = serializers.SerializerMethodField()

    class Meta(StageRowSerializer.Meta):
        fields = (*StageRowSerializer.Meta.fields, "conversation_state", "questions", "current_question", "validation")

    def get_conversation_state(self, stage: Stage) -> ConversationStateSerializer:
        """What was understood so far."""
        return current_state(stage)

    def get_questions(self, stage: Stage) -> QuestionSerializer(many=True):
        """The questions that count, each with an example that can be given as its answer."""
        definition, context, state = definition_of(stage), context_of(stage), state_of(stage)
        language = context.language
        return [
            {
                "key": question.key,
                "phase": question.phase,
                "kind": question.kind,
                "text": question.text.of(language),
                "example": example_for(question, answers=state.answers, context=context, language=language),
                "required": question.required,
                "answered": not is_open(question, state),
            }
            for question in definition.questions
            if applies(question, state.answers)
        ]

    def get_current_question(self, stage: Stage) -> str | None:
        """The key the agent waits for; null when everything is answered."""
        return state_of(stage).current_question

    def get_validation(self, stage: Stage) -> dict[str, Any] | None:
        """The latest verdict of the gate."""
        return stage.latest_verdict


class ResetAnswerSerializer(StageRowSerializer):
    """A stage after a reset, and what the reset invalidated."""

    invalidated_stages = serializers.SerializerMethodField()

    class Meta(StageRowSerializer.Meta):
        fields = (*StageRowSerializer.Meta.fields, "invalidated_stages")

    def get_invalidated_stages(self, stage: Stage) -> list[int]:
        """Numbers of later stages that had been worked on."""
        return self.context["invalidated_stages"]


class ResetSerializer(serializers.Serializer):
    """How to start over."""

    keep_answers = serializers.BooleanField(default=True)


class CompleteSerializer(serializers.Serializer):
    """A deliverable made elsewhere."""

    output = serializers.DictField()


class MessageSerializer(serializers.ModelSerializer):
    """A message of a stage's conversation."""

    class Meta:
        model = StageMessage
        fields = ("id", "role", "content", "metadata", "round", "created_at")


class VersionSerializer(serializers.ModelSerializer):
    """An earlier deliverable."""

    version = serializers.IntegerField(source="number")

    class Meta:
        model = DeliverableVersion
        fields = (
            "id", "version", "output", "provenance", "language", "maker", "ai_model", "created_at", "replaced_at",
            "replaced_because",
        )  # fmt: skip


class GivenStateSerializer(serializers.Serializer):
    """What a client holds of the state; only the revision is read."""

    revision = serializers.IntegerField(required=False, allow_null=True, min_value=0)


class ChatRequestSerializer(serializers.Serializer):
    """A consultant's message."""

    account_id = serializers.UUIDField()
    stage_id = serializers.UUIDField()
    stage_number = serializers.IntegerField(min_value=1, max_value=7)
    user_message = serializers.CharField(max_length=8000)
    conversation_state = GivenStateSerializer(required=False, allow_null=True)


class UsageSerializer(serializers.Serializer):
    """Tokens of a turn."""

    prompt_tokens = serializers.IntegerField()
    completion_tokens = serializers.IntegerField()
    total_tokens = serializers.IntegerField()


class ChatMetadataSerializer(serializers.Serializer):
    """How an answer came about."""

    model_used = serializers.CharField()
    provider = serializers.CharField()
    usage = UsageSerializer()
    cost_usd = serializers.CharField(allow_null=True)
    tools_used = serializers.ListField(child=serializers.DictField())
    sources = serializers.ListField(child=serializers.DictField())
    validation = serializers.DictField(allow_null=True)
    fallback = serializers.BooleanField()


class ChatAnswerSerializer(serializers.Serializer):
    """The agent's answer."""

    agent_message = serializers.CharField()
    updated_state = ConversationStateSerializer()
    progress = serializers.IntegerField(min_value=0, max_value=100)
    is_complete = serializers.BooleanField()
    output = serializers.DictField(allow_null=True)
    metadata = ChatMetadataSerializer()
