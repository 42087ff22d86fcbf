"""An account's brand in the admin: shown on the account's page, changed on a page of its own."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from accounts.logos import LogoRefused
from accounts.models import Account, Brand, Logo
from accounts.selectors import Look, look_of
from accounts.services.brands import brand_set

SHORT_COLOUR = re.compile(r"#?([0-9a-f])([0-9a-f])([0-9a-f])")
BARE_COLOUR = re.compile(r"[0-9a-f]{6}")


class ColourField(forms.CharField):
    """A colour as people write it: `1D4ED8` and `#abc` are meant as `#1d4ed8` and `#aabbcc`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "max_length": 20})

    def to_python(self, value: Any) -> str:
        colour = super().to_python(value).lower()
        if short := SHORT_COLOUR.fullmatch(colour):
            return "#" + "".join(digit * 2 for digit in short.groups())
        return f"#{colour}" if BARE_COLOUR.fullmatch(colour) else colour


class BrandForm(forms.ModelForm):
    """Name, colours and logo; leaving the file empty keeps the logo there is."""

    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text=_("PNG or JPEG, up to 5 MB. It is kept as a PNG of at most 1200 × 600 pixels."),
    )
    without_logo = forms.BooleanField(label=_("Remove the logo"), required=False)

    class Meta:
        model = Brand
        fields = ("name", "primary", "accent")
        widgets = {"name": AdminTextInputWidget}
        field_classes = {"primary": ColourField, "accent": ColourField}

    def __init__(self, *args: Any, has_logo: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_logo:
            del self.fields["without_logo"]

    def keep(self, account: Account) -> bool:
        """Hand everything to the service; a file that is no logo becomes the field's error."""
        given = self.cleaned_data
        file = given.pop("logo", None)
        try:
            brand_set(account=account, logo=file.read() if file else b"", **given)
        except LogoRefused as error:
            self.add_error("logo", str(error))
            return False
        return True


class BrandedAccountAdmin(admin.ModelAdmin):
    """The part of the accounts' admin that shows and changes brands."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        # The account stands in the query: the limit on bodies goes by the path.
        return [
            path("brand/", view(self.brand_view), name="accounts_account_brand"),
            path("<uuid:account_id>/logo.png", view(self.logo_view), name="accounts_account_logo"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        account = self.get_object(request, object_id)
        look = look_of(account) if account else None
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "look": look})

    def brand_view(self, request: HttpRequest) -> HttpResponse:
        """The form for those who may change the account."""
        account = self.get_object(request, request.GET.get("account", ""))
        if account is None:
            raise Http404("There is no such account.")
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        look = look_of(account)
        given = (request.POST, request.FILES) if request.method == "POST" else ()
        brand = getattr(account, "brand", None) or Brand(account=account)
        form = BrandForm(*given, instance=brand, has_logo=look.logo is not None)
        if form.is_valid() and form.keep(account):
            self.log_change(
                request, account, [{"changed": {"name": str(Brand._meta.verbose_name), "object": account.client_name}}]
            )
            messages.success(request, _("The brand was changed."))
            return redirect("admin:accounts_account_change", account.pk)
        return self._page(request, account, look, form)

    def _page(self, request: HttpRequest, account: Account, look: Look, form: BrandForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Brand of %(client)s") % {"client": account},
            "account": account,
            "look": look,
            "form": form,
            "adminform": AdminForm(form, [(None, {"fields": list(form.fields)})], {}, model_admin=self),
        }
        return TemplateResponse(request, "admin/accounts/account/brand.html", context)

    def logo_view(self, request: HttpRequest, account_id: UUID) -> HttpResponse:
        """The logo itself, for those who may see the account."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        logo = Logo.objects.filter(account_id=account_id).first()
        if logo is None:
            raise Http404("There is no logo.")
        return HttpResponse(bytes(logo.image), content_type="image/png")
