"""The project as an app: its admin site, commands, translations and checks."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class BoomsConfig(AppConfig):
    """Commands and translations that belong to no single app."""

    name = "booms"


class BoomsAdminConfig(AdminConfig):
    """Django's admin with our site."""

    default_site = "booms.admin_site.BoomsAdminSite"
