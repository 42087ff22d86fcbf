"""Why a document cannot be taken in, each with the sentence its owner reads. Known to the reading process, too."""

from __future__ import annotations


class DocumentError(Exception):
    """The document cannot be read."""

    code = "document_error"

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (type(self).__doc__ or "").strip())


class Encrypted(DocumentError):
    """It is protected by a password; save a copy without one."""

    code = "encrypted"


class Damaged(DocumentError):
    """It is damaged: its structure cannot be read."""

    code = "damaged"


class Empty(DocumentError):
    """It is empty."""

    code = "empty"


class NoText(DocumentError):
    """It has pages but no text on them: a scan needs OCR before it can be searched."""

    code = "no_text"


class WrongKind(DocumentError):
    """It is not what its name says."""

    code = "wrong_kind"


class UnknownKind(DocumentError):
    """Documents of this kind cannot be read; PDF, DOCX, HTML, Markdown and text can."""

    code = "unknown_kind"


class TooLarge(DocumentError):
    """It is larger than allowed."""

    code = "too_large"


class TooManyPages(DocumentError):
    """It has more pages than allowed."""

    code = "too_many_pages"


class TooMuchText(DocumentError):
    """It unfolds to more text than allowed."""

    code = "too_much_text"


class TooMuchMemory(DocumentError):
    """Reading it takes more memory than allowed."""

    code = "too_much_memory"


class TooSlow(DocumentError):
    """Reading it takes longer than allowed."""

    code = "too_slow"


class ReaderDied(DocumentError):
    """Reading it broke off: it is damaged, or needs more memory than allowed."""

    code = "reader_died"


class Unreadable(DocumentError):
    """The file cannot be opened."""

    code = "unreadable"


BY_CODE = {kind.code: kind for kind in DocumentError.__subclasses__()}
