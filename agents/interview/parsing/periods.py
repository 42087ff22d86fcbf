"""What an amount is paid for: a month, a year, a purchase, a patient; and in the words of both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from agents.interview.parsing.words import fold
from agents.interview.state import Bilingual

# By code: the words that say it, singular and plural, and how it is written after an amount.
_TIMES: Mapping[str, tuple[str, Bilingual]] = {
    "hour": ("horas? hours? hr", Bilingual("por hora", "an hour")),
    "day": ("dias? days?", Bilingual("al día", "a day")),
    "week": ("semanas? weeks? wk", Bilingual("a la semana", "a week")),
    "month": ("mes(?:es)? months? mo", Bilingual("al mes", "a month")),
    "quarter": ("trimestres? quarters?", Bilingual("al trimestre", "a quarter")),
    "year": ("anos? years? yr annum", Bilingual("al año", "a year")),
}
_UNITS: Mapping[str, tuple[str, Bilingual]] = {
    "purchase": ("compras? purchases? ventas? sales?", Bilingual("por compra", "per purchase")),
    "order": ("pedidos? orders? encargos?", Bilingual("por pedido", "per order")),
    "unit": ("unidad(?:es)? units? piezas? pieces? items? uno una", Bilingual("por unidad", "per unit")),
    "user": ("usuari[oa]s? users? seats? puestos? asientos?", Bilingual("por usuario", "per user")),
    "customer": ("clientes? customers? clients?", Bilingual("por cliente", "per customer")),
    "person": ("personas? person people head comensal(?:es)?", Bilingual("por persona", "per person")),
    "patient": ("pacientes? patients?", Bilingual("por paciente", "per patient")),
    "visit": ("visitas? visits?", Bilingual("por visita", "per visit")),
    "session": ("sesion(?:es)? sessions? clases? class(?:es)?", Bilingual("por sesión", "per session")),
    "treatment": ("tratamientos? treatments?", Bilingual("por tratamiento", "per treatment")),
    "project": ("proyectos? projects? obras? jobs?", Bilingual("por proyecto", "per project")),
    "licence": ("licencias? licen[cs]es?", Bilingual("por licencia", "per licence")),
    "student": ("alumn[oa]s? students? estudiantes?", Bilingual("por alumno", "per student")),
    "night": ("noches? nights?", Bilingual("por noche", "a night")),
    "plant": ("plantas? plants? fabricas? factor(?:y|ies)", Bilingual("por planta", "per plant")),
}
_ADJECTIVES: Mapping[str, str] = {
    "hour": r"hourly",
    "day": r"diari[oa]s?|daily",
    "week": r"semanal(?:es|mente)?|weekly",
    "month": r"mensual(?:es|mente)?|monthly|pcm|p ?m",
    "quarter": r"trimestral(?:es|mente)?|quarterly",
    "year": r"anual(?:es|mente)?|annual(?:ly)?|yearly|p ?a",
}
_EACH = r"(?:al|a la|a|an|por|per|each|every|cada|the|el|la|y)"
_PATTERNS = tuple(
    (code, re.compile(rf"(?<!\w)(?:{_EACH} (?:{words.replace(' ', '|')})|{_ADJECTIVES.get(code, '$^')})(?!\w)"))
    for code, (words, _) in (*_UNITS.items(), *_TIMES.items())
)
_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("dos two", "tres three", "cuatro four", "cinco five", "seis six", "siete seven", "ocho eight", "nueve nine",
         "diez ten", "once eleven", "doce twelve"), start=2,
    )
    for word in words.split()
}  # fmt: skip
_SPAN = re.compile(
    rf"(?<!\w)(?:en|para|por|durante|cada|for|over|in|every) (?:los |the |each )?(?P<many>\d{{1,2}}|"
    rf"{'|'.join(_NUMBERS)}) (?:meses|months)(?!\w)"
)
_MONTHS = "months-"
_SLASH = re.compile(r"\s*/\s*(?=[^\W\d])")
_MONTHS_IN: Mapping[str, Decimal] = {"month": Decimal(1), "quarter": Decimal(3), "year": Decimal(12)}
_LENGTH = 40  # how far after an amount its period may stand


def read_per(after: str) -> list[str]:
    """What the words that follow an amount say it is paid for, units before times; empty if they do not."""
    near = f" {fold(_SLASH.sub(' per ', after[:_LENGTH]))} "
    codes = [code for code, pattern in _PATTERNS if pattern.search(near)]
    span = _SPAN.search(near)
    return [*codes, f"{_MONTHS}{_NUMBERS.get(span['many'], span['many'])}"] if span else codes


def render_per(codes: list[str], language: str) -> str:
    """ "por usuario al mes", "a year"."""
    known = {**_UNITS, **_TIMES}
    told = [known[code][1] if code in known else _span(code) for code in codes if code in known or is_time(code)]
    return " ".join(words.of(language) for words in told)


def _span(code: str) -> Bilingual:
    many = code.removeprefix(_MONTHS)
    return Bilingual(f"en {many} meses", f"over {many} months")


def is_time(code: str) -> bool:
    """Whether what an amount is paid for is a stretch of time."""
    return code in _TIMES or code.startswith(_MONTHS)


def months_in(code: str) -> Decimal | None:
    """The months of a stretch of time, where it is made of whole ones."""
    return Decimal(code.removeprefix(_MONTHS)) if code.startswith(_MONTHS) else _MONTHS_IN.get(code)
