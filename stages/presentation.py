"""A deliverable as people read it: the sections of its definition written out, and where each part comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from agents.interview.rendering import render_date, render_decimal, render_money
from agents.interview.state import Origin
from stages.definitions.base import StageDefinition
from stages.definitions.layout import Form, Format, Label, Section
from stages.definitions.vocabulary import term

NOTHING = "–"
_CENT = Decimal("0.01")
_LONG = 40
_NUMERIC = frozenset((Format.MONEY, Format.PERCENT, Format.RATE, Format.NUMBER))
# A table with more columns and fewer rows than these is read more easily on its side.
_MANY_COLUMNS, _FEW_ROWS = 9, 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A value as text, or as items. `is_assumed` marks the first value of a row whose figures have no source."""

    text: str = ""
    items: tuple[str, ...] = ()
    is_number: bool = False
    is_date: bool = False
    is_assumed: bool = False

    @property
    def kind(self) -> str:
        """What it is, for the style of its cell."""
        if self.is_number:
            return "number"
        return "date" if self.is_date else "long" if len(str(self)) > _LONG else ""

    def __str__(self) -> str:
        return "; ".join(self.items) if self.items else self.text


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """What a field or a column is called, and where its values come from."""

    title: str
    origins: tuple[Origin, ...] = ()
    is_number: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A section of a deliverable. Fields have one row, tables many; prose and items have neither.

    What comes all from one place says so once: then `origins` is the whole block's and the headings have none.
    """

    key: str
    title: str
    form: Form
    headings: tuple[Heading, ...] = ()
    rows: tuple[tuple[Written, ...], ...] = ()
    paragraphs: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()

    @property
    def fields(self) -> list[tuple[Heading, Written]]:
        return list(zip(self.headings, self.rows[0], strict=True)) if self.rows else []

    @property
    def is_figures(self) -> bool:
        """Whether the fields are figures, of which many fit in a line."""
        return all(heading.is_number for heading in self.headings)

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.paragraphs)

    @property
    def on_its_side(self) -> bool:
        """Whether the table is better shown with its columns as lines."""
        return self.form is Form.TABLE and len(self.headings) > _MANY_COLUMNS and 0 < len(self.rows) <= _FEW_ROWS

    @property
    def lines(self) -> list[tuple[Heading, tuple[Written, ...]]]:
        """The table on its side: each heading with its values, the one that tells the rows apart first."""
        lines = [(heading, tuple(row[at] for row in self.rows)) for at, heading in enumerate(self.headings)]
        telling = next((line for line in lines if len({str(value) for value in line[1]}) == len(self.rows)), lines[0])
        return [telling, *(line for line in lines if line is not telling)]


def present(
    definition: StageDefinition,
    output: Mapping[str, Any],
    *,
    language: str,
    provenance: Mapping[str, Any] | None = None,
) -> list[Block]:
    """The deliverable in the order of its definition's sections."""
    currency = next(_currencies(output), "")
    return [_block(section, output, language, currency, provenance or {}) for section in definition.sections]


def place(definition: StageDefinition, field: str, language: str) -> str:
    """A dotted path of a deliverable in the words of its layout: "Offer · Price"; empty for the whole."""
    parts = [part for part in field.split(".") if part and not part.isdigit()]
    if not parts:
        return ""
    fitting = [section for section in definition.sections if _begins(parts, section.path)]
    section = max(fitting, key=lambda section: len(section.path), default=None)
    if section is None:
        return field
    rest = parts[len(section.path.split(".")) if section.path else 0 :]
    label = next((label.title.of(language) for label in section.labels if rest and label.key == rest[0]), "")
    return f"{section.title.of(language)} · {label}" if label else section.title.of(language)


def write(value: Any, form: Format, *, language: str, currency: str = "") -> Written:
    """One value as its format wants it. What is not of its format is shown as it is."""
    if value in (None, "", []):
        return Written(text=NOTHING, is_number=form in _NUMERIC)
    if isinstance(value, list):
        return Written(items=tuple(term(str(item), language) for item in value))
    if form in _NUMERIC:
        return _figure(value, form, language, currency)
    if form is Format.DATE:
        return Written(text=_day(str(value), language), is_date=True)
    return Written(text=term(str(value), language) if form is Format.TERM else str(value))


