"""Logging in and out: passwords against tokens, tokens against new ones."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.auth import authenticate
from django.db import transaction
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken
from rest_framework_simplejwt.tokens import RefreshToken
from rest_framework_simplejwt.utils import get_md5_hash_password

from accounts.models import User
from accounts.services.attempts import ADDRESS_LIMIT, LOGIN_LIMIT, failures_check, failures_record, party_hash
from accounts.tokens import CONSULTANT, SUPERVISOR, token_pair
from booms.core.errors import Forbidden, Unauthenticated

logger = logging.getLogger(__name__)


def login(*, request: Any, username: str, password: str, address: str) -> User:
    """The person with this name (user name or e-mail) and password.

    Raises `TooManyAttempts` after ten failures a minute by this person and address, `Unauthenticated` otherwise.
    """
    parties = [("login", f"{username.lower()}\n{address}", LOGIN_LIMIT), ("login_address", address, ADDRESS_LIMIT)]
    failures_check(parties)
    user = authenticate(request, username=username, password=password)
    if user is None:
        failures_record(parties)
        logger.warning("Login failed", extra={"address": address, "user_hash": party_hash(username.lower())[:12]})
        raise Unauthenticated("The user name or password is wrong.")
    return user


def supervisor_login(*, request: Any, username: str, password: str, address: str) -> dict[str, str]:
    """A token pair for a supervisor. Raises what `login` raises, and `Forbidden` for anybody else."""
    user = login(request=request, username=username, password=password, address=address)
    if not user.has_perm("crm.decide_run"):
        raise Forbidden("Only supervisors may log in here.")
    return token_pair(user, SUPERVISOR)


def consultant_login(*, request: Any, email: str, password: str, address: str) -> tuple[User, dict[str, str]]:
    """A consultant and their token pair. Raises what `login` raises."""
    user = login(request=request, username=email, password=password, address=address)
    if (user.email or "").lower() != email.lower():
        raise Unauthenticated("The e-mail or password is wrong.")
    return user, token_pair(user, CONSULTANT)


@transaction.atomic
def tokens_refresh(*, refresh_token: str) -> tuple[User, dict[str, str]]:
    """A new pair for a live consultant's refresh token, which is dead from now on. Raises `Unauthenticated`."""
    token = _spend(refresh_token)
    user = User.objects.filter(pk=token.get("user_id"), is_active=True).first()
    if user is None or token.get(api_settings.REVOKE_TOKEN_CLAIM) != get_md5_hash_password(user.password):
        raise Unauthenticated("The refresh token is not valid.")
    return user, token_pair(user, CONSULTANT)


@transaction.atomic
def tokens_revoke(*, refresh_token: str) -> None:
    """Make a refresh token dead. Raises `Unauthenticated` when it is none, or dead already."""
    _spend(refresh_token)


def _spend(refresh_token: str) -> RefreshToken:
    """Mark a token as used; of two requests with the same one, one gets through."""
    try:
        token = RefreshToken(refresh_token)
    except TokenError:
        raise Unauthenticated("The refresh token is not valid.") from None
    if token.get("scope") != CONSULTANT:
        raise Unauthenticated("The refresh token is not valid.")
    outstanding = OutstandingToken.objects.select_for_update(of=("self",)).filter(jti=token["jti"]).first()
    if outstanding is None or not BlacklistedToken.objects.get_or_create(token=outstanding)[1]:
        raise Unauthenticated("The refresh token is not valid.")
    return token
