"""Talking with a stage's agent."""

from __future__ import annotations

from typing import Any

from django.http import StreamingHttpResponse
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.authentication import ConsultantAuthentication
from booms.api.headers import idempotency_key
from stages import services
from stages.api.events import EVENT_STREAM, EventStreamRenderer, event_stream
from stages.api.serializers import ChatAnswerSerializer, ChatRequestSerializer


class ChatView(APIView):
    """A message to an agent, and its answer."""

    authentication_classes = (ConsultantAuthentication,)
    renderer_classes = (JSONRenderer, EventStreamRenderer)

    def handle_exception(self, exc: Exception) -> Response:
        """What is refused before a turn begins is JSON, also to those who asked for events."""
        response = super().handle_exception(exc)
        self.request.accepted_renderer, self.request.accepted_media_type = JSONRenderer(), JSONRenderer.media_type
        return response

    @extend_schema(
        operation_id="agents_chat",
        summary="Talk with a stage's agent",
        request=ChatRequestSerializer,
        parameters=[
            OpenApiParameter("Idempotency-Key", str, "header", description="The same key is the same message."),
        ],
        responses={
            (200, "application/json"): ChatAnswerSerializer,
            (200, EVENT_STREAM): str,
            (409, "application/json"): OpenApiResponse(description="Closed, outdated, or being answered."),
            (503, "application/json"): OpenApiResponse(description="No model answers; the message is kept."),
        },
    )
    def post(self, request: Request) -> Response | StreamingHttpResponse:
        body = ChatRequestSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        accepted = services.message_accept(user=request.user, **_delivery(request, body.validated_data))
        if request.accepted_renderer.media_type == EVENT_STREAM:
            return event_stream(accepted)
        return Response(services.turn_answer(accepted).body)


def _delivery(request: Request, body: dict[str, Any]) -> dict[str, Any]:
    state = body.pop("conversation_state", None) or {}
    return {**body, "revision": state.get("revision"), "idempotency_key": idempotency_key(request)}
