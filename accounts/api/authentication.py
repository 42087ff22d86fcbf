"""Reading bearer tokens; each scope opens its own endpoints only."""

from __future__ import annotations

from drf_spectacular.contrib.rest_framework_simplejwt import SimpleJWTScheme
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import InvalidToken
from rest_framework_simplejwt.tokens import Token

from accounts.tokens import CONSULTANT, SUPERVISOR


class _ScopedAuthentication(JWTAuthentication):
    """A token of another scope is as good as none."""

    scope = ""

    def get_validated_token(self, raw_token: bytes) -> Token:
        token = super().get_validated_token(raw_token)
        if token.get("scope") != self.scope:
            raise InvalidToken("This token does not open this endpoint.")
        return token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class ConsultantAuthentication(_ScopedAuthentication):
    """Tokens of `/api/auth`."""

    scope = CONSULTANT


class SupervisorAuthentication(_ScopedAuthentication):
    """Tokens of `/api/v1/auth`."""

    scope = SUPERVISOR


class IsSupervisor(BasePermission):
    """The permission may have been taken away since the token was made."""

    message = "Only supervisors may do this."

    def has_permission(self, request: Request, view: object) -> bool:
        return bool(request.user and request.user.has_perm("crm.decide_run"))


class ConsultantScheme(SimpleJWTScheme):
    """How the OpenAPI document shows a consultant's token."""

    target_class = ConsultantAuthentication
    name = "consultantToken"


class SupervisorScheme(SimpleJWTScheme):
    """How the OpenAPI document shows a supervisor's token."""

    target_class = SupervisorAuthentication
    name = "supervisorToken"
