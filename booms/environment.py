"""The one reader of the environment: typed values, and a sentence naming the variable when one is malformed."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


def load_file(path: Path) -> None:
    """Read a `.env` file; what the environment already says wins."""
    if path.is_file():
        environ.Env.read_env(str(path))


def text(*names: str, default: str = "") -> str:
    """The first of `names` that is set and not empty.

    Read from `os.environ`: django-environ takes a value that starts with `$` (every bcrypt hash) for a reference.
    """
    return next((value for name in names if (value := os.environ.get(name, "").strip())), default)


def boolean(name: str, *, default: bool) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value in TRUE


def number(name: str, *, default: float, above: float | None = None) -> float:
    """A finite decimal number, greater than `above` when that is given."""
    value = text(name)
    if not value:
        return default
    try:
        parsed = float(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a number, not {value!r}.") from None
    if parsed != parsed or abs(parsed) == float("inf") or (above is not None and parsed <= above):
        raise ImproperlyConfigured(f"{name} must be a number greater than {above}, not {value!r}.")
    return parsed


def integer(name: str, *, default: int, least: int = 0, most: int = 2**31 - 1) -> int:
    value = text(name)
    if not value:
        return default
    try:
        parsed = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None
    if not least <= parsed <= most:
        raise ImproperlyConfigured(f"{name} must be between {least} and {most}, not {parsed}.")
    return parsed


def choice(name: str, *, default: str, choices: tuple[str, ...]) -> str:
    value = text(name, default=default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def items(*names: str, default: tuple[str, ...] = ()) -> list[str]:
    """A comma-separated list, or a JSON list as one of the original systems had it."""
    value = text(*names)
    if not value:
        return list(default)
    if not value.startswith("["):
        return [item.strip() for item in value.split(",") if item.strip()]
    try:
        parsed = json.loads(value)
    except ValueError:
        raise ImproperlyConfigured(f"{names[0]} is neither a comma-separated nor a JSON list: {value!r}.") from None
    if not all(isinstance(item, str) for item in parsed):
        raise ImproperlyConfigured(f"{names[0]} must be a list of strings, not {value!r}.")
    return parsed


def models(name: str) -> dict[str, dict | str]:
    """A JSON object of model ids, each with the vendor's name or with an object that describes the model."""
    value = text(name)
    if not value:
        return {}
    try:
        parsed = json.loads(value)
    except ValueError:
        parsed = None
    if not isinstance(parsed, dict) or not all(isinstance(item, dict | str) for item in parsed.values()):
        raise ImproperlyConfigured(f"{name} must be a JSON object of model ids, not {value!r}.")
    return parsed


def url(name: str, *, default: str = "") -> str:
    """An http or https address without a trailing slash."""
    value = text(name, default=default).rstrip("/")
    if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).netloc):
        raise ImproperlyConfigured(f"{name} must be an http or https address, not {value!r}.")
    return value


def origins(*names: str, default: tuple[str, ...] = ()) -> list[str]:
    """Origins (scheme and host, no path) for CORS."""
    found = items(*names, default=default)
    for origin in found:
        parts = urlsplit(origin)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path not in {"", "/"}:
            raise ImproperlyConfigured(f"{names[0]} holds {origin!r}, which is no origin such as https://example.com.")
    return [origin.rstrip("/") for origin in found]


def secret(name: str, *alternatives: str, folder: Path | None, make: Callable[[], str]) -> str:
    """A secret of the environment, else one made once and kept in `folder`; production gives no folder."""
    if value := text(name, *alternatives):
        return value
    if folder is None:
        raise ImproperlyConfigured(f"{name} is not set; production does not start without it.")
    return kept_secret(folder / name.lower().replace("_", "-"), make=make)


def kept_secret(path: Path, *, make: Callable[[], str]) -> str:
    """The secret in the file, made by `make()` the first time; two processes that start at once agree on one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            return _read_when_written(path)
        with os.fdopen(handle, "w") as file:
            file.write(value := make())
        return value
    except OSError as error:
        raise ImproperlyConfigured(f"The data folder cannot be written: {error.strerror}: {path}.") from error


def _read_when_written(path: Path) -> str:
    for _ in range(50):
        if value := path.read_text().strip():
            return value
        time.sleep(0.02)
    raise ImproperlyConfigured(f"{path} is empty; delete it and a new secret is made.")


def database(name: str = "DATABASE_URL") -> dict | None:
    """Django's settings for the PostgreSQL of the user's, or None for the embedded one."""
    value = text(name)
    if not value:
        return None
    scheme, separator, rest = value.partition("://")
    if not separator or scheme.split("+")[0] not in {"postgres", "postgresql", "pgsql"}:
        raise ImproperlyConfigured(f"{name} must start with postgresql://, not {scheme!r}.")
    try:
        parsed = environ.Env.db_url_config(f"postgresql://{rest}")
    except (ValueError, TypeError) as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {error}.") from error
    if not parsed.get("NAME"):
        raise ImproperlyConfigured(f"{name} names no database.")
    return parsed
