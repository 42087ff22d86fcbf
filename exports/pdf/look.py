"""The house's typography in a brand's colours, and the parts every chapter is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reportlab.platypus import Flowable

from agents.interview.state import Bilingual, Origin
from exports.pdf.boxes import Card, Grid, Ground, Place, Row, Stack
from exports.pdf.geometry import GAP, WIDTH
from exports.pdf.headings import SectionHeading
from exports.pdf.palette import HAIRLINE, INK, MUTED, Palette
from exports.pdf.text import Align, Text, Type
from exports.pdf.typefaces import Face, width_of
from exports.pdf.writing import unbroken
from stages.presentation import Heading, Written

MARK = "\N{NO-BREAK SPACE}†"
# How far a text stands from the figure in the column before it.
_APART = 8.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How a document looks and which language it speaks."""

    palette: Palette
    language: str

    def say(self, words: Bilingual) -> str:
        """Words of ours in the document's language."""
        return words.of(self.language)

    @property
    def body(self) -> Type:
        return Type(size=9, leading=13)

    @property
    def small(self) -> Type:
        return Type(size=8, leading=11.2)

    @property
    def tiny(self) -> Type:
        return Type(size=7.2, leading=9.8)

    @property
    def label(self) -> Type:
        return Type(size=7.4, leading=10, face=Face.STRONG, colour=self.palette.strong)

    @property
    def quiet(self) -> Type:
        return Type(size=7.4, leading=10, colour=MUTED)

    @property
    def small_strong(self) -> Type:
        return Type(size=8, leading=11, face=Face.STRONG)

    @property
    def strong(self) -> Type:
        return Type(size=9, leading=12.5, face=Face.STRONG)

    def display(self, size: float, colour: str = INK) -> Type:
        """Large type."""
        return Type(size=size, leading=size * 1.18, face=Face.DISPLAY, colour=colour)

    def number(self, style: Type) -> Type:
        """The style for figures under each other."""
        return replace(style, align=Align.RIGHT)

    def section(self, title: str, parts: Sequence[Flowable], *, key: str) -> Flowable:
        """A titled part of a chapter; the title stays with what follows it."""
        heading = SectionHeading(title, key=key, style=self.display(15), colour=self.palette.accent)
        return Stack([heading, *parts], after=15)

    @property
    def mark(self) -> str:
        """What marks an assumption."""
        return MARK

    def is_assumed(self, origins: Sequence[Origin]) -> bool:
        """Whether a part is assumed, or some of it is."""
        return Origin.ASSUMPTION in origins

    def title_of(self, heading: Heading) -> str:
        """A heading, marked if what stands under it is assumed."""
        return heading.title + (MARK if self.is_assumed(heading.origins) else "")

    def value(self, written: Written, style: Type | None = None, *, apart: bool = False) -> Flowable:
        """A value in a table: its items as a list, its figure at the right; set `apart` from a figure before it."""
        given = style or self.small
        mark = MARK if written.is_assumed else ""
        if written.items:
            return self.items(written.items, given)
        if written.is_number:
            return Text(unbroken(written.text) + mark, self.number(given))
        return Text(written.text + mark, given, indent=_APART if apart else 0)

    def strong_value(self, written: Written) -> Flowable:
        """The value a row is known by."""
        return Text(written.text + (MARK if written.is_assumed else ""), self.small_strong)

    def text_value(self, written: Written, style: Type | None = None) -> Flowable:
        """A value that stands alone, so that a figure too begins at the left."""
        return self.items(written.items, style) if written.items else Text(written.text, style or self.small)

    def items(self, items: Iterable[str], style: Type | None = None, *, bullet: str = "–", gap: float = 2) -> Flowable:
        """A list."""
        return Stack([Text(item, style or self.small, bullet=bullet) for item in items], gap=gap)

    def labelled(self, title: str, parts: Sequence[Flowable]) -> Flowable:
        """Parts of a page under a small title, which stays with them."""
        named = Text(title, self.label)
        named.leads = True
        return Stack([named, *parts], gap=4, after=GAP)

    def field(self, title: str, value: Flowable) -> Flowable:
        """A value under its name."""
        named = Text(title, self.label)
        named.leads = True
        return Stack([named, value], gap=3)

    def card(self, part: Flowable, **ground: object) -> Card:
        """A part on a tint of the brand's colour, unless another ground is given."""
        return Card(part, replace(Ground(fill=self.palette.soft), **ground))

    def columns(
        self, parts: Sequence[Flowable], *, most: int, width: float = WIDTH, gap: float = GAP
    ) -> list[Flowable]:
        """Cards in rows of at most so many, all of one width."""
        if not parts:
            return []
        across = min(most, len(parts))
        place = Place(width=(width - GAP * (across - 1)) / across)
        rows = [parts[at : at + across] for at in range(0, len(parts), across)]
        return [Stack([Row(row, [place] * len(row), gap=GAP, even=True) for row in rows], gap=gap)]

    def table(self, heads: Sequence[Flowable], rows: Sequence[Sequence[Flowable]], widths: Sequence[float]) -> Grid:
        """A table with hairlines, its heads repeated on every page."""
        places = [Place(width=width) for width in widths]
        head = Row(heads, [replace(place, fill=self.palette.soft) for place in places], padding=(5, 5))
        lines = [Row(row, places, padding=(5, 5), rule=HAIRLINE) for row in rows]
        return Grid([head], lines)

    def least_widths(self, headings: Sequence[Heading]) -> list[float]:
        """How wide columns must be for no word of their heads to be cut."""
        style = self.label
        words = (self.title_of(heading).split(" ") for heading in headings)
        return [max(width_of(word, style.face, style.size) for word in each) + 10.5 for each in words]

    def head(self, heading: Heading, *, apart: bool = False) -> Text:
        """The head of a column."""
        if heading.is_number:
            return Text(self.title_of(heading), self.number(self.label))
        return Text(self.title_of(heading), self.label, indent=_APART if apart else 0)


def shares_of(widths: Sequence[float], whole: float = WIDTH, least: Sequence[float] = ()) -> list[float]:
    """Column widths in proportion, filling the whole, none below its least while there is room for that."""
    bounds = list(least) if sum(least) < whole else []
    kept: dict[int, float] = {}
    while True:
        free = sum(width for at, width in enumerate(widths) if at not in kept) or 1.0
        left = whole - sum(kept.values())
        shares = [kept.get(at, width * left / free) for at, width in enumerate(widths)]
        small = {at: bound for at, bound in enumerate(bounds) if at not in kept and shares[at] < bound}
        if not small:
            return shares
        kept |= small
