"""Where bots and CRM systems hand in customers' messages."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from booms.api.headers import idempotency_key, prefers_async
from crm import selectors, services
from crm.api.authentication import HasChannel, WebhookKeyAuthentication
from crm.api.callbacks import REPLY_CALLBACK
from crm.api.reading import sentences
from crm.api.requests import webhook_request
from crm.api.serializers import InboundMessageSerializer, RunResultSerializer
from crm.models import Run, RunStatus, WebhookEvent

# What does not fit, and what contradicts an earlier delivery; both only with a valid key.
REFUSED = (409, 422)


class WebhookViewSet(GenericViewSet):
    """Messages in, their runs out, for the channel of the key."""

    queryset = Run.objects.none()
    authentication_classes = (WebhookKeyAuthentication,)
    permission_classes = (HasChannel,)
    serializer_class = RunResultSerializer

    @extend_schema(
        operation_id="webhook_message_create",
        summary="Hand in a customer's message",
        request=InboundMessageSerializer,
        parameters=[
            OpenApiParameter("Idempotency-Key", str, "header", description="The same key is the same delivery."),
            OpenApiParameter("Prefer", str, "header", description="`respond-async`: 202 at once."),
        ],
        responses={
            200: RunResultSerializer,
            202: OpenApiResponse(RunResultSerializer, description="Stored; read the result at `Location`."),
            409: OpenApiResponse(description="The key or message id was used with another body."),
        },
        callbacks=[REPLY_CALLBACK],
    )
    def create(self, request: Request) -> Response:
        kept = webhook_request(request, WebhookEvent.Source.API)
        body = InboundMessageSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        run = services.request_handle(
            request=kept,
            channel=request.auth,
            client_id=body.validated_data["client_id"],
            text=body.validated_data["message"],
            sent_at=body.validated_data["timestamp"],
            message_id=body.validated_data["message_id"] or "",
            metadata=body.validated_data.get("metadata"),
            idempotency_key=idempotency_key(request),
            in_background=prefers_async(request),
        )
        return self._answer(run)

    def handle_exception(self, exc: Exception) -> Response:
        """A message that was refused is kept with what was wrong with it."""
        response = super().handle_exception(exc)
        if self.action == "create" and response.status_code in REFUSED:
            kept = webhook_request(self.request, WebhookEvent.Source.API)
            services.request_refuse(request=kept, channel=self.request.auth, why=sentences(response.data["detail"]))
        return response

    @extend_schema(operation_id="webhook_run_retrieve", summary="What became of a message")
    def retrieve(self, request: Request, run_id: UUID) -> Response:
        return Response(self.get_serializer(selectors.channel_run(request.auth, run_id)).data)

    def _answer(self, run: Run) -> Response:
        response = Response(self.get_serializer(run).data)
        if run.status == RunStatus.RECEIVED:
            response.status_code = 202
            response["Location"] = f"/api/v1/webhook/runs/{run.pk}"
        return response
