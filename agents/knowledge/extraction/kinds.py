"""Which kind of document a file is: by its name, and then by whether its first bytes agree."""

from __future__ import annotations

from pathlib import PurePath

from agents.knowledge.errors import Empty, UnknownKind, WrongKind
from agents.knowledge.errors import gettext_noop as _

KINDS = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
}
# First bytes that say what a file really is.
MARKS = {
    b"%PDF-": _("a PDF"),
    b"PK\x03\x04": _("a ZIP archive or office document"),
    b"\xd0\xcf\x11\xe0": _("an old office document or a protected one"),
    b"\x89PNG": _("an image"),
    b"\xff\xd8\xff": _("an image"),
    b"GIF8": _("an image"),
    b"{\\rtf": _("an RTF document"),
    b"\x7fELF": _("a program"),
    b"MZ": _("a program"),
    b"\x1f\x8b": _("a compressed file"),
}
HEAD = 1024


def kind_of(name: str) -> str:
    """The kind its name promises. Raises `UnknownKind`."""
    kind = KINDS.get(PurePath(name).suffix.lower())
    if kind is None:
        raise UnknownKind
    return kind


def check_kind(kind: str, data: bytes) -> None:
    """Raise `Empty` for nothing but blanks and `WrongKind` when the first bytes are another kind's."""
    head = data[:HEAD]
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise Empty
    if kind == "pdf" and b"%PDF-" not in head:
        raise WrongKind(called=_("a PDF"), nature=_nature(head))
    if kind == "docx" and not head.startswith(b"PK\x03\x04"):
        raise WrongKind(called=_("a DOCX"), nature=_nature(head))
    if kind in ("html", "markdown", "text") and (nature := _binary(head)):
        raise WrongKind(called=_("text"), nature=nature)


def _nature(head: bytes) -> str:
    if nature := _binary(head):
        return nature
    return _("an HTML page") if b"<html" in head.lower() or b"<!doctype html" in head.lower() else _("something else")


def _binary(head: bytes) -> str:
    for mark, nature in MARKS.items():
        if head.startswith(mark):
            return nature
    # UTF-16 is full of zero bytes, and says what it is.
    return _("binary data") if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) else ""
