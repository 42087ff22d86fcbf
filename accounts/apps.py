"""People and the client companies of the agency."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People and the client companies of the agency."""

    name = "accounts"
    verbose_name = _("Accounts")
