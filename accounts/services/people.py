"""People: the supervisor of the environment, consultants who register."""

from __future__ import annotations

import logging

from django.contrib.auth.hashers import identify_hasher
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from booms.core.errors import Conflict, InvalidInput

logger = logging.getLogger(__name__)

SUPERVISORS = "Supervisors"


@transaction.atomic
def supervisor_ensure(*, username: str, password: str | None = None, password_hash: str = "") -> User:
    """The person who may decide, made if missing. Safe to call at every start.

    `password_hash` is the original's bcrypt hash and is taken as it is. As in the original, the environment has the
    last word: at every start it replaces whatever password the supervisor had. Raises `ImproperlyConfigured` for a
    hash that is none.
    """
    user = User.objects.select_for_update().filter(username__iexact=username).first()
    if user is None:
        user = User.objects.create_user(username=username, password=password, is_staff=True)
    if password_hash:
        encoded = _encoded_bcrypt(password_hash)
        if user.has_usable_password() and user.password != encoded:
            logger.warning("The supervisor's password was set back to SUPERVISOR_PASSWORD_HASH")
        user.password = encoded
    user.is_staff = True
    user.save()
    user.groups.add(Group.objects.get_or_create(name=SUPERVISORS)[0])
    return user


def _encoded_bcrypt(password_hash: str) -> str:
    encoded = f"bcrypt${password_hash}"
    try:
        identify_hasher(encoded).decode(encoded)
    except (ValueError, AssertionError):
        raise ImproperlyConfigured("SUPERVISOR_PASSWORD_HASH is no bcrypt hash ($2b$…).") from None
    return encoded


def consultant_register(*, email: str, full_name: str, password: str) -> User:
    """A new consultant. Raises `Conflict` when the e-mail is taken, `InvalidInput` for a password that is too weak."""
    candidate = User(email=email, full_name=full_name)
    try:
        validate_password(password, candidate)
    except ValidationError as error:
        raise InvalidInput(" ".join(error.messages), loc=("body", "password"), kind="password") from error
    if User.objects.filter(email__iexact=email).exists():
        raise EmailTaken
    try:
        with transaction.atomic():
            return User.objects.create_user(email=email, full_name=full_name, password=password)
    except (IntegrityError, ValidationError) as error:
        # Somebody registered with the same e-mail a moment ago.
        raise EmailTaken from error


class EmailTaken(Conflict):
    """Somebody with this e-mail is registered already."""

    code = "email_taken"
