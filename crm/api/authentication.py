"""Webhook keys."""

from __future__ import annotations

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from booms.api.address import client_address
from crm import services
from crm.models import Channel


class WebhookKeyAuthentication(BaseAuthentication):
    """`X-Api-Key` opens a channel, which becomes `request.auth`; there is no user."""

    def authenticate(self, request: Request) -> tuple[None, Channel]:
        key = request.headers.get("X-Api-Key", "")
        return None, services.webhook_key_authenticate(text=key, address=client_address(request))

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class HasChannel(BasePermission):
    """A key has opened a channel."""

    def has_permission(self, request: Request, view: object) -> bool:
        return isinstance(request.auth, Channel)


class WebhookKeyScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document shows it."""

    target_class = WebhookKeyAuthentication
    name = "webhookKey"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": "X-Api-Key"}
