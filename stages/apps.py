"""The seven onboarding stages of an account."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StagesConfig(AppConfig):
    """Gives a new account its stages, and checks the definitions."""

    name = "stages"
    verbose_name = _("Onboarding")

    def ready(self) -> None:
        from accounts.signals import account_created
        from stages import checks  # noqa: F401 (registers the system checks)
        from stages.services.creation import on_account_created

        account_created.connect(on_account_created, dispatch_uid="stages.on_account_created")
