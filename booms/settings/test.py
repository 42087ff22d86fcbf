"""Tests: fixed secrets, quick hashes, an embedded server of their own; no key of the machine's is seen."""

import os

for name in list(os.environ):
    if name.endswith(("_API_KEY", "_BASE_URL", "_AI_MODEL", "AI_FALLBACK_MODELS")) or name.startswith(
        ("META_", "TWILIO_")
    ):
        del os.environ[name]

from booms.settings.base import *  # noqa: E402, F403
from booms.settings.base import DATA_FOLDER, DATABASES, ROOT, SIMPLE_JWT  # noqa: E402

DATA_FOLDER = DATA_FOLDER / "test"
if DATABASES["default"]["DATA_FOLDER"]:
    DATABASES["default"]["DATA_FOLDER"] = DATA_FOLDER
SECRET_KEY = "test-secret-key-that-is-long-enough-to-be-one-0123456789"
SIMPLE_JWT["SIGNING_KEY"] = "test-signing-key-that-is-long-enough-to-be-one-0123456789"
WEBHOOK_API_KEY = "test-webhook-key"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "accounts.hashers.OriginalBcryptHasher",
]
STATIC_ROOT = ROOT / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
