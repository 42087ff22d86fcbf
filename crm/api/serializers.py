"""Bodies of the CRM's endpoints. Field names are a contract with systems that cannot be changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from agents.customer_message.state import Action, Sentiment
from booms.api.fields import MetadataField
from crm import selectors
from crm.models import Channel, Decision, Reply, Run, RunStatus, WebhookEvent

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
        return self.SENTENCES[run.status]


def reply_text(run: Run) -> str | None:
    try:
        return run.reply.text
    except Reply.DoesNotExist:
        return None


class DecisionResultSerializer(RunResultSerializer):
    """The same, as supervisors see it."""

    def get_status(self, run: Run) -> str:
        """The run's own status, `approving` included."""
        return run.status


class OpenCaseFields(serializers.Serializer):
    """What a supervisor needs to decide, the same in the queue and on the case."""

    client_id = serializers.CharField(source="conversation.client_id")
    account_id = serializers.UUIDField(source="conversation.channel.account_id", allow_null=True)
    channel = serializers.CharField(source="conversation.channel.kind")
    draft_reply = serializers.SerializerMethodField()
    claimed_by = serializers.SerializerMethodField()

    def get_draft_reply(self, run: Run) -> str | None:
        """The reply that an approval would send."""
        return run.draft or None

    def get_claimed_by(self, run: Run) -> str | None:
        """Who has the case open; null when nobody has."""
        return claim_holder(run)


class PendingCaseSerializer(OpenCaseFields, serializers.ModelSerializer):
    """A case in the queue."""

    run_id = serializers.UUIDField(source="pk")
    message = serializers.CharField(source="message_text")
    sentiment = serializers.CharField()
    supervisor_note = serializers.SerializerMethodField()
    timestamp = serializers.DateTimeField(source="message_sent_at")
    draft_digest = serializers.SerializerMethodField()

    class Meta:
        model = Run
        fields = (
            "run_id", "client_id", "message", "sentiment", "sla_breached", "proposed_action", "supervisor_note",
            "timestamp", "intent", "language", "rule", "account_id", "channel", "draft_reply", "draft_digest",
            "claimed_by", "sla_due_at", "created_at",
        )  # fmt: skip

    def get_supervisor_note(self, run: Run) -> str | None:
        """The briefing; null when it could not be made."""
        return run.supervisor_note or None

    def get_draft_digest(self, run: Run) -> str:
        """Send it back with the decision: it is refused when the draft has changed since."""
        return selectors.draft_digest(run, run.last_message)


def claim_holder(run: Run) -> str | None:
    held = run.claimed_by is not None and run.claimed_until > timezone.now()
    return str(run.claimed_by) if held else None


class PendingFilterSerializer(serializers.Serializer):
    """Filters of the queue."""

    account_id = serializers.UUIDField(required=False)
    channel = serializers.ChoiceField(choices=Channel.Kind.choices, required=False)
    sentiment = serializers.ChoiceField(choices=[s.value for s in Sentiment], required=False)
    sla_breached = serializers.BooleanField(required=False, allow_null=True, default=None)
    limit = serializers.IntegerField(min_value=1, max_value=1000, default=500)


class DecisionSerializer(serializers.Serializer):
    """A supervisor's decision."""

    run_id = serializers.UUIDField()
    approved = serializers.BooleanField()
    reason = serializers.CharField(max_length=4000, required=False, allow_blank=True, allow_null=True, default="")
    reply = serializers.CharField(
        max_length=Reply.MAX_CHARACTERS, required=False, allow_blank=True, allow_null=True, default=""
    )
    draft_digest = serializers.RegexField(
        r"^[0-9a-f]{64}$", required=False, allow_blank=True, allow_null=True, default=""
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs = {name: "" if value is None else value for name, value in attrs.items()}
        if not attrs["approved"] and not attrs["reason"].strip():
            raise serializers.ValidationError({"reason": "A rejection needs a reason."}, code="missing")
        return attrs


class ClaimSerializer(serializers.Serializer):
    """Who has a case, and until when."""

    run_id = serializers.UUIDField(source="pk")
    claimed_by = serializers.SerializerMethodField()
    claimed_until = serializers.DateTimeField(allow_null=True)

    def get_claimed_by(self, run: Run) -> str | None:
        """The supervisor's name; null after a release."""
        return claim_holder(run)


class EntrySerializer(serializers.Serializer):
    """Something said in the conversation."""

    author = serializers.ChoiceField(choices=["client", "agent", "supervisor"])
    text = serializers.CharField()
    at = serializers.DateTimeField()
    is_current = serializers.BooleanField()


class StepSerializer(serializers.Serializer):
    """One thing the pipeline did."""

    name = serializers.CharField()
    attempt = serializers.IntegerField()
    started_at = serializers.DateTimeField()
    duration_ms = serializers.IntegerField()
    outcome = serializers.CharField()
    provider = serializers.CharField()
    model = serializers.CharField()
    total_tokens = serializers.IntegerField()
    cost_usd = serializers.DecimalField(max_digits=12, decimal_places=6, allow_null=True)


class TransitionSerializer(serializers.Serializer):
    """A change of status."""

    from_status = serializers.CharField()
    to_status = serializers.CharField()
    actor = serializers.CharField(allow_null=True)
    reason = serializers.CharField()
    created_at = serializers.DateTimeField()


class DecisionRecordSerializer(serializers.ModelSerializer):
    """The decision on a case."""

    supervisor = serializers.CharField()

    class Meta:
        model = Decision
        fields = ("kind", "supervisor", "reason", "reply", "created_at")


class CaseSerializer(OpenCaseFields, DecisionResultSerializer):
    """The whole case."""

    draft_digest = serializers.SerializerMethodField()
    conversation = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField()
    transitions = serializers.SerializerMethodField()
    decision = serializers.SerializerMethodField()

    class Meta(DecisionResultSerializer.Meta):
        fields = (
            *DecisionResultSerializer.Meta.fields, "client_id", "account_id", "channel", "intent", "language", "rule",
            "analysis", "degraded", "sla_due_at", "created_at", "draft_reply", "draft_digest", "claimed_by",
            "conversation", "steps", "sources", "transitions", "decision",
        )  # fmt: skip

    def get_draft_digest(self, run: Run) -> str:
        """Send it back with the decision."""
        return self.context["case"].draft_digest

    def get_conversation(self, run: Run) -> EntrySerializer(many=True):
        """What was said, oldest first."""
        return EntrySerializer(self.context["case"].entries, many=True).data

    def get_steps(self, run: Run) -> StepSerializer(many=True):
        """What the pipeline did."""
        return StepSerializer(self.context["case"].steps, many=True).data

    def get_transitions(self, run: Run) -> TransitionSerializer(many=True):
        """How the status changed."""
        return TransitionSerializer(self.context["case"].transitions, many=True).data

    def get_decision(self, run: Run) -> DecisionRecordSerializer(allow_null=True):
        """What was decided; null while nothing is."""
        decision = self.context["case"].decision
        return DecisionRecordSerializer(decision).data if decision else None
