"""Addresses under `/api/accounts`."""

from django.urls import path

from accounts.api.account_views import AccountViewSet

urlpatterns = [
    path("", AccountViewSet.as_view({"get": "list", "post": "create"})),
    path(
        "/<uuid:account_id>",
        AccountViewSet.as_view({"get": "retrieve", "put": "update", "patch": "partial_update", "delete": "destroy"}),
    ),
    path("/<uuid:account_id>/ai-model", AccountViewSet.as_view({"get": "ai_model", "put": "ai_model"})),
]
