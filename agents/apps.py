"""The agent pipeline shared by onboarding and CRM."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgentsConfig(AppConfig):
    """The agent pipeline shared by onboarding and CRM."""

    name = "agents"
    verbose_name = _("Agents")

    def ready(self) -> None:
        from agents import checks  # noqa: F401 registers the start-up checks
