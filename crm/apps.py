"""Customers' messages, their runs, and what supervisors decide."""

from django.apps import AppConfig


class CrmConfig(AppConfig):
    """Customers' messages, their runs, and what supervisors decide."""

    name = "crm"
