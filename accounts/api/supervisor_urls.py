"""Addresses under `/api/v1/auth`."""

from django.urls import path

from accounts.api.session_views import SupervisorLoginView

urlpatterns = [path("login", SupervisorLoginView.as_view())]
