"""OpenAI's embeddings, and every server that speaks their form."""

from __future__ import annotations

from collections.abc import Sequence

import httpx2
import openai

from agents.conf import AgentSettings
from agents.errors import AuthenticationFailed, BadRequest, OutputError
from agents.knowledge.embeddings.base import Embedded, Purpose, SpaceKey, checked, tokens
from agents.messages import Usage
from agents.providers.answers import read_json
from agents.providers.errors import retry_after, status_error, transport_error
from agents.providers.transport import http_client, timeouts


class OpenAIEmbedder:
    """`/embeddings` through the official SDK; the model shortens its vectors to the space's dimensions itself."""

    batch = 96

    def __init__(
        self, key: SpaceKey, settings: AgentSettings, *, transport: httpx2.BaseTransport | None = None
    ) -> None:
        access = settings.access("openai")
        if not access.api_key:
            raise AuthenticationFailed("OPENAI_API_KEY is not set.")
        self.key = key
        self._settings = settings
        self._client = openai.OpenAI(
            api_key=access.api_key,
            base_url=access.base_url or None,
            max_retries=0,
            http_client=http_client(settings, transport=transport),
        )

    def request(self, texts: Sequence[str], *, purpose: Purpose, timeout: float) -> Embedded:
        try:
            response = self._client.post(
                "/embeddings",
                cast_to=httpx2.Response,
                body={"model": self.key.model, "input": list(texts), "dimensions": self.key.dimensions},
                options={"timeout": timeouts(timeout, self._settings)},
            )
        except openai.APIStatusError as error:
            raise status_error(error.status_code, retry_after=retry_after(error.response.headers)) from error
        except openai.APIConnectionError as error:
            raise transport_error(error, timed_out=isinstance(error, openai.APITimeoutError)) from error
        except (openai.OpenAIError, ValueError) as error:
            raise BadRequest(type(error).__name__) from error
        try:
            answer = read_json(response.content)
            items = sorted(answer["data"], key=lambda item: item["index"])
            usage = Usage(prompt_tokens=tokens((answer.get("usage") or {}).get("prompt_tokens")))
            return Embedded(
                vectors=checked([item["embedding"] for item in items], self.key, len(texts), usage), usage=usage
            )
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise OutputError("The answer holds no embeddings.") from error
