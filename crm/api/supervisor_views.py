"""The supervisors' queue and decisions."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.api.authentication import IsSupervisor, SupervisorAuthentication
from crm import selectors, services
from crm.api.supervisor_serializers import (
    CaseSerializer,
    ClaimSerializer,
    DecisionResultSerializer,
    DecisionSerializer,
    PendingCaseSerializer,
    PendingFilterSerializer,
)
from crm.models import Run
from crm.services.sending import reply_send_again

REFUSED = OpenApiResponse(
    description="Decided already (by whom and when), claimed by another, changed since read, or the customer may not be"
    " written to now."
)


class SupervisorViewSet(GenericViewSet):
    """Cases that wait, and what is done about them."""

    queryset = Run.objects.none()
    authentication_classes = (SupervisorAuthentication,)
    permission_classes = (IsSupervisor,)
    serializer_class = CaseSerializer
    pagination_class = None

    @extend_schema(
        operation_id="supervisor_pending_list",
        summary="Cases that wait for a decision, oldest first",
        parameters=[
            PendingFilterSerializer,
            OpenApiParameter("X-Total-Count", int, "header", response=[200], description="How many there are in all."),
        ],
        responses=PendingCaseSerializer(many=True),
    )
    def pending(self, request: Request) -> Response:
        query = PendingFilterSerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        filters = dict(query.validated_data)
        limit, kind = filters.pop("limit"), filters.pop("channel", "")
        runs = selectors.pending_runs(order="age", channel_kind=kind, **filters)
        response = Response(PendingCaseSerializer(runs[:limit], many=True).data)
        response["X-Total-Count"] = str(runs.count())
        return response

    @extend_schema(
        operation_id="supervisor_decide",
        summary="Approve or reject a case",
        request=DecisionSerializer,
        responses={200: DecisionResultSerializer, 404: OpenApiResponse(description="No such case."), 409: REFUSED},
    )
    def decide(self, request: Request) -> Response:
        body = DecisionSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        run = services.decision_make(supervisor=request.user, **body.validated_data)
        return Response(DecisionResultSerializer(run).data)

    @extend_schema(operation_id="supervisor_case_retrieve", summary="A whole case", responses=CaseSerializer)
    def retrieve(self, request: Request, run_id: UUID) -> Response:
        case = selectors.case(run_id)
        return Response(CaseSerializer(case.run, context={"case": case}).data)

    @extend_schema(
        operation_id="supervisor_reply_send_again",
        summary="Send a reply that failed once more",
        description="A reply that is queued already stays so.",
        request=None,
        responses={
            200: CaseSerializer,
            409: OpenApiResponse(description="The reply has not failed, or the customer may not be written to now."),
        },
    )
    def send_again(self, request: Request, run_id: UUID) -> Response:
        reply_send_again(run_id=run_id, supervisor=request.user)
        return self.retrieve(request, run_id)

    @extend_schema(
        operation_id="supervisor_case_claim",
        summary="Claim a case for five minutes, or renew the claim",
        request=None,
        responses={200: ClaimSerializer, 409: REFUSED},
    )
    def claim(self, request: Request, run_id: UUID) -> Response:
        return Response(ClaimSerializer(services.case_claim(run_id=run_id, user=request.user)).data)

    @extend_schema(
        operation_id="supervisor_case_release",
        summary="Give a claim back",
        request=None,
        responses={200: ClaimSerializer, 409: REFUSED},
    )
    def release(self, request: Request, run_id: UUID) -> Response:
        return Response(ClaimSerializer(services.case_release(run_id=run_id, user=request.user)).data)
