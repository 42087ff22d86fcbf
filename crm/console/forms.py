"""The console's forms: which cases to list, and what to decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from crm.console import wording
from crm.models import Channel
from crm.selectors import Case
from crm.vendors.senders import longest_reply

APPROVE, REJECT = "approve", "reject"


class QueueFilterForm(forms.Form):
    """Filters of the queue; a value that does not fit is as good as none."""

    account = forms.ModelChoiceField(Account.objects.none(), required=False, label=_("Account"), empty_label=_("All"))
    channel = forms.ModelChoiceField(Channel.objects.none(), required=False, label=_("Channel"), empty_label=_("All"))
    sentiment = forms.ChoiceField(
        choices=[("", _("All")), *wording.SENTIMENTS.items()], required=False, label=_("Sentiment")
    )
    sla_breached = forms.NullBooleanField(
        label=_("SLA"),
        widget=forms.Select(choices=[("", _("All")), ("true", _("Breached")), ("false", _("Kept"))]),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, auto_id="filter-%s", label_suffix="")
        self.fields["account"].queryset = Account.objects.filter(channels__isnull=False).distinct()
        self.fields["channel"].queryset = Channel.objects.all()

    def chosen(self) -> dict[str, Any]:
        """Arguments for `selectors.pending_runs`."""
        self.is_valid()
        account, channel = self.cleaned_data.get("account"), self.cleaned_data.get("channel")
        return {
            "account_id": account.pk if account else None,
            "channel": channel.pk if channel else None,
            "sentiment": self.cleaned_data.get("sentiment", ""),
            "sla_breached": self.cleaned_data.get("sla_breached"),
        }


class WrittenField(forms.CharField):
    """A text as it was written: browsers send line ends as CRLF, and count them as one character."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


class DecisionForm(forms.Form):
    """What a supervisor decides on one case. The draft is the reply unless it was changed."""

    reply = WrittenField(required=False, label=_("Reply to the customer"))
    reason = WrittenField(required=False, max_length=2000, label=_("Reason"))
    draft_digest = forms.CharField(required=False, widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[(APPROVE, APPROVE), (REJECT, REJECT)], required=True)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        initial = {"reply": case.run.draft, "draft_digest": case.draft_digest}
        super().__init__(*args, initial=initial, **kwargs)
        self.draft = case.run.draft
        longest = longest_reply(case.conversation.channel)
        self.fields["reply"].max_length = longest
        self.fields["reply"].validators.append(MaxLengthValidator(longest))

    def clean_reply(self) -> str:
        """The text if it is not the draft."""
        written = self.cleaned_data["reply"]
        return "" if written == self.draft.replace("\r\n", "\n").strip() else written

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("decision") == REJECT and "reason" in cleaned and not cleaned["reason"]:
            self.add_error("reason", _("A rejection needs a reason."))
        if (
            cleaned.get("decision") == APPROVE
            and self.draft
            and "reply" in self.data
            and not self.data["reply"].strip()
        ):
            self.add_error("reply", _("The reply is empty. Write one, or restore the draft."))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """Arguments for `services.decision_make`."""
        approved = self.cleaned_data["decision"] == APPROVE
        return {
            "approved": approved,
            "reason": self.cleaned_data["reason"],
            "reply": self.cleaned_data["reply"] if approved else "",
            "draft_digest": self.cleaned_data["draft_digest"],
        }
