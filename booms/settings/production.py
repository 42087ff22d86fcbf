"""A server of the agency's: no secret is made up, everything goes over https."""

from booms import environment
from booms.settings.base import *  # noqa: F403
from booms.settings.base import SIMPLE_JWT

SECRET_KEY = environment.secret("SECRET_KEY", folder=None, make=str)
SIMPLE_JWT["SIGNING_KEY"] = environment.secret("JWT_SECRET_KEY", "JWT_SECRET", folder=None, make=str)
ALLOWED_HOSTS = environment.secret("ALLOWED_HOSTS", folder=None, make=str).split(",")

SECURE_SSL_REDIRECT = environment.boolean("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^health"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
