"""Addresses under `/api/accounts/{id}` that belong to stages."""

from django.urls import path

from stages.api.stage_views import StageViewSet

# A bare list: an account has seven stages, not pages of them.
stages = StageViewSet.as_view({"get": "list_of_account"}, pagination_class=None)
urlpatterns = [path("accounts/<uuid:account_id>/stages", stages)]
