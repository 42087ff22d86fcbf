"""Every write of the CRM."""

from crm.services.cases import case_claim, case_release, claims_sweep
from crm.services.channels import (
    callback_secret_renew,
    channel_default,
    channel_ensure,
    channel_save,
    default_channels_ensure,
)
from crm.services.decisions import decision_execute, decision_make
from crm.services.events import (
    event_replay,
    events_forget,
    events_replay,
    request_handle,
    request_refuse,
    request_take,
)
from crm.services.handling import message_handle
from crm.services.inbound import Receipt, message_receive
from crm.services.keys import (
    webhook_key_authenticate,
    webhook_key_create,
    webhook_key_find,
    webhook_key_revoke,
    webhook_key_rotate,
    webhook_key_use,
)
from crm.services.runs import run_process
from crm.services.work import run_continue, runs_sweep

__all__ = [
    "Receipt",
    "callback_secret_renew",
    "case_claim",
    "case_release",
    "channel_default",
    "channel_ensure",
    "channel_save",
    "claims_sweep",
    "decision_execute",
    "decision_make",
    "default_channels_ensure",
    "event_replay",
    "events_forget",
    "events_replay",
    "message_handle",
    "message_receive",
    "request_handle",
    "request_refuse",
    "request_take",
    "run_continue",
    "run_process",
    "runs_sweep",
    "webhook_key_authenticate",
    "webhook_key_create",
    "webhook_key_find",
    "webhook_key_revoke",
    "webhook_key_rotate",
    "webhook_key_use",
]
