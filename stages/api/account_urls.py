"""Addresses under `/api/accounts/{id}` that belong to stages."""

from django.urls import path

from stages.api.stage_views import StageViewSet

urlpatterns = [path("accounts/<uuid:account_id>/stages", StageViewSet.as_view({"get": "list_of_account"}))]
