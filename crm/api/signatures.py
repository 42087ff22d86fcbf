"""Requests that vendors sign instead of sending a key."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from booms.api.address import client_address
from booms.core.errors import Forbidden, InvalidInput, Unauthenticated
from crm import conf
from crm.models import WebhookEvent
from crm.vendors.meta.signature import is_signed as is_signed_by_meta
from crm.vendors.meta.signature import is_verification
from crm.vendors.twilio.signature import is_signed as is_signed_by_twilio

logger = logging.getLogger(__name__)


class SignatureAuthentication(ABC, BaseAuthentication):
    """The signature of a vendor, over the raw body; `request.auth` becomes the vendor's name."""

    vendor: str
    header: str
    secret_name: str

    def authenticate(self, request: Request) -> tuple[None, str] | None:
        if request.method in SAFE_METHODS:
            return None
        if not self.secret():
            logger.warning("A request for a vendor that is not set up was refused", extra=self._where(request))
            raise Unauthenticated(f"Nothing can be received here: {self.secret_name} is not set.")
        given = request.headers.get(self.header, "")
        if not given:
            raise Unauthenticated(f"The {self.header} header is missing.")
        if not self.is_signed(request, given):
            logger.warning("A signature was refused", extra=self._where(request))
            raise Unauthenticated(f"The {self.header} is not valid.")
        return None, self.vendor

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"

    @abstractmethod
    def secret(self) -> str:
        """What the vendor signs with; empty when it is not set up."""

    @abstractmethod
    def is_signed(self, request: Request, given: str) -> bool:
        """Whether the header's value is the right one."""

    def _where(self, request: Request) -> dict[str, str]:
        return {"vendor": self.vendor, "address": client_address(request)}


class MetaSignature(SignatureAuthentication):
    """`X-Hub-Signature-256`, made with the app's secret."""

    vendor = WebhookEvent.Source.META
    header = "X-Hub-Signature-256"
    secret_name = "META_APP_SECRET"  # noqa: S105

    def secret(self) -> str:
        return conf.settings().meta.app_secret

    def is_signed(self, request: Request, given: str) -> bool:
        return is_signed_by_meta(request.body, given, app_secret=self.secret())


class TwilioSignature(SignatureAuthentication):
    """`X-Twilio-Signature`, made with the account's token over the address that Twilio called."""

    vendor = WebhookEvent.Source.TWILIO
    header = "X-Twilio-Signature"
    secret_name = "TWILIO_AUTH_TOKEN"  # noqa: S105

    def secret(self) -> str:
        return conf.settings().twilio.auth_token

    def is_signed(self, request: Request, given: str) -> bool:
        return is_signed_by_twilio(public_address(request), request.body, given, auth_token=self.secret())


class HasSignature(BasePermission):
    """A vendor has signed."""

    def has_permission(self, request: Request, view: object) -> bool:
        return request.auth in WebhookEvent.Source.values


def public_address(request: Request) -> str:
    """The address as it was called from outside: behind a proxy, `PUBLIC_BASE_URL` and what follows it."""
    query = request.META.get("QUERY_STRING", "")
    base = settings.PUBLIC_BASE_URL.rstrip("/") or f"{request.scheme}://{request.get_host()}"
    return f"{base}{request.path}" + (f"?{query}" if query else "")


def verification_answer(query: Mapping[str, str]) -> str:
    """The challenge of Meta's verification request.

    Raises `Forbidden` unless the token is the one that was agreed on, and `InvalidInput` without a challenge.
    """
    expected = conf.settings().meta.verify_token
    if not expected:
        raise Forbidden("Nothing can be verified here: META_VERIFY_TOKEN is not set.")
    is_right = is_verification(query.get("hub.verify_token", ""), verify_token=expected)
    if not is_right or query.get("hub.mode") != "subscribe":
        logger.warning("A verification was refused", extra={"vendor": MetaSignature.vendor})
        raise Forbidden("The verification token or the mode is not the right one.")
    if not (challenge := query.get("hub.challenge", "")):
        raise InvalidInput("There is no challenge.", loc=("query", "hub.challenge"), kind="required")
    return challenge


class MetaScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document shows it."""

    target_class = MetaSignature
    name = "metaSignature"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": MetaSignature.header}


class TwilioScheme(OpenApiAuthenticationExtension):
    """How the OpenAPI document shows it."""

    target_class = TwilioSignature
    name = "twilioSignature"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": TwilioSignature.header}
