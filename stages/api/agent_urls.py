"""Addresses under `/api/agents`."""

from django.urls import path

from stages.api.chat_views import ChatView

urlpatterns = [path("chat", ChatView.as_view())]
