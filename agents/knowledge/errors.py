"""Why a document, or one of its pages, cannot be taken in, each with the sentence its owner reads.

Known to the reading process, too, which knows no Django: sentences are marked here and translated where they are shown.
"""

from __future__ import annotations

from typing import ClassVar


def gettext_noop(words: str) -> str:
    """Marks words for the catalogue of translations; what Django calls so, without Django."""
    return words


_ = gettext_noop


class DocumentError(Exception):
    """The document cannot be read. `values` fill the sentence's places: numbers, or marked words."""

    code: ClassVar[str] = "document_error"
    sentence: ClassVar[str] = _("It cannot be read.")

    def __init__(self, **values: str | int) -> None:
        super().__init__(self.sentence % values)
        self.values = values


class Encrypted(DocumentError):
    """A password protects it."""

    code = "encrypted"
    sentence = _("It is protected by a password; save a copy without one.")


class Damaged(DocumentError):
    """Its structure makes no sense."""

    code = "damaged"
    sentence = _("It is damaged: its structure cannot be read.")


class Empty(DocumentError):
    """There is nothing in it."""

    code = "empty"
    sentence = _("It is empty.")


class NoText(DocumentError):
    """It has pages but no text on any of them."""

    code = "no_text"
    sentence = _("It has pages but no text on them: a scan needs OCR before it can be searched.")


class WrongKind(DocumentError):
    """Its first bytes are another kind's. Values: `called`, `nature`."""

    code = "wrong_kind"
    sentence = _("It is called %(called)s but is %(nature)s.")


class UnknownKind(DocumentError):
    """Its name ends in nothing we read."""

    code = "unknown_kind"
    sentence = _("Documents of this kind cannot be read; PDF, DOCX, HTML, Markdown and text can.")


class TooLarge(DocumentError):
    """It has too many bytes. Value: `megabytes`."""

    code = "too_large"
    sentence = _("It is larger than %(megabytes)s MB.")


class TooManyPages(DocumentError):
    """Values: `pages`, `most`."""

    code = "too_many_pages"
    sentence = _("It has %(pages)s pages; %(most)s are allowed.")


class TooMuchText(DocumentError):
    """Value: `most` characters."""

    code = "too_much_text"
    sentence = _("It has more than %(most)s characters of text.")


class Unfolds(DocumentError):
    """A package that is small only while it is packed. Value: `megabytes`."""

    code = "unfolds"
    sentence = _("It unfolds to %(megabytes)s MB, which is more than allowed.")


class TooMuchMemory(DocumentError):
    """Reading it reached the limit of memory."""

    code = "too_much_memory"
    sentence = _("Reading it takes more memory than allowed.")


class TooSlow(DocumentError):
    """Value: `seconds`."""

    code = "too_slow"
    sentence = _("Reading it takes longer than %(seconds)s seconds.")


class ReaderDied(DocumentError):
    """The reading process ended without a word."""

    code = "reader_died"
    sentence = _("Reading it broke off: it is damaged, or needs more memory than allowed.")


class Missing(DocumentError):
    """There is nothing at its path."""

    code = "missing"
    sentence = _("There is no such file.")


class NoFile(DocumentError):
    """A device, a pipe or the like."""

    code = "no_file"
    sentence = _("It is no ordinary file.")


class Unreadable(DocumentError):
    """The operating system refuses it. Value: `reason`, in the system's words."""

    code = "unreadable"
    sentence = _("It cannot be opened: %(reason)s.")


class PageDamaged(DocumentError):
    """A page that makes no sense in a document whose others do."""

    code = "page_damaged"
    sentence = _("The page is damaged and was left out.")


class PageScanned(DocumentError):
    """A page that is a picture in a document whose others have text."""

    code = "page_scanned"
    sentence = _("The page is a picture without text: it needs OCR before it can be searched.")


BY_CODE = {kind.code: kind for kind in DocumentError.__subclasses__()}
