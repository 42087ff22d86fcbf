"""Addresses under `/api/v1/webhook`."""

from django.urls import path

from crm.api.webhook_views import WebhookViewSet

urlpatterns = [
    path("messages", WebhookViewSet.as_view({"post": "create"})),
    path("runs/<uuid:run_id>", WebhookViewSet.as_view({"get": "retrieve"})),
]
