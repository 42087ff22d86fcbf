"""The form people sign in to the admin with."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.services.sessions import login
from booms.api.address import client_address
from booms.core.errors import TooManyAttempts, Unauthenticated


class SignInForm(AdminAuthenticationForm):
    """Django's, with the limits and the log of the logins by API: one count for both doors."""

    def clean(self) -> dict[str, Any]:
        username, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if username and password:
            self.user_cache = self._sign_in(username, password)
            self.confirm_login_allowed(self.user_cache)
        return self.cleaned_data

    def _sign_in(self, username: str, password: str) -> Any:
        address = client_address(self.request)
        try:
            return login(request=self.request, username=username, password=password, address=address)
        except Unauthenticated as error:
            raise self.get_invalid_login_error() from error
        except TooManyAttempts as error:
            raise ValidationError(
                _("Too many failed attempts. Wait %(seconds)d seconds, then try again."),
                params={"seconds": error.retry_after},
                code="throttled",
            ) from error
