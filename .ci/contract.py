"""Starts the product on a free port with a data folder of its own and lets schemathesis try its API."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 120
FORM = "application/x-www-form-urlencoded"
CONSULTANT = {"email": "consultant@example.com", "full_name": "A Consultant", "password": "only-for-this-run"}
CONFIGURATION = """
headers = {{ Authorization = "Bearer {supervisor}", X-Api-Key = "{key}" }}

[[operations]]
include-path-regex = "^/api/(accounts|agents|ai-models|auth|exports|stages)"
headers = {{ Authorization = "Bearer {consultant}" }}
"""
# Seeded and bounded, so that it says the same each time and ends.
BOUNDS = (
    "--seed", "20260226", "--max-examples", "5", "--phases", "examples,coverage,fuzzing", "--workers", "1",
    "--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
    "--warnings", "off",
)  # fmt: skip


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "booms.settings.development",
            "BOOMS_DATA_DIR": folder,
            "PORT": str(port),
            "LOG_LEVEL": "ERROR",
        }
        with _server(environment, Path(folder) / "serve.log") as banner:
            return _schemathesis(f"http://127.0.0.1:{port}", banner, folder)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextmanager
def _server(environment: dict[str, str], log: Path) -> Iterator[str]:
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    try:
        give_up = time.monotonic() + START_SECONDS
        while "Stop with Ctrl-C" not in log.read_text():
            if server.poll() is not None or time.monotonic() > give_up:
                sys.exit(f"The server does not start:\n{log.read_text()}")
            time.sleep(0.2)
        yield log.read_text()
        if errors := re.findall(r"^.*\| ERROR +\|(?:.*\n(?!\d{4}-))*.*", log.read_text(), re.MULTILINE):
            sys.exit(f"The server logged {len(errors)} errors; the first:\n{errors[0]}")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def _schemathesis(address: str, banner: str, folder: str) -> int:
    """As a supervisor, and as a consultant where consultants work."""
    username, password = re.search(r"Supervisor {5,}(\S+) +(\S+)", banner).groups()
    supervisor = _post(f"{address}/api/v1/auth/login", f"username={username}&password={quote(password)}", FORM)
    consultant = _post(f"{address}/api/auth/register", json.dumps(CONSULTANT), "application/json")
    configuration = Path(folder) / "schemathesis.toml"
    configuration.write_text(
        CONFIGURATION.format(
            key=re.search(r"Webhook key +(\S+)", banner).group(1),
            supervisor=supervisor["access_token"],
            consultant=consultant["access_token"],
        )
    )
    command = ["schemathesis", "--config-file", str(configuration), "--no-color", "run", f"{address}/openapi.json"]
    return subprocess.run([*command, *BOUNDS], cwd=folder, check=False).returncode


def _post(address: str, body: str, content_type: str) -> dict[str, str]:
    request = urllib.request.Request(address, body.encode(), {"Content-Type": content_type})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


if __name__ == "__main__":
    sys.exit(main())
