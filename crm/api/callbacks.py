"""What the callbacks of API channels tell, and how the OpenAPI document describes them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiCallback, OpenApiResponse, extend_schema
from rest_framework import serializers

from crm.api.serializers import RunResultSerializer
from crm.models import Reply, Run

REPLY_CREATED = "reply.created"


class RepliedRunSerializer(RunResultSerializer):
    """What became of a message, as `runs/{run_id}` gives it, with whom it is for."""

    client_id = serializers.CharField(source="conversation.client_id")
    conversation_id = serializers.UUIDField()
    message_ids = serializers.SerializerMethodField()

    class Meta(RunResultSerializer.Meta):
        fields = (*RunResultSerializer.Meta.fields, "client_id", "conversation_id", "message_ids")

    def get_message_ids(self, run: Run) -> list[str]:
        """The sender's ids of the messages that are answered, where it gave any."""
        return [message.message_id for message in run.messages.all() if message.message_id]


class ReplyCreatedSerializer(serializers.Serializer):
    """A reply for a customer that the webhook's own answer could not give."""

    type = serializers.ChoiceField(choices=[REPLY_CREATED])
    timestamp = serializers.DateTimeField(help_text="When the reply was decided.")
    data = RepliedRunSerializer()


REPLY_CALLBACK = OpenApiCallback(
    name="reply",
    path="{callback_url}",
    decorator=extend_schema(
        summary="A reply that the webhook's own answer could not give",
        description=(
            "Sent to the callback address of the key's channel when a reply is decided after the request was answered:"
            " `Prefer: respond-async`, a wait of 25 seconds that was not enough, or a supervisor's decision.\n\n"
            "Signed in the Standard Webhooks form: `webhook-id` is the reply's, the same with every attempt, so what"
            " came before with it is the same reply; `webhook-timestamp` counts seconds since 1970; `webhook-signature`"
            " is `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}` with the channel's"
            " secret.\n\n"
            "Anything but a 2xx answer within 20 seconds is tried again for about three hours, answers excepted that"
            " asking again will not change (3xx and most 4xx)."
        ),
        request=ReplyCreatedSerializer,
        responses={"2XX": OpenApiResponse(description="Taken.")},
    ),
)


def reply_created(reply: Reply) -> dict[str, Any]:
    """The event, as it is sent."""
    run = reply.run
    run.reply = reply
    event = {"type": REPLY_CREATED, "timestamp": reply.created_at, "data": run}
    return ReplyCreatedSerializer(event).data
