"""A consultant's stages."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.api.authentication import ConsultantAuthentication
from stages import selectors, services
from stages.api.serializers import (
    CompleteSerializer,
    MessageSerializer,
    ResetAnswerSerializer,
    ResetSerializer,
    StageDetailSerializer,
    StageRowSerializer,
    VersionSerializer,
)
from stages.models import Stage

REFUSED = OpenApiResponse(description="Not possible in the stage's present status.")


class StageViewSet(GenericViewSet):
    """Stages of the consultant's accounts."""

    queryset = Stage.objects.none()
    authentication_classes = (ConsultantAuthentication,)
    serializer_class = StageDetailSerializer

    @extend_schema(
        operation_id="account_stages_list", summary="The stages of an account", responses=StageRowSerializer(many=True)
    )
    def list_of_account(self, request: Request, account_id: UUID) -> Response:
        return Response(StageRowSerializer(selectors.stages_of(request.user, account_id), many=True).data)

    @extend_schema(operation_id="stage_retrieve", summary="A stage")
    def retrieve(self, request: Request, stage_id: UUID) -> Response:
        return self._detail(request, stage_id)

    @extend_schema(summary="Start a stage", request=None, responses={200: StageDetailSerializer, 409: REFUSED})
    def start(self, request: Request, stage_id: UUID) -> Response:
        services.stage_start(user=request.user, stage_id=stage_id)
        return self._detail(request, stage_id)

    @extend_schema(
        summary="Complete a stage with a deliverable made elsewhere",
        request=CompleteSerializer,
        responses={200: StageDetailSerializer, 409: REFUSED},
    )
    def complete(self, request: Request, stage_id: UUID) -> Response:
        body = CompleteSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        services.stage_complete(user=request.user, stage_id=stage_id, output=body.validated_data["output"])
        return self._detail(request, stage_id)

    @extend_schema(
        summary="Reopen a stage or start it over",
        request=ResetSerializer,
        responses={200: ResetAnswerSerializer, 409: REFUSED},
    )
    def reset(self, request: Request, stage_id: UUID) -> Response:
        body = ResetSerializer(data=request.data or {})
        body.is_valid(raise_exception=True)
        _stage, invalidated = services.stage_reset(user=request.user, stage_id=stage_id, **body.validated_data)
        stage = selectors.stage_of(request.user, stage_id)
        return Response(ResetAnswerSerializer(stage, context={"invalidated_stages": invalidated}).data)

    @extend_schema(
        operation_id="stage_history", summary="Everything said in a stage", responses=MessageSerializer(many=True)
    )
    def history(self, request: Request, stage_id: UUID) -> Response:
        messages = selectors.history(selectors.stage_of(request.user, stage_id))
        page = self.paginate_queryset(messages)
        return self.get_paginated_response(MessageSerializer(page, many=True).data)

    @extend_schema(
        operation_id="stage_versions", summary="Earlier deliverables", responses=VersionSerializer(many=True)
    )
    def versions(self, request: Request, stage_id: UUID) -> Response:
        versions = selectors.earlier_versions(selectors.stage_of(request.user, stage_id))
        page = self.paginate_queryset(versions)
        return self.get_paginated_response(VersionSerializer(page, many=True).data)

    def _detail(self, request: Request, stage_id: UUID) -> Response:
        return Response(StageDetailSerializer(selectors.stage_of(request.user, stage_id)).data)
