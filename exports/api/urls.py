"""Addresses under `/api/exports`: one an exporter."""

from django.urls import path

from exports.api.views import AccountFileView, StageFileView
from exports.exporters import ACCOUNT_EXPORTERS, STAGE_EXPORTERS

urlpatterns = [
    *(
        path(f"stages/<uuid:stage_id>/{exporter.address}", StageFileView.as_view(exporter=exporter))
        for exporter in STAGE_EXPORTERS
    ),
    *(
        path(f"accounts/<uuid:account_id>/{exporter.address}", AccountFileView.as_view(exporter=exporter))
        for exporter in ACCOUNT_EXPORTERS
    ),
]
