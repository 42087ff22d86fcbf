"""Names of files that every file system takes, and the header that carries them."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

from exports.dossier import Deliverable, Dossier

# A file system takes 255 bytes a name; what follows the client's name needs less than half of them.
CLIENT_BYTES = 120
NAMELESS = "client"
# Letters, the marks that belong to them, and digits.
KEPT = ("L", "M", "N")


def stage_filename(dossier: Dossier, deliverable: Deliverable, suffix: str) -> str:
    """`{client}_{stage}_{slug}_{date}.{suffix}`, of the day on which the deliverable was made."""
    day = dossier.only(deliverable).made_on
    slug = deliverable.definition.slug
    return f"{client_part(dossier.client_name)}_{deliverable.stage_number}_{slug}_{day:%Y-%m-%d}.{suffix}"


def account_filename(dossier: Dossier, what: str, suffix: str) -> str:
    """`{client}_{what}_{date}.{suffix}`, of the day of the newest deliverable."""
    return f"{client_part(dossier.client_name)}_{what}_{dossier.made_on:%Y-%m-%d}.{suffix}"


def client_part(name: str) -> str:
    """Letters and digits of a name, in any script, joined by hyphens: no separator, quote, dot or control character.

    Since an underscore and more always follow, it is no device's name on Windows either.
    """
    words = "".join(
        char if unicodedata.category(char)[0] in KEPT else " " for char in unicodedata.normalize("NFC", name)
    )
    joined = "-".join(words.split()).encode()[:CLIENT_BYTES].decode(errors="ignore")
    return joined.strip("-") or NAMELESS


def disposition(filename: str) -> str:
    """The `Content-Disposition` of a download: the name in ASCII for old clients, then as it is (RFC 6266, 8187)."""
    plain = unicodedata.normalize("NFKD", filename).encode("ascii", "ignore").decode()
    if plain == filename:
        return f'attachment; filename="{filename}"'
    plain = f"{NAMELESS}{plain}" if plain.startswith("_") else plain
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"
