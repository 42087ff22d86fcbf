"""Addresses of the console, under the admin's own."""

from django.urls import path

from crm.console.case import CaseView, ClaimView, ReleaseView
from crm.console.delivery import SendAgainView
from crm.console.queue import QueueResultsView, QueueView

urlpatterns = [
    path("", QueueView.as_view(), name="crm_queue"),
    path("results/", QueueResultsView.as_view(), name="crm_queue_results"),
    path("<uuid:run_id>/", CaseView.as_view(), name="crm_case"),
    path("<uuid:run_id>/claim/", ClaimView.as_view(), name="crm_case_claim"),
    path("<uuid:run_id>/release/", ReleaseView.as_view(), name="crm_case_release"),
    path("<uuid:run_id>/send-again/", SendAgainView.as_view(), name="crm_case_send_again"),
]
