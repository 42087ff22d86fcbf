"""Addresses of files for staff, under the admin's own: one an exporter."""

from django.urls import path

from exports.console.views import AccountFilePage, StageFilePage
from exports.exporters import ACCOUNT_EXPORTERS, STAGE_EXPORTERS

app_name = "exports"
urlpatterns = [
    *(
        path(
            f"stages/<uuid:stage_id>/{exporter.address}/",
            StageFilePage.as_view(exporter=exporter),
            name=f"stage_{exporter.key}",
        )
        for exporter in STAGE_EXPORTERS
    ),
    *(
        path(
            f"accounts/<uuid:account_id>/{exporter.address}/",
            AccountFilePage.as_view(exporter=exporter),
            name=f"account_{exporter.key}",
        )
        for exporter in ACCOUNT_EXPORTERS
    ),
]
