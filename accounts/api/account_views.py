"""A consultant's accounts."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from accounts import selectors, services
from accounts.api.authentication import ConsultantAuthentication
from accounts.api.serializers import (
    AccountDetailSerializer,
    AccountQuerySerializer,
    AccountRowSerializer,
    AccountSerializer,
    AiModelSerializer,
    ModelChoiceSerializer,
)
from accounts.models import Account
from agents.conf import settings as agent_settings
from agents.providers import registry


@extend_schema_view(list=extend_schema(summary="Your accounts", parameters=[AccountQuerySerializer]))
class AccountViewSet(ListModelMixin, GenericViewSet):
    """Client accounts of the consultant who asks."""

    queryset = Account.objects.none()
    authentication_classes = (ConsultantAuthentication,)
    serializer_class = AccountRowSerializer
    lookup_url_kwarg = "account_id"

    def get_queryset(self) -> QuerySet[Account]:
        query = AccountQuerySerializer(data=self.request.query_params)
        query.is_valid(raise_exception=True)
        return selectors.accounts_listed(self.request.user, **query.validated_data)

    @extend_schema(
        summary="A new account with its seven stages",
        request=AccountSerializer,
        responses={201: AccountDetailSerializer},
    )
    def create(self, request: Request) -> Response:
        body = AccountSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        account = services.account_create(user=request.user, **body.validated_data)
        return Response(self._detail(account.pk), status=201)

    @extend_schema(summary="An account", responses=AccountDetailSerializer)
    def retrieve(self, request: Request, account_id: Any) -> Response:
        return Response(self._detail(account_id))

    @extend_schema(summary="Replace an account's fields", request=AccountSerializer, responses=AccountDetailSerializer)
    def update(self, request: Request, account_id: Any) -> Response:
        return self._change(request, account_id, partial=False)

    @extend_schema(summary="Change an account", request=AccountSerializer, responses=AccountDetailSerializer)
    def partial_update(self, request: Request, account_id: Any) -> Response:
        return self._change(request, account_id, partial=True)

    @extend_schema(summary="Delete an account with its stages and documents", responses={204: None})
    def destroy(self, request: Request, account_id: Any) -> Response:
        services.account_delete(account=selectors.account_of(request.user, account_id))
        return Response(status=204)

    @extend_schema(summary="The account's model", methods=["GET"], responses=AiModelSerializer)
    @extend_schema(
        summary="Choose the account's model", methods=["PUT"], request=AiModelSerializer, responses=AiModelSerializer
    )
    @action(detail=True, methods=["get", "put"])
    def ai_model(self, request: Request, account_id: Any) -> Response:
        account = selectors.account_of(request.user, account_id)
        if request.method == "PUT":
            body = AiModelSerializer(data=request.data)
            body.is_valid(raise_exception=True)
            account = services.account_update(account=account, **body.validated_data)
        return Response({"ai_model": account.ai_model or agent_settings().default_model})

    def _change(self, request: Request, account_id: Any, *, partial: bool) -> Response:
        account = selectors.account_of(request.user, account_id)
        body = AccountSerializer(account, data=request.data, partial=partial)
        body.is_valid(raise_exception=True)
        services.account_update(account=account, **body.validated_data)
        return Response(self._detail(account_id))

    def _detail(self, account_id: Any) -> dict[str, Any]:
        return AccountDetailSerializer(selectors.account_of(self.request.user, account_id)).data


class AiModelsView(APIView):
    """The models that can be chosen."""

    authentication_classes = (ConsultantAuthentication,)

    @extend_schema(
        operation_id="ai_models_list", summary="The configured models", responses=ModelChoiceSerializer(many=True)
    )
    def get(self, request: Request) -> Response:
        return Response(ModelChoiceSerializer(registry.choices(), many=True).data)
