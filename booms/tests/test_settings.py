"""Settings: what production refuses to start without, what a malformed value says, and the list in `.env.example`."""

from __future__ import annotations

import ast
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SECRETS = {
    "SECRET_KEY": secrets.token_urlsafe(48),
    "JWT_SECRET_KEY": secrets.token_urlsafe(48),
    "ALLOWED_HOSTS": "booms.example.com",
}
READERS = {"text", "boolean", "number", "integer", "choice", "items", "url", "origins", "secret", "models"}


def run(folder, *command, **environment):
    """`manage.py` in an environment with nothing but what is given."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.ROOT,
        env=kept | {"BOOMS_DATA_DIR": str(folder)} | environment,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("missing", sorted(SECRETS))
def test_production_does_not_start_without_a_secret_and_names_it(tmp_path, missing):
    given = {name: value for name, value in SECRETS.items() if name != missing}
    done = run(tmp_path, "check", DJANGO_SETTINGS_MODULE="booms.settings.production", **given)
    assert done.returncode == 1
    assert done.stderr.strip() == f"BOOMS does not start: {missing} is not set; production does not start without it."
    assert list(tmp_path.iterdir()) == []


def test_production_starts_with_its_secrets_and_passes_the_deployment_checks(tmp_path):
    done = run(
        tmp_path,
        *("check", "--deploy", "--fail-level", "WARNING"),
        DJANGO_SETTINGS_MODULE="booms.settings.production",
        **SECRETS,
    )
    assert done.returncode == 0, done.stderr


def test_development_makes_its_secrets_once_and_is_not_in_debug_mode(tmp_path):
    ask = "from django.conf import settings as s; print(s.DEBUG, s.SECRET_KEY, s.SIMPLE_JWT['SIGNING_KEY'])"
    first, second = (run(tmp_path, "shell", "--no-imports", "-c", ask).stdout.split() for _ in range(2))
    assert first == second
    assert first[0] == "False"
    assert len({*first[1:]}) == 2
    assert min(map(len, first[1:])) > 40


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("DEBUG", "perhaps"),
        ("SLA_THRESHOLD_HOURS", "-2"),
        ("LOG_FORMAT", "xml"),
        ("ALLOWED_ORIGINS", "example.com"),
        ("DATABASE_URL", "mysql://root@localhost/booms"),
        ("OPENAI_BASE_URL", "localhost:11434"),
        ("CRM_SPECULATIVE_DRAFT", "sometimes"),
    ],
)
def test_a_malformed_value_stops_the_start_with_one_sentence_that_names_it(tmp_path, name, value):
    done = run(tmp_path, "check", **{name: value})
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert name in done.stderr


def names_read() -> set[str]:
    """The names that calls of `booms.environment` ask for, in settings and commands."""
    sources = [
        *Path(settings.ROOT, "booms").rglob("settings/*.py"),
        *Path(settings.ROOT).rglob("management/commands/*.py"),
    ]
    calls = [node for path in sources for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    found = {"DATABASE_URL"}  # `environment.database()` knows its name
    for call in calls:
        if (
            isinstance(call.func, ast.Attribute)
            and call.func.attr in READERS
            and ast.unparse(call.func.value) == "environment"
        ):
            found |= {argument.value for argument in call.args if isinstance(argument, ast.Constant)}
    return found


def test_the_example_file_lists_exactly_what_is_read():
    listed = re.findall(r"^([A-Z_0-9]+)=", Path(settings.ROOT, ".env.example").read_text(), re.MULTILINE)
    assert len(listed) == len(set(listed))
    assert set(listed) == names_read()


def test_the_example_file_can_be_taken_as_it_is(tmp_path):
    lines = Path(settings.ROOT, ".env.example").read_text().splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    given |= {"BOOMS_DATA_DIR": str(tmp_path)}
    done = run(tmp_path, "check", **given)
    assert done.returncode == 0, done.stderr


def test_the_public_address_is_answered(tmp_path):
    ask = "from django.conf import settings as s; print('booms.example.com' in s.ALLOWED_HOSTS)"
    given = {"PUBLIC_BASE_URL": "https://booms.example.com"}
    assert run(tmp_path, "shell", "--no-imports", "-c", ask, **given).stdout.strip() == "True"
