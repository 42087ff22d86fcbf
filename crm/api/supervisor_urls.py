"""Addresses under `/api/v1/supervisor`."""

from django.urls import path

from crm.api.supervisor_views import SupervisorViewSet

urlpatterns = [
    path("pending", SupervisorViewSet.as_view({"get": "pending"})),
    path("decide", SupervisorViewSet.as_view({"post": "decide"})),
    path("cases/<uuid:run_id>", SupervisorViewSet.as_view({"get": "retrieve"})),
    path("cases/<uuid:run_id>/claim", SupervisorViewSet.as_view({"post": "claim"})),
    path("cases/<uuid:run_id>/send-again", SupervisorViewSet.as_view({"post": "send_again"})),
    path("cases/<uuid:run_id>/release", SupervisorViewSet.as_view({"post": "release"})),
]
