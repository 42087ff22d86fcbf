"""Bodies that announce no length (`Transfer-Encoding: chunked`), which Django takes for empty ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class ChunkedBodies:
    """WSGI middleware: reads a chunked body up to one byte over the limit of its path and gives it a length.

    One that is longer is then refused like any other by `BodyLimitMiddleware`.
    """

    def __init__(self, application: Application, *, limit: Callable[[str], int]) -> None:
        self.application = application
        self.limit = limit

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not environ.get("CONTENT_LENGTH") and "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
            body = environ["wsgi.input"].read(self.limit(environ.get("PATH_INFO", "")) + 1)
            environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(body), str(len(body))
        return self.application(environ, start_response)
