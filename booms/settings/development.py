"""A fresh machine: secrets are made once and kept in the data folder, cookies work over http."""

import secrets

from booms import environment
from booms.settings.base import *  # noqa: F403
from booms.settings.base import DATA_FOLDER, SIMPLE_JWT

DEBUG = environment.boolean("DEBUG", default=False)
SECRETS_FOLDER = DATA_FOLDER / "secrets"


def make() -> str:
    return secrets.token_urlsafe(48)


SECRET_KEY = environment.secret("SECRET_KEY", folder=SECRETS_FOLDER, make=make)
SIMPLE_JWT["SIGNING_KEY"] = environment.secret("JWT_SECRET_KEY", "JWT_SECRET", folder=SECRETS_FOLDER, make=make)
