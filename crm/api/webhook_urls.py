"""Addresses under `/api/v1/webhook`."""

from django.urls import path

from crm.api.meta_views import MetaWebhookViewSet
from crm.api.twilio_views import TwilioWebhookViewSet
from crm.api.webhook_views import WebhookViewSet

urlpatterns = [
    path("messages", WebhookViewSet.as_view({"post": "create"})),
    path("runs/<uuid:run_id>", WebhookViewSet.as_view({"get": "retrieve"})),
    path("meta", MetaWebhookViewSet.as_view({"get": "verify", "post": "receive"})),
    path("twilio", TwilioWebhookViewSet.as_view({"post": "receive"})),
]
