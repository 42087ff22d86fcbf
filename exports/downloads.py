"""The answer that carries a file, the same for the API and for the pages."""

from __future__ import annotations

from io import SEEK_END

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from exports.filenames import disposition
from exports.services import Export


def download(request: HttpRequest, export: Export) -> HttpResponseBase:
    """The file; nothing is rendered for a client that has it already. Raises `Unavailable`."""
    tag = f'"{export.tag}"'
    answer = HttpResponseNotModified() if _has(request, tag) else _file(request, export)
    answer["ETag"] = tag
    # For this client alone, and to be asked for again each time.
    answer["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ["Authorization", "Cookie"])
    return answer


def _has(request: HttpRequest, tag: str) -> bool:
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return known == ["*"] or tag in (each.removeprefix("W/") for each in known)


def _file(request: HttpRequest, export: Export) -> HttpResponseBase:
    file = export.render()
    if request.method == "HEAD":
        with file:
            answer = HttpResponse(headers={"Content-Length": str(file.seek(0, SEEK_END))})
    else:
        answer = FileResponse(file)  # which knows its length, and closes it
    answer["Content-Type"] = export.exporter.content_type
    answer["Content-Disposition"] = disposition(export.filename)
    answer["Content-Language"] = export.outline.language
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
