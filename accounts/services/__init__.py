"""Every write about people and accounts."""

from accounts.services.accounts import account_create, account_delete, account_update, demo_account_ensure
from accounts.services.attempts import ADDRESS_LIMIT, failures_check, failures_forget, failures_record
from accounts.services.brands import brand_logo_remove, brand_logo_set, brand_set
from accounts.services.people import SUPERVISORS, consultant_register, supervisor_ensure
from accounts.services.sessions import (
    consultant_login,
    login,
    supervisor_login,
    tokens_refresh,
    tokens_revoke,
)

__all__ = [
    "ADDRESS_LIMIT",
    "SUPERVISORS",
    "account_create",
    "account_delete",
    "account_update",
    "brand_logo_remove",
    "brand_logo_set",
    "brand_set",
    "consultant_login",
    "consultant_register",
    "demo_account_ensure",
    "failures_check",
    "failures_forget",
    "failures_record",
    "login",
    "supervisor_ensure",
    "supervisor_login",
    "tokens_refresh",
    "tokens_revoke",
]
