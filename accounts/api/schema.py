"""How the OpenAPI document shows our bearer tokens."""

from drf_spectacular.contrib.rest_framework_simplejwt import SimpleJWTScheme


class ConsultantScheme(SimpleJWTScheme):
    """Tokens of `/api/auth`."""

    target_class = "accounts.api.authentication.ConsultantAuthentication"
    name = "consultantToken"


class SupervisorScheme(SimpleJWTScheme):
    """Tokens of `/api/v1/auth`."""

    target_class = "accounts.api.authentication.SupervisorAuthentication"
    name = "supervisorToken"
