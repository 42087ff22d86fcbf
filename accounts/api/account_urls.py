"""Addresses under `/api/accounts`."""

from django.urls import path

from accounts.api.account_views import AccountViewSet

urlpatterns = [
    path("accounts", AccountViewSet.as_view({"get": "list", "post": "create"})),
    path(
        "accounts/<uuid:account_id>",
        AccountViewSet.as_view({"get": "retrieve", "put": "update", "patch": "partial_update", "delete": "destroy"}),
    ),
    path("accounts/<uuid:account_id>/ai-model", AccountViewSet.as_view({"get": "ai_model", "put": "ai_model"})),
]
