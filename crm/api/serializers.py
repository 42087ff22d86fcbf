"""Bodies of the CRM's endpoints. Field names are a contract with systems that cannot be changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from agents.customer_message.state import Action
from booms.api.fields import MetadataField
from crm.models import Reply, Run, RunStatus, WebhookEvent

FUTURE_TOLERANCE = timedelta(minutes=5)
METADATA_BYTES = 8 * 1024


class InboundMessageSerializer(serializers.Serializer):
    """A customer's message as a bot or a CRM sends it."""

    client_id = serializers.CharField(max_length=255)
    message = serializers.CharField(max_length=10_000)
    timestamp = serializers.DateTimeField(help_text="When the customer wrote; at most five minutes ahead.")
    message_id = serializers.CharField(max_length=255, required=False, allow_blank=True, allow_null=True, default="")
    metadata = MetadataField(max_bytes=METADATA_BYTES, required=False, allow_null=True)

    def validate_timestamp(self, value: Any) -> Any:
        if value > timezone.now() + FUTURE_TOLERANCE:
            raise serializers.ValidationError("The time lies in the future.", code="future")
        return value


class WebhookEventSerializer(serializers.ModelSerializer):
    """What became of a vendor's request."""

    event_id = serializers.UUIDField(source="pk")
    verdict = serializers.ChoiceField(choices=WebhookEvent.Verdict.values)

    class Meta:
        model = WebhookEvent
        fields = ("event_id", "verdict")


class TwilioFormSerializer(serializers.Serializer):
    """What is read of Twilio's form; there is more in it, and all of it is kept."""

    MessageSid = serializers.CharField()
    From = serializers.CharField(required=False, help_text="`+34600111222` or `whatsapp:+34600111222`")
    To = serializers.CharField(required=False)
    Body = serializers.CharField(required=False, allow_blank=True)
    NumMedia = serializers.IntegerField(required=False)
    MessageStatus = serializers.CharField(required=False, help_text="In status callbacks: `delivered`, `failed` …")
    ErrorCode = serializers.CharField(required=False)


class RunResultSerializer(serializers.ModelSerializer):
    """What became of a message, as webhook clients see it."""

    run_id = serializers.UUIDField(source="pk")
    status = serializers.SerializerMethodField()
    sentiment = serializers.SerializerMethodField()
    sla_breached = serializers.BooleanField(allow_null=True)
    proposed_action = serializers.SerializerMethodField()
    supervisor_note = serializers.SerializerMethodField()
    execution_result = serializers.SerializerMethodField()
    message = serializers.SerializerMethodField()

    class Meta:
        model = Run
        fields = (
            "run_id", "status", "sentiment", "sla_breached", "proposed_action", "supervisor_note",
            "execution_result", "message",
        )  # fmt: skip

    SENTENCES = {
        RunStatus.RECEIVED: "The message has been received and is being worked on.",
        RunStatus.PENDING_APPROVAL: "The message waits for a supervisor's decision.",
        RunStatus.APPROVING: "The message waits for a supervisor's decision.",
        RunStatus.APPROVED_AND_EXECUTED: "A supervisor approved the reply.",
        RunStatus.REJECTED: "A supervisor rejected the reply; nothing was sent.",
        RunStatus.DISMISSED: "A supervisor decided that no reply is needed.",
        RunStatus.TAKEN_OVER: "A supervisor has taken the conversation over.",
        RunStatus.SUPERSEDED: "A newer message made this one moot.",
    }
    PROCESSED = {
        Action.PROCESS_REFUND: "The refund request was acknowledged automatically.",
        Action.SEND_STANDARD_RESPONSE: "The message was answered automatically.",
    }

    def get_status(self, run: Run) -> str:
        """How far it has got; `approving` is shown as `pending_approval`."""
        return RunStatus.PENDING_APPROVAL if run.status == RunStatus.APPROVING else run.status

    def get_sentiment(self, run: Run) -> str | None:
        """positive, neutral or negative; null until known."""
        return run.sentiment or None

    def get_proposed_action(self, run: Run) -> str | None:
        """send_standard_response, process_refund or escalate_to_human; null until known."""
        return run.proposed_action or None

    def get_supervisor_note(self, run: Run) -> str | None:
        """The briefing of a case."""
        return run.supervisor_note or None

    def get_execution_result(self, run: Run) -> str | None:
        """The text for the client; null while there is none."""
        return reply_text(run)

    def get_message(self, run: Run) -> str:
        """What happened, in one sentence."""
        if run.status == RunStatus.PROCESSED:
            return self.PROCESSED.get(run.proposed_action, self.PROCESSED[Action.SEND_STANDARD_RESPONSE])
        if run.superseded_by_id:
            return f"A newer message made this one moot; run {run.superseded_by_id} answers both."
        return self.SENTENCES[run.status]


def reply_text(run: Run) -> str | None:
    try:
        return run.reply.text
    except Reply.DoesNotExist:
        return None
