"""Reading what people type: cleaning, folding case and accents, spotting yes and no."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from agents.interview.state import Bilingual, ParseFault

MAX_LENGTH = 8_000

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t\u00a0\u202f]+")
_NOT_WORD = re.compile(r"[^\w%€$£]+|_")
_APOSTROPHES = re.compile(r"['’`´]")

_YES = frozenset(
    "si|sip|yes|yep|yeah|y|s|ok|okay|okey|vale|claro|claro que si|por supuesto|de acuerdo|correcto|es correcto|"
    "confirmo|lo confirmo|confirmado|confirmalo|perfecto|exacto|eso es|asi es|dale|adelante|esta bien|bien|me parece "
    "bien|"
    "sure|right|correct|that is right|thats right|confirm|i confirm|confirmed|agreed|exactly|go ahead|fine|of course|"
    "sounds good|looks good|great|yes please|si por favor|si correcto|yes correct|si confirmo|yes i confirm|"
    "si esta bien|si eso es|si asi es|si claro|si perfecto|yes thats right".split("|")
)
_NO = frozenset(
    "no|nope|n|no gracias|no thanks|no thank you|ninguno|ninguna|ningun|ningunos|ningunas|none|nothing|nada|nada mas|"
    "no hay|no hay mas|ya esta|no tengo|no tenemos|ninguno mas|ninguna mas|no more|nothing else|none of them|"
    "there are none|we have none|cero|zero|0|sin|no por ahora|not for now|not yet|todavia no|aun no|ninguno por ahora|"
    "none for now|no ninguno|no ninguna|no none".split("|")
)


_TAKES_OFFER = re.compile(
    r"^(?:(?:si|vale|ok|okay|yes|sure|venga|pues|bueno|no se|i dont know|then|entonces) )*"
    r"(?:usa|usemos|pon|pongamos|deja|coge|toma|acepto|me quedo con|vamos con|uso|use|take|keep|accept|i accept|"
    r"go with|lets go with|lets use|we use|ill take|i will take|put)? ?(?:la|el|los|las|lo|the|your|tu|tus|esa|esos|"
    r"esas|that|those|these|this)? ?(?:supuestos?|suposicion(?:es)?|propuest[ao]s?|cifras|figures|assumptions?|"
    r"proposals?|defaults?|suggestions?|suggested|sugerid[ao]s?|sugerencias?|que (?:me )?(?:propones|sugieres|dices)|"
    r"what you (?:propose|suggest)|por defecto)"
    r"(?: (?:tuy[oa]s?|propuest[ao]s?|por defecto|que (?:me )?(?:propones|das)|you (?:propose|gave)|as they are|"
    r"tal cual|please|por favor|gracias|thanks))*$"
)


def clean(text: str, *, longest: int = MAX_LENGTH) -> str:
    """The text without control characters and runs of blanks, cut to the longest message allowed."""
    lines = _CONTROL.sub("", text[:longest].replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in lines).strip()


def clean_rows(text: str) -> str:
    """Like `clean`, but tabs stay: they part cells."""
    lines = (clean(line.replace("\t", "¦")) for line in text[:MAX_LENGTH].split("\n"))
    return "\n".join(line.replace("¦", "\t") for line in lines)


@lru_cache(maxsize=2048)
def fold(text: str) -> str:
    """Lower case, no accents, no punctuation, single blanks: for comparing, never for showing."""
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text.casefold()))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(_NOT_WORD.sub(" ", plain).split())


def is_yes(text: str) -> bool:
    """Whether the whole message is a plain yes."""
    return fold(text) in _YES


def accepts(text: str) -> bool:
    """Whether the whole message is a plain yes or takes what was offered: "use your assumptions"."""
    return is_yes(text) or bool(_TAKES_OFFER.match(fold(text)))


def is_no(text: str) -> bool:
    """Whether the whole message is a plain no, none or nothing."""
    return fold(text) in _NO


def readable(text: str) -> bool:
    """Whether there is anything to read: two letters, or a digit."""
    letters = sum(character.isalpha() for character in text[:200])
    return letters >= 2 or any(character.isdigit() for character in text[:200])


def fault(es: str, en: str, *, incomplete: bool = False) -> ParseFault:
    return ParseFault(Bilingual(es, en), incomplete)
