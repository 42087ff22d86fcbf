"""The admin, in our theme."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class BoomsAdminSite(AdminSite):
    """Django's admin site under our name; its pages are the templates in `templates/admin`."""

    site_title = "BOOMS"
    site_header = "BOOMS"
    index_title = _("Administration")
    enable_nav_sidebar = True
