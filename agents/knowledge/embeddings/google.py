"""Google's embeddings."""

from __future__ import annotations

from collections.abc import Sequence

import httpx2
from google import genai
from google.genai import errors as genai_errors
from google.genai import types

from agents.conf import AgentSettings
from agents.errors import AuthenticationFailed, OutputError
from agents.knowledge.embeddings.base import Embedded, Purpose, SpaceKey, checked, tokens
from agents.messages import Usage
from agents.providers.errors import status_error, transport_error
from agents.providers.transport import http_client

TASKS: dict[Purpose, str] = {"passage": "RETRIEVAL_DOCUMENT", "query": "RETRIEVAL_QUERY"}
VERSION = "v1beta"


class GoogleEmbedder:
    """`batchEmbedContents` through the official SDK."""

    batch = 96

    def __init__(
        self, key: SpaceKey, settings: AgentSettings, *, transport: httpx2.BaseTransport | None = None
    ) -> None:
        access = settings.access("google")
        if not access.api_key:
            raise AuthenticationFailed("GOOGLE_AI_API_KEY is not set.")
        self.key = key
        self._client = genai.Client(
            vertexai=False,
            api_key=access.api_key,
            http_options=types.HttpOptions(
                base_url=access.base_url.rstrip("/").removesuffix(f"/{VERSION}") or None,
                api_version=VERSION,
                httpx_client=http_client(settings, transport=transport),
            ),
        )

    def request(self, texts: Sequence[str], *, purpose: Purpose, timeout: float) -> Embedded:
        config = types.EmbedContentConfig(
            task_type=TASKS[purpose],
            output_dimensionality=self.key.dimensions,
            http_options=types.HttpOptions(timeout=max(1, round(timeout * 1000))),
        )
        try:
            answer = self._client.models.embed_content(model=self.key.model, contents=list(texts), config=config)
        except genai_errors.APIError as error:
            raise status_error(error.code) from error
        except httpx2.RequestError as error:
            raise transport_error(error, timed_out=isinstance(error, httpx2.TimeoutException)) from error
        except ValueError as error:
            raise OutputError("The answer holds no embeddings.") from error
        # This interface of Google's tells no tokens yet; its cloud edition does, with each vector.
        items = answer.embeddings or []
        usage = Usage(prompt_tokens=sum(tokens(item.statistics and item.statistics.token_count) for item in items))
        return Embedded(vectors=checked([item.values for item in items], self.key, len(texts), usage), usage=usage)
