"""People and the client companies of the agency."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and the client companies of the agency."""

    name = "accounts"
