"""Bodies of the supervisors' endpoints: the queue, a case, a decision, what became of the reply."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from agents.customer_message.state import Sentiment
from crm import selectors
from crm.api.serializers import RunResultSerializer
from crm.models import Channel, Decision, Delivery, Reply, Run


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
    delivery = serializers.CharField(help_text="Of a reply: how far it has got. `failed` did not reach the customer.")


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


class AttemptSerializer(serializers.ModelSerializer):
    """One attempt to send the reply. `outcome` `unknown`: it may have arrived."""

    started_at = serializers.DateTimeField(source="created_at")
    status_code = serializers.IntegerField(allow_null=True, help_text="Of the vendor's answer, if it gave one.")

    class Meta:
        model = Delivery
        fields = ("number", "outcome", "status_code", "reason", "started_at", "finished_at")


class DeliverySerializer(serializers.ModelSerializer):
    """How far the reply has got."""

    status = serializers.CharField(help_text="returned, queued, sent, delivered, read or failed")
    at = serializers.DateTimeField(source="status_at", allow_null=True, help_text="Since when.")
    failure = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()
    attempts = serializers.SerializerMethodField()

    class Meta:
        model = Reply
        fields = ("status", "at", "failure", "reason", "attempts")

    def get_failure(self, reply: Reply) -> str | None:
        """Why it failed, in one machine word; null unless it did."""
        return reply.failure or None

    def get_reason(self, reply: Reply) -> str | None:
        """Why it failed, in a sentence or the vendor's words."""
        return reply.failure_reason or None

    def get_attempts(self, reply: Reply) -> AttemptSerializer(many=True):
        """Attempts to send it, oldest first; none where the client reads it itself."""
        return AttemptSerializer(self.context["case"].deliveries, many=True).data


class ReplyWindowSerializer(serializers.Serializer):
    """How long the customer may be written to."""

    closes_at = serializers.DateTimeField()
    is_open = serializers.BooleanField()


class CaseSerializer(OpenCaseFields, DecisionResultSerializer):
    """The whole case."""

    draft_digest = serializers.SerializerMethodField()
    conversation = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField()
    transitions = serializers.SerializerMethodField()
    decision = serializers.SerializerMethodField()
    delivery = serializers.SerializerMethodField()
    reply_window = serializers.SerializerMethodField()
    superseded_by = serializers.UUIDField(source="superseded_by_id", allow_null=True)

    class Meta(DecisionResultSerializer.Meta):
        fields = (
            *DecisionResultSerializer.Meta.fields, "client_id", "account_id", "channel", "intent", "language", "rule",
            "analysis", "degraded", "sla_due_at", "created_at", "draft_reply", "draft_digest", "claimed_by",
            "conversation", "steps", "sources", "transitions", "decision", "delivery", "reply_window",
            "superseded_by",
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

    def get_delivery(self, run: Run) -> DeliverySerializer(allow_null=True):
        """How far the reply has got; null while there is none."""
        reply = getattr(run, "reply", None)
        return DeliverySerializer(reply, context=self.context).data if reply else None

    def get_reply_window(self, run: Run) -> ReplyWindowSerializer(allow_null=True):
        """On WhatsApp: how long the customer may be written to. Null on channels where always."""
        window = self.context["case"].window
        return ReplyWindowSerializer(window).data if window else None
