"""People, the client accounts they own with their brands, and the counters of failed attempts."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth import hashers
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.hashers import OriginalBcryptHasher
from booms.core.models import BaseModel


class UserManager(BaseUserManager["User"]):
    """Finds people by user name or e-mail, without case."""

    def get_by_natural_key(self, name: str | None) -> User:
        """The person with this user name, else with this e-mail. Raises `User.DoesNotExist`."""
        found = self.filter(Q(username__iexact=name) | Q(email__iexact=name))
        # One person's user name may be another's e-mail address: the user name wins.
        by_name = next((user for user in found if (user.username or "").lower() == (name or "").lower()), None)
        user = by_name or found.first()
        if user is None:
            raise self.model.DoesNotExist
        return user

    def create_user(self, *, password: str | None = None, **fields: Any) -> User:
        """Used by Django's own tools; the product's services call it too, so that normalising stands once."""
        fields["username"] = (fields.get("username") or "").strip() or None
        fields["email"] = self.normalize_email((fields.get("email") or "").strip()) or None
        user = self.model(**fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, *, password: str | None = None, **fields: Any) -> User:
        return self.create_user(password=password, **fields, is_staff=True, is_superuser=True)


class User(BaseModel, AbstractBaseUser, PermissionsMixin):
    """A consultant, supervisor or operator: known by user name, e-mail or both."""

    username = models.CharField(_("user name"), max_length=150, null=True, blank=True)  # noqa: DJ001 (unique, so none is null)
    email = models.EmailField(_("e-mail"), max_length=254, null=True, blank=True)  # noqa: DJ001
    full_name = models.CharField(_("full name"), max_length=255, blank=True)
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["username", "email"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_names_are_unique_without_case",
                violation_error_message=_("This user name is taken."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="emails_are_unique_without_case",
                violation_error_message=_("This e-mail is taken."),
            ),
            models.CheckConstraint(
                condition=Q(username__isnull=False) | Q(email__isnull=False),
                name="a_person_has_a_user_name_or_an_email",
                violation_error_message=_("A user name or an e-mail is needed."),
            ),
            models.CheckConstraint(
                condition=~Q(username="") & ~Q(email=""), name="a_missing_user_name_or_email_is_null"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username or self.email or str(self.pk)

    def get_username(self) -> str:
        return self.username or self.email or ""

    def check_password(self, raw_password: str | None) -> bool:
        """Django's, except that a hash given by the environment is not replaced by one of ours at login."""
        if self.password.startswith(f"{OriginalBcryptHasher.algorithm}$"):
            return hashers.check_password(raw_password, self.password)
        return super().check_password(raw_password)

    def clean(self) -> None:
        """Forms hand in empty strings where the database wants nothing at all."""
        self.username = (self.username or "").strip() or None
        self.email = (self.email or "").strip() or None

    def get_full_name(self) -> str:
        return str(self)

    get_short_name = get_full_name


CURRENCY_CODE = RegexValidator(r"^[A-Z]{3}$", _("Three capital letters, such as EUR."))


def known_timezone(name: str) -> None:
    """Raise `ValidationError` for a name that is no time zone."""
    if name not in available_timezones():
        raise ValidationError(_("%(name)s is no time zone."), params={"name": name}, code="unknown_timezone")


class Account(BaseModel):
    """A client company of the agency, owned by a consultant."""

    class Language(models.TextChoices):
        """What the product is written in."""

        SPANISH = "es", _("Spanish")
        ENGLISH = "en", _("English")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="accounts", verbose_name=_("consultant"))
    client_name = models.CharField(_("client"), max_length=255)
    company_website = models.URLField(_("website"), max_length=500, blank=True)
    ai_model = models.CharField(
        _("AI model"), max_length=100, blank=True, help_text=_("Empty: the configured default.")
    )
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=Language.choices,
        default=Language.SPANISH,
        help_text=_("Of questions, deliverables and exports."),
    )
    timezone = models.CharField(_("time zone"), max_length=64, default="Europe/Madrid", validators=[known_timezone])
    currency = models.CharField(_("currency"), max_length=3, default="EUR", validators=[CURRENCY_CODE])

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["client_name", "created_at"]
        indexes = [models.Index(fields=["user", "-updated_at"], name="accounts_by_owner")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(client_name=""),
                name="an_account_has_a_client_name",
                violation_error_message=_("The client's name is needed."),
            )
        ]

    def __str__(self) -> str:
        return self.client_name


COLOUR = RegexValidator(r"^#[0-9a-f]{6}\Z", _("A colour such as #1d4ed8."), code="no_colour")


def _colour_or_none(field: str) -> Q:
    return Q(**{field: ""}) | Q(**{f"{field}__regex": r"^#[0-9a-f]{6}$"})


class Brand(BaseModel):
    """How an account's files look. What is empty is the product's own: the client's name, our colours."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="brand", verbose_name=_("account"))
    name = models.CharField(
        _("brand name"), max_length=255, blank=True, help_text=_("As it stands on covers. Empty: the client's name.")
    )
    primary = models.CharField(
        _("main colour"), max_length=7, blank=True, validators=[COLOUR], help_text=_("Such as #1d4ed8. Empty: ours.")
    )
    accent = models.CharField(
        _("accent colour"), max_length=7, blank=True, validators=[COLOUR], help_text=_("Such as #0f766e. Empty: ours.")
    )

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        constraints = [
            models.CheckConstraint(condition=_colour_or_none("primary"), name="a_main_colour_is_six_hex_digits"),
            models.CheckConstraint(condition=_colour_or_none("accent"), name="an_accent_colour_is_six_hex_digits"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.account)


class Logo(BaseModel):
    """An account's logo: a PNG made by us of what was uploaded. Apart from the brand, so that lists do not load it."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="logo", verbose_name=_("account"))
    image = models.BinaryField(_("image"))
    digest = models.CharField(max_length=64, editable=False, help_text="sha256 of the image")
    width = models.PositiveSmallIntegerField(_("width"))
    height = models.PositiveSmallIntegerField(_("height"))

    class Meta:
        verbose_name = _("logo")
        verbose_name_plural = _("logos")
        constraints = [
            models.CheckConstraint(condition=Q(width__gte=1, height__gte=1), name="a_logo_has_an_extent"),
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.width} × {self.height}"


class FailureCount(models.Model):
    """Failed attempts of one kind by one party in one minute; in the database, so that all processes count together."""

    scope = models.CharField(max_length=20)
    party = models.CharField(max_length=64, help_text="sha256 of who failed")
    minute = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "party", "minute"], name="one_count_a_party_and_minute")
        ]
        indexes = [models.Index(fields=["minute"], name="failure_counts_by_minute")]

    def __str__(self) -> str:
        return f"{self.scope} {self.minute:%H:%M} {self.count}"