def _begins(parts: list[str], path: str) -> bool:
    wanted = path.split(".") if path else []
    return parts[: len(wanted)] == wanted


def _block(
    section: Section, output: Mapping[str, Any], language: str, currency: str, provenance: Mapping[str, Any]
) -> Block:
    value = _at(output, section.path)
    title = section.title.of(language)
    if section.form in (Form.PROSE, Form.ITEMS):
        texts = value if isinstance(value, list) else str(value or "").split("\n\n")
        return Block(
            key=section.key,
            title=title,
            form=section.form,
            paragraphs=tuple(str(text).strip() for text in texts if str(text).strip()),
            origins=_origins(section.path, provenance),
        )
    given = value if isinstance(value, list) else [value] if isinstance(value, Mapping) else []
    headings = [_heading(section, label, language, provenance) for label in section.labels]
    places = {heading.origins for heading in headings if heading.origins}
    shared = next(iter(places)) if len(places) == 1 else ()
    return Block(
        key=section.key,
        title=title,
        form=section.form,
        origins=shared,
        headings=tuple(replace(heading, origins=()) if shared else heading for heading in headings),
        rows=tuple(_row(section, row, language, currency) for row in given),
    )


def _row(section: Section, row: Mapping[str, Any], language: str, currency: str) -> tuple[Written, ...]:
    first, *rest = (
        write(row.get(label.key), label.format, language=language, currency=currency) for label in section.labels
    )
    return (replace(first, is_assumed=row.get("assumption") is True), *rest)


def _heading(section: Section, label: Label, language: str, provenance: Mapping[str, Any]) -> Heading:
    path = [section.path, "*" if section.form is Form.TABLE else "", label.key]
    return Heading(
        title=label.title.of(language),
        origins=_origins(".".join(part for part in path if part), provenance),
        is_number=label.format in _NUMERIC,
    )


def _origins(path: str, provenance: Mapping[str, Any]) -> tuple[Origin, ...]:
    found = {name for key, names in provenance.items() if key == path or key.startswith(f"{path}.") for name in names}
    return tuple(origin for origin in Origin if origin in found)


def _at(output: Any, path: str) -> Any:
    for key in path.split(".") if path else ():
        output = output.get(key) if isinstance(output, Mapping) else None
    return output


def _currencies(value: Any) -> Iterator[str]:
    if not isinstance(value, Mapping):
        return
    if value.get("currency"):
        yield value["currency"]
    for part in value.values():
        yield from _currencies(part)


def _figure(value: Any, form: Format, language: str, currency: str) -> Written:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return Written(text=str(value))
    return Written(text=_number(number, form, language, currency), is_number=True)


def _number(number: Decimal, form: Format, language: str, currency: str) -> str:
    if form is Format.MONEY:
        return render_money(number, currency, language).strip()
    if form is Format.NUMBER:
        return render_decimal(_few_places(number), language, grouped=True)
    percent = _few_places((number * 100).normalize() if form is Format.RATE else number)
    return render_decimal(percent, language, grouped=True) + ("\N{NO-BREAK SPACE}%" if language == "es" else "%")


def _few_places(number: Decimal) -> Decimal:
    """As it is, but with two places at most; a figure that was computed to more has none from a hundred on."""
    places = -number.as_tuple().exponent
    if places < 0:
        return number.quantize(Decimal(1))
    return number.quantize(Decimal(1) if abs(number) >= 100 else _CENT) if places > 2 else number


def _day(iso: str, language: str) -> str:
    """A date in few letters: "lun 23 nov 2026"."""
    try:
        words = render_date(date.fromisoformat(iso), language).replace(" de ", " ").split()
    except ValueError:
        return iso
    weekday, day, month, year = words
    return f"{weekday[:3]} {day} {month[:3]} {year}"
