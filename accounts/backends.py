"""Who may log in: by user name or e-mail, without case."""

from django.contrib.auth.backends import ModelBackend


class LoginNameBackend(ModelBackend):
    """Django's backend; the manager's natural key reads user names and e-mails, unknown names cost the same time."""
