"""A consultant's files."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.api.authentication import ConsultantAuthentication
from exports import services
from exports.api.schema import FileSchema
from exports.downloads import download
from exports.exporters import AccountExporter, StageExporter


class StageFileView(APIView):
    """A file of one of the consultant's stages."""

    authentication_classes = (ConsultantAuthentication,)
    schema = FileSchema()
    exporter: StageExporter | None = None

    def get(self, request: Request, stage_id: UUID) -> HttpResponseBase:
        export = services.stage_export(exporter=self.exporter, stage_id=stage_id, owner=request.user)
        return download(request, export)


class AccountFileView(APIView):
    """A file of all completed stages of one of the consultant's accounts."""

    authentication_classes = (ConsultantAuthentication,)
    schema = FileSchema()
    exporter: AccountExporter | None = None

    def get(self, request: Request, account_id: UUID) -> HttpResponseBase:
        export = services.account_export(exporter=self.exporter, account_id=account_id, owner=request.user)
        return download(request, export)
