"""Where Twilio hands in messages and what became of ours."""

from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from crm import services
from crm.api.requests import webhook_request
from crm.api.serializers import TwilioFormSerializer
from crm.api.signatures import HasSignature, TwilioSignature
from crm.models import WebhookEvent

# Nothing to say at once: the reply goes out when it is made.
EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


class TwilioWebhookViewSet(GenericViewSet):
    """The address that is given to Twilio, for messages and for status callbacks."""

    queryset = WebhookEvent.objects.none()
    authentication_classes = (TwilioSignature,)
    permission_classes = (HasSignature,)
    serializer_class = TwilioFormSerializer
    pagination_class = None

    @extend_schema(
        operation_id="webhook_twilio_receive",
        summary="A message or a status from Twilio",
        description=(
            "Signed with the account's token over the public address (`PUBLIC_BASE_URL`) and the form. Worked on in the"
            " background; the answer is TwiML that says nothing."
        ),
        parameters=[OpenApiParameter("reply", str, description="In status callbacks: the reply they are about.")],
        request={"application/x-www-form-urlencoded": TwilioFormSerializer},
        responses={(200, "text/xml"): OpenApiResponse(OpenApiTypes.STR, description="Empty TwiML.")},
    )
    def receive(self, request: Request) -> HttpResponse:
        services.request_take(request=webhook_request(request, WebhookEvent.Source.TWILIO))
        return HttpResponse(EMPTY_TWIML, content_type="text/xml; charset=utf-8")
