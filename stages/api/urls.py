"""Addresses under `/api/stages`."""

from django.urls import path

from stages.api.stage_views import StageViewSet


def verb(name: str) -> object:
    return StageViewSet.as_view({"post": name, "put": name})


urlpatterns = [
    path("<uuid:stage_id>", StageViewSet.as_view({"get": "retrieve"})),
    path("<uuid:stage_id>/start", verb("start")),
    path("<uuid:stage_id>/complete", verb("complete")),
    path("<uuid:stage_id>/reset", verb("reset")),
    path("<uuid:stage_id>/history", StageViewSet.as_view({"get": "history"})),
    path("<uuid:stage_id>/versions", StageViewSet.as_view({"get": "versions"})),
]
