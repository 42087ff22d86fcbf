"""What a newcomer needs to try the product: a supervisor, a webhook key and messages to look at."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

import agents.conf
from accounts.models import User
from accounts.services import supervisor_ensure
from agents.conf import OFFLINE
from agents.providers.registry import serving_model
from booms.core.errors import Unauthenticated
from booms.environment import kept_secret
from crm.models import Run, RunStatus
from crm.services import channel_default, webhook_key_create, webhook_key_use

DEMO_SECONDS = 15


@dataclass(frozen=True, kw_only=True)
class Supervisor:
    """Who may decide. `password` is empty when only its hash is known, and `note` then says which one it is."""

    username: str
    password: str = ""
    note: str = ""


def secrets_folder() -> Path | None:
    """Where secrets made here are kept; production makes none."""
    return getattr(settings, "SECRETS_FOLDER", None)


def supervisor_prepare() -> None:
    """Make the supervisor of the environment, or one with a password made here."""
    username, folder = settings.SUPERVISOR_USERNAME, secrets_folder()
    if settings.SUPERVISOR_PASSWORD_HASH:
        supervisor_ensure(username=username, password_hash=settings.SUPERVISOR_PASSWORD_HASH)
    elif User.objects.filter(username__iexact=username).exists():
        supervisor_ensure(username=username)
    elif folder:
        password = kept_secret(folder / "supervisor-password", make=lambda: secrets.token_urlsafe(12))
        supervisor_ensure(username=username, password=password)


def supervisor_describe() -> Supervisor | None:
    """The supervisor and the password kept here, if that one still opens the door; None when there is nobody."""
    username, folder = settings.SUPERVISOR_USERNAME, secrets_folder()
    user = User.objects.filter(username__iexact=username).first()
    if user is None:
        return None
    if settings.SUPERVISOR_PASSWORD_HASH:
        return Supervisor(username=username, note="the password of SUPERVISOR_PASSWORD_HASH")
    file = folder / "supervisor-password" if folder else None
    password = file.read_text().strip() if file and file.is_file() else ""
    if password and user.check_password(password):
        return Supervisor(username=username, password=password)
    return Supervisor(
        username=username, note=f"the password was changed; manage.py changepassword {username} sets another"
    )


def demo_key() -> str:
    """A key of the default channel, made once for this database and kept beside the other secrets."""
    file = secrets_folder() / "webhook-key"
    try:
        if file.is_file():
            webhook_key_use(text=file.read_text().strip())
    except Unauthenticated:
        file.unlink()  # of another database, or revoked
    return kept_secret(file, make=lambda: webhook_key_create(channel=channel_default(), label="demo")[1])


def who_answers() -> str:
    """The model that customers' messages go to, or that there is none."""
    model = serving_model(agents.conf.settings().crm_model)
    return "rules, as no model has a key (see .env.example)" if model.provider == OFFLINE else model.id


def demo_data() -> None:
    """Make it, and leave the worker a moment for it: its log lines come before what `serve` ends by saying."""
    call_command("demo_data", verbosity=0)
    give_up = time.monotonic() + DEMO_SECONDS
    while Run.objects.filter(status=RunStatus.RECEIVED).exists() and time.monotonic() < give_up:
        time.sleep(0.2)
