"""Customers' messages, their runs, and what supervisors decide."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CrmConfig(AppConfig):
    """Gives the supervisors' group its permission once permissions exist."""

    name = "crm"
    verbose_name = "CRM"

    def ready(self) -> None:
        post_migrate.connect(_supervisors_may_decide, sender=self, dispatch_uid="crm.supervisors_may_decide")


def _supervisors_may_decide(**_: object) -> None:
    from django.contrib.auth.models import Group, Permission

    from accounts.services import SUPERVISORS

    permissions = Permission.objects.filter(
        content_type__app_label="crm", codename__in=["decide_run", "view_run", "view_conversation", "view_decision"]
    )
    Group.objects.get_or_create(name=SUPERVISORS)[0].permissions.add(*permissions)
