"""Bearer tokens: a pair with a scope, which says what kind of endpoints it opens."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from rest_framework_simplejwt.tokens import RefreshToken

from accounts.models import User

CONSULTANT = "consultant"
SUPERVISOR = "supervisor"
REFRESH_FACTOR = 4


def access_lifetime(scope: str) -> timedelta:
    if scope == SUPERVISOR:
        return timedelta(minutes=settings.JWT_MINUTES_SUPERVISOR)
    return timedelta(days=settings.JWT_DAYS_CONSULTANT)


def token_pair(user: User, scope: str) -> dict[str, str]:
    """`access_token`, `refresh_token`, `token_type`; a refresh token lives four times as long as its access token."""
    refresh = RefreshToken.for_user(user)
    refresh["scope"] = scope
    refresh.set_exp(lifetime=access_lifetime(scope) * REFRESH_FACTOR)
    access = refresh.access_token
    access.set_exp(lifetime=access_lifetime(scope))
    return {"access_token": str(access), "refresh_token": str(refresh), "token_type": "bearer"}
