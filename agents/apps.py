"""The agent pipeline shared by onboarding and CRM."""

from django.apps import AppConfig


class AgentsConfig(AppConfig):
    """The agent pipeline shared by onboarding and CRM."""

    name = "agents"

    def ready(self) -> None:
        from agents import checks  # noqa: F401 registers the start-up checks
