"""The closed words of deliverables, and how people call them."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator

from agents.interview.parsing.words import fold
from agents.interview.state import Bilingual, Choice


def _word(value: Any) -> Any:
    """A closed word from how people say it in either language; anything else as it is."""
    if not isinstance(value, str) or value in TERMS:
        return value
    said = fold(value)
    return next((word for word, label in TERMS.items() if said in {fold(text) for text in (word, *label)}), value)


# Read by what people call them, stored as the word itself.
_SPOKEN = BeforeValidator(_word)

JourneyPhase: TypeAlias = Annotated[Literal["awareness", "consideration", "decision", "delight"], _SPOKEN]
Tier: TypeAlias = Annotated[Literal["primary", "secondary", "avoid"], _SPOKEN]
Bucket: TypeAlias = Annotated[Literal["proven", "supporting", "experimental"], _SPOKEN]
Intent: TypeAlias = Annotated[Literal["informational", "commercial", "transactional", "navigational"], _SPOKEN]
Priority: TypeAlias = Annotated[Literal["high", "medium", "low"], _SPOKEN]
EntryStatus: TypeAlias = Annotated[Literal["planned", "in_progress", "in_review", "published"], _SPOKEN]
Weekday: TypeAlias = Annotated[
    Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], _SPOKEN
]
AlertKind: TypeAlias = Annotated[
    Literal[
        "ramp_up", "bucket_off_target", "minimum_missed", "no_sale_reached", "assumption", "unpriced", "implausible"
    ],
    _SPOKEN,
]

JOURNEY_PHASES = ("awareness", "consideration", "decision", "delight")
REQUIRED_PHASES = JOURNEY_PHASES[:3]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
BUCKETS = ("proven", "supporting", "experimental")

TERMS: dict[str, Bilingual] = {
    "awareness": Bilingual("Descubrimiento", "Awareness"),
    "consideration": Bilingual("Consideración", "Consideration"),
    "decision": Bilingual("Decisión", "Decision"),
    "delight": Bilingual("Fidelización", "Delight"),
    "primary": Bilingual("Principal", "Primary"),
    "secondary": Bilingual("Secundario", "Secondary"),
    "avoid": Bilingual("Descartado", "Avoid"),
    "proven": Bilingual("Probado", "Proven"),
    "supporting": Bilingual("De apoyo", "Supporting"),
    "experimental": Bilingual("Experimental", "Experimental"),
    "informational": Bilingual("Informativa", "Informational"),
    "commercial": Bilingual("Comercial", "Commercial"),
    "transactional": Bilingual("Transaccional", "Transactional"),
    "navigational": Bilingual("De navegación", "Navigational"),
    "high": Bilingual("Alta", "High"),
    "medium": Bilingual("Media", "Medium"),
    "low": Bilingual("Baja", "Low"),
    "planned": Bilingual("Planificado", "Planned"),
    "in_progress": Bilingual("En curso", "In progress"),
    "in_review": Bilingual("En revisión", "In review"),
    "published": Bilingual("Publicado", "Published"),
    "monday": Bilingual("lunes", "Monday"),
    "tuesday": Bilingual("martes", "Tuesday"),
    "wednesday": Bilingual("miércoles", "Wednesday"),
    "thursday": Bilingual("jueves", "Thursday"),
    "friday": Bilingual("viernes", "Friday"),
    "saturday": Bilingual("sábado", "Saturday"),
    "sunday": Bilingual("domingo", "Sunday"),
    "weekend": Bilingual("fin de semana", "weekend"),
    "ramp_up": Bilingual("Totales y meses", "Totals and months"),
    "bucket_off_target": Bilingual("Reparto lejos de 70/20/10", "Split far from 70/20/10"),
    "minimum_missed": Bilingual("Mínimo no alcanzado", "Minimum missed"),
    "no_sale_reached": Bilingual("No llega a una venta", "Does not reach one sale"),
    "assumption": Bilingual("Supuesto", "Assumption"),
    "unpriced": Bilingual("Dato que falta", "Missing figure"),
    "implausible": Bilingual("Demasiado bueno", "Too good"),
    "testing": Bilingual("Prueba", "Testing"),
    "optimisation": Bilingual("Optimización", "Optimisation"),
    "scaling": Bilingual("Escala", "Scaling"),
}

_SYNONYMS: dict[str, tuple[str, ...]] = {
    "informational": ("info", "informacional", "aprender", "learn", "know"),
    "commercial": ("comparar", "comparativa", "compare", "commercial investigation", "investigacion comercial"),
    "transactional": ("comprar", "compra", "buy", "purchase", "transaccion"),
    "navigational": ("marca", "brand", "navegacional", "navegacion"),
    "high": ("alto", "h", "maxima"),
    "medium": ("medio", "normal", "m"),
    "low": ("bajo", "l", "minima"),
    "weekend": ("fines de semana", "finde", "weekends", "the weekend", "sabados y domingos"),
    "saturday": ("sabados", "saturdays", "sat"),
    "sunday": ("domingos", "sundays", "sun"),
}


def term(word: str, language: str) -> str:
    """A closed word as people say it; any other as it is."""
    return TERMS[word].of(language) if word in TERMS else word


def choices(*words: str) -> tuple[Choice, ...]:
    """Closed words as choices of a question."""
    return tuple(Choice(word, TERMS[word], _SYNONYMS.get(word, ())) for word in words)
