"""Endpoints about people."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import services
from accounts.api.authentication import ConsultantAuthentication
from accounts.api.serializers import (
    ConsultantLoginSerializer,
    RefreshSerializer,
    RegistrationSerializer,
    SessionSerializer,
    SupervisorLoginSerializer,
    TokenPairSerializer,
    UserSerializer,
)
from accounts.models import User
from accounts.tokens import CONSULTANT, token_pair
from booms.api.address import client_address


class SupervisorLoginView(APIView):
    """Tokens for supervisors, by user name or e-mail."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    parser_classes = (FormParser, MultiPartParser)

    @extend_schema(
        operation_id="supervisor_login",
        summary="Log a supervisor in",
        request=SupervisorLoginSerializer,
        responses=TokenPairSerializer,
    )
    def post(self, request: Request) -> Response:
        form = SupervisorLoginSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        tokens = services.supervisor_login(request=request, address=client_address(request), **form.validated_data)
        return Response(tokens)


class RegisterView(APIView):
    """Become a consultant."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="auth_register",
        summary="Register",
        request=RegistrationSerializer,
        responses={201: SessionSerializer},
    )
    def post(self, request: Request) -> Response:
        body = RegistrationSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        user = services.consultant_register(**body.validated_data)
        return Response(_session(user, token_pair(user, CONSULTANT)), status=201)


class LoginView(APIView):
    """Tokens for consultants, by e-mail."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="auth_login", summary="Log in", request=ConsultantLoginSerializer, responses=SessionSerializer
    )
    def post(self, request: Request) -> Response:
        body = ConsultantLoginSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(
            _session(
                *services.consultant_login(request=request, address=client_address(request), **body.validated_data)
            )
        )


class RefreshView(APIView):
    """A new pair of tokens for a refresh token, once."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="auth_refresh", summary="Refresh", request=RefreshSerializer, responses=SessionSerializer
    )
    def post(self, request: Request) -> Response:
        body = RefreshSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(_session(*services.tokens_refresh(**body.validated_data)))


class LogoutView(APIView):
    """The refresh token is dead from now on."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(operation_id="auth_logout", summary="Log out", request=RefreshSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        body = RefreshSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        services.tokens_revoke(**body.validated_data)
        return Response(status=204)


class MeView(APIView):
    """Who you are."""

    authentication_classes = (ConsultantAuthentication,)

    @extend_schema(operation_id="auth_me", summary="Who you are", responses=UserSerializer)
    def get(self, request: Request) -> Response:
        return Response(UserSerializer(request.user).data)


def _session(user: User, tokens: dict[str, str]) -> dict[str, object]:
    return SessionSerializer({**tokens, "user": user}).data
