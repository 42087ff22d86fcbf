"""Deliverables as files."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """PDF, Excel and ZIP of what stages produced. No tables: what it shows belongs to accounts and stages."""

    name = "exports"
