"""The agent pipeline shared by onboarding and CRM."""

from django.apps import AppConfig


class AgentsConfig(AppConfig):
    """The agent pipeline shared by onboarding and CRM."""

    name = "agents"
