"""Where Meta hands in what happens on WhatsApp."""

from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from crm import services
from crm.api.requests import webhook_request
from crm.api.serializers import WebhookEventSerializer
from crm.api.signatures import HasSignature, MetaSignature, verification_answer
from crm.models import WebhookEvent


class MetaWebhookViewSet(GenericViewSet):
    """The address that is given to Meta."""

    queryset = WebhookEvent.objects.none()
    serializer_class = WebhookEventSerializer
    authentication_classes = (MetaSignature,)
    pagination_class = None

    def get_permissions(self) -> list[BasePermission]:
        """A verification is not signed: it shows the token that was agreed on."""
        return [AllowAny() if self.action == "verify" else HasSignature()]

    @extend_schema(
        operation_id="webhook_meta_verify",
        summary="Meta verifies the address",
        parameters=[
            OpenApiParameter("hub.mode", str, enum=["subscribe"], required=True),
            OpenApiParameter("hub.verify_token", str, required=True),
            OpenApiParameter("hub.challenge", str, required=True),
        ],
        responses={
            (200, "text/plain"): OpenApiResponse(OpenApiTypes.STR, description="The challenge."),
            403: OpenApiResponse(description="Another token than META_VERIFY_TOKEN."),
        },
        auth=[],
    )
    def verify(self, request: Request) -> HttpResponse:
        return HttpResponse(verification_answer(request.query_params), content_type="text/plain; charset=utf-8")

    @extend_schema(
        operation_id="webhook_meta_receive",
        summary="Messages and statuses from WhatsApp",
        description=(
            "Signed with the app's secret over the raw bytes. Every message and status is taken in for itself and"
            " worked on in the background. Whatever is signed is answered 200, even what cannot be read: it is kept"
            " with what is wrong, and sending it again would not mend it."
        ),
        request={"application/json": OpenApiTypes.OBJECT},
        responses=WebhookEventSerializer,
    )
    def receive(self, request: Request) -> Response:
        event = services.request_take(request=webhook_request(request, WebhookEvent.Source.META))
        return Response(self.get_serializer(event).data)
