"""People and accounts in the admin."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken

from accounts.brand_admin import BrandedAccountAdmin
from accounts.models import Account, User
from accounts.services.accounts import account_create, account_delete, account_update

# Their pages show refresh tokens in full, which are as good as passwords.
admin.site.unregister([BlacklistedToken, OutstandingToken])


class PersonCreationForm(AdminUserCreationForm):
    """A new person; a user name, an e-mail or both."""

    class Meta:
        model = User
        fields = ("username", "email", "full_name")


class PersonChangeForm(UserChangeForm):
    """A person; Django's own form wants a user name, ours may do without."""

    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """People, by user name or e-mail; groups say what they may do."""

    form = PersonChangeForm
    add_form = PersonCreationForm
    list_display = ("__str__", "username", "email", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_superuser", "is_active", "groups")
    search_fields = ("username", "email", "full_name")
    ordering = ("username", "email")
    readonly_fields = ("last_login", "created_at")
    fieldsets = (
        (None, {"fields": ("username", "email", "full_name", "password")}),
        (_("What the person may do"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Times"), {"fields": ("last_login", "created_at")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "email", "full_name", "usable_password", "password1", "password2")}),
    )
    filter_horizontal = ("groups",)


@admin.register(Account)
class AccountAdmin(BrandedAccountAdmin):
    """Client companies and the consultants who own them."""

    list_display = ("client_name", "user", "company_website", "ai_model", "updated_at")
    list_select_related = ("user",)
    search_fields = ("client_name", "company_website", "user__username", "user__email", "user__full_name")
    autocomplete_fields = ("user",)
    readonly_fields = ("created_at", "updated_at")
    settable_fields = ("client_name", "user", "company_website", "ai_model", "language", "timezone", "currency")
    fields = (*settable_fields, *readonly_fields)
    formfield_overrides: ClassVar = {models.URLField: {"assume_scheme": "https"}}

    def save_model(self, request: HttpRequest, obj: Account, form: ModelForm, change: bool) -> None:
        given = {name: form.cleaned_data[name] for name in self.settable_fields}
        saved = account_update(account=obj, **given) if change else account_create(**given)
        # Django goes on with the object of the form: it must be the one that was stored.
        obj.__dict__.update(saved.__dict__)

    def delete_model(self, request: HttpRequest, obj: Account) -> None:
        account_delete(account=obj)
