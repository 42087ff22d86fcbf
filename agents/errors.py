"""What can go wrong with a model, in our words. Providers raise these and nothing else."""

from __future__ import annotations

from agents.messages import Usage


class AgentError(Exception):
    """Something went wrong in the agent pipeline."""

    code = "agent_error"
    transient = False

    def __init__(self, message: str = "", *, usage: Usage | None = None) -> None:
        super().__init__(message or (type(self).__doc__ or "").strip())
        # Tokens were spent even when the answer is no use; the ledger wants them.
        self.usage = usage or Usage()


class ProviderError(AgentError):
    """The model provider failed."""

    code = "provider_error"


class AuthenticationFailed(ProviderError):
    """The provider refused our key."""

    code = "authentication"


class RateLimited(ProviderError):
    """The provider asks us to slow down."""

    code = "rate_limit"
    transient = True

    def __init__(self, message: str = "", *, retry_after: float | None = None, usage: Usage | None = None) -> None:
        super().__init__(message, usage=usage)
        self.retry_after = retry_after


class Overloaded(RateLimited):
    """The provider is overloaded or failing."""

    code = "overloaded"


class ProviderTimeout(ProviderError):
    """The provider did not answer in time."""

    code = "timeout"
    transient = True


class ConnectionFailed(ProviderError):
    """The provider could not be reached."""

    code = "connection"
    transient = True


class BadRequest(ProviderError):
    """The provider found our request faulty."""

    code = "bad_request"


class ModelNotFound(BadRequest):
    """The provider does not know this model (any more)."""

    code = "model_not_found"


class OutputError(ProviderError):
    """The model's answer cannot be used."""

    code = "bad_output"


class Refused(OutputError):
    """The model refused to answer."""

    code = "refusal"


class ContentBlocked(OutputError):
    """The provider's filter blocked the request or the answer."""

    code = "content_blocked"


class Truncated(OutputError):
    """The answer was cut at the token limit."""

    code = "truncated"


class EmptyAnswer(OutputError):
    """The model answered nothing."""

    code = "empty"


class InvalidOutput(OutputError):
    """The answer does not fit the schema."""

    code = "invalid_output"

    def __init__(self, message: str = "", *, faults: str = "", text: str = "", usage: Usage | None = None) -> None:
        super().__init__(message, usage=usage)
        self.faults = faults
        self.text = text


class UnsupportedPurpose(ProviderError):
    """The rules cannot do what was asked."""

    code = "unsupported_purpose"


class DeadlineExceeded(ProviderError):
    """No time is left for this turn."""

    code = "deadline"


class UnknownModel(AgentError):
    """No such model is configured."""

    code = "unknown_model"


class NoModelAvailable(AgentError):
    """Every provider failed and rules may not answer here."""

    code = "no_model"


class ToolLoopExceeded(AgentError):
    """The model kept calling tools without answering."""

    code = "tool_loop"


class MissingVariable(AgentError):
    """A prompt names a variable that was not given."""

    code = "missing_variable"


class SuperfluousVariable(AgentError):
    """A variable was given that the prompt does not name."""

    code = "superfluous_variable"
