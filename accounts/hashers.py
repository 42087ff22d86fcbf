"""The original system's password hashes."""

from django.contrib.auth.hashers import BCryptPasswordHasher


class OriginalBcryptHasher(BCryptPasswordHasher):
    """Plain bcrypt (`$2b$…`)."""

    def verify(self, password: str, encoded: str) -> bool:
        # bcrypt raises on passwords over 72 bytes; no hash of it can have been made from one.
        return len(password.encode()) <= 72 and super().verify(password, encoded)
