"""Charts whose smallest value is still seen: every part has a least size, and its figure stands beside it in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from exports.pdf.palette import HAIRLINE, INK, MUTED, WHITE
from exports.pdf.text import Align, Type, shortened, write_line
from exports.pdf.typefaces import Face

LEAST_LENGTH, LEAST_ANGLE = 2.0, 3.0
_FIGURE = Type(size=7.4, leading=10, face=Face.STRONG, align=Align.CENTRE)
_CAPTION = Type(size=7.4, leading=10, colour=MUTED, align=Align.CENTRE)


def fraction(value: object, whole: object) -> float:
    """A part of a whole from 0 to 1; nothing of nothing, and nothing for what is no number."""
    try:
        part, of = Decimal(str(value)), Decimal(str(whole))
        return float(min(max(part / of, Decimal(0)), Decimal(1))) if of > 0 and part.is_finite() else 0.0
    except ArithmeticError:
        return 0.0


def signed(value: object) -> Decimal:
    """A value as a number; nought for what is none."""
    try:
        number = Decimal(str(value))
        return number if number.is_finite() else Decimal(0)
    except ArithmeticError:
        return Decimal(0)


def figure(value: object) -> Decimal:
    """A value as a number that can be drawn as a length; nought for what is none or below."""
    return max(signed(value), Decimal(0))


def spread(parts: Sequence[Decimal], length: float, least: float) -> list[float]:
    """A length dealt out in proportion to the parts, none below `least` but those that are nought."""
    whole = sum(parts)
    if not whole:
        return [0.0 for _ in parts]
    least = min(least, length / len(parts))
    ideal = [float(part / whole) * length for part in parts]
    small = [bool(part) and size < least for part, size in zip(parts, ideal, strict=True)]
    left = length - least * sum(small)
    rest = sum(size for size, is_small in zip(ideal, small, strict=True) if not is_small) or 1.0
    return [least if is_small else size * left / rest for size, is_small in zip(ideal, small, strict=True)]


class Bar(Flowable):
    """A bar of a fraction of its track, which is as wide as there is room."""

    def __init__(self, share: float, colour: str, *, track: str = HAIRLINE, thickness: float = 6) -> None:
        super().__init__()
        self._share, self._colour, self._track, self.height = share, colour, track, thickness

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        self.width = avail_width
        return avail_width, self.height

    def draw(self) -> None:
        _round_bar(self.canv, self.width, self.height, self._track)
        if self._share > 0:
            _round_bar(self.canv, max(self.width * self._share, LEAST_LENGTH), self.height, self._colour)


class Strip(Flowable):
    """All parts of a whole in one bar."""

    def __init__(self, parts: Sequence[Decimal], colours: Sequence[str], *, thickness: float = 16) -> None:
        super().__init__()
        self._parts, self._colours, self.height = list(parts), list(colours), thickness

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        self.width = avail_width
        return avail_width, self.height

    def draw(self) -> None:
        gap = 1.5 if len(self._parts) <= 20 else 0
        widths = spread(self._parts, self.width, LEAST_LENGTH + gap)
        for left, wide, colour in zip(accumulate([0.0, *widths]), widths, self._colours, strict=False):
            if wide:
                self.canv.setFillColor(HexColor(colour))
                self.canv.rect(left, 0, max(wide - gap, 0.5), self.height, stroke=0, fill=1)


class Donut(Flowable):
    """Parts of a whole as a ring, with a figure in its middle."""

    def __init__(
        self, parts: Sequence[Decimal], colours: Sequence[str], *, diameter: float, middle: str, caption: str
    ) -> None:
        super().__init__()
        self._parts, self._colours = list(parts), list(colours)
        self._diameter, self._middle, self._caption = diameter, middle, caption
        self.height = diameter

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        self.width = avail_width
        return avail_width, self.height

    def draw(self) -> None:
        canvas, across = self.canv, self.width / 2
        radius = self._diameter / 2
        angles = spread(self._parts, 360.0, LEAST_ANGLE)
        canvas.setStrokeColor(HexColor(WHITE))
        canvas.setLineWidth(1.2)
        for start, angle, colour in zip(accumulate([0.0, *angles]), angles, self._colours, strict=False):
            if angle:
                canvas.setFillColor(HexColor(colour))
                _sector(canvas, across, radius, radius, 90 - start - angle, angle)
        canvas.setFillColor(HexColor(WHITE))
        canvas.circle(across, radius, radius * 0.64, stroke=0, fill=1)
        room = radius * 1.15
        size = next((size for size in (15, 13, 11, 9) if _fits(self._middle, size, room)), 8)
        write_line(canvas, self._middle, across, radius - 1, _middle(size), room=room)
        write_line(canvas, self._caption, across, radius - 12, _CAPTION, room=room)


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """What stands together in a column chart: its name, and a value and its figure in words for each series."""

    name: str
    values: tuple[Decimal, ...]
    figures: tuple[str, ...]


class ColumnChart(Flowable):
    """Columns in groups, each with its figure on top."""

    def __init__(self, groups: Sequence[Group], colours: Sequence[str], *, height: float) -> None:
        super().__init__()
        self._groups, self._colours, self.height = list(groups), list(colours), height

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        self.width = avail_width
        return avail_width, self.height

    def draw(self) -> None:
        canvas, foot, room = self.canv, 18.0, self.height - 34
        highest = max((value for group in self._groups for value in group.values), default=Decimal(0))
        wide = self.width / max(1, len(self._groups))
        canvas.setStrokeColor(HexColor(HAIRLINE))
        canvas.setLineWidth(0.75)
        canvas.line(0, foot, self.width, foot)
        for at, group in enumerate(self._groups):
            each = min(58.0, wide * 0.84 / max(1, len(group.values)))
            left = at * wide + (wide - each * len(group.values)) / 2
            for place, (value, words) in enumerate(zip(group.values, group.figures, strict=True)):
                tall = max(fraction(value, highest) * room, LEAST_LENGTH if value else 0)
                canvas.setFillColor(HexColor(self._colours[place % len(self._colours)]))
                canvas.rect(left + place * each + 2, foot, each - 4, tall, stroke=0, fill=1)
                write_line(canvas, words, left + (place + 0.5) * each, foot + tall + 4, _FIGURE, room=each + 6)
            write_line(canvas, group.name, (at + 0.5) * wide, 5, _CAPTION, room=wide - 4)


class Dot(Flowable):
    """The colour of a part, in a legend."""

    def __init__(self, colour: str, *, size: float = 7) -> None:
        super().__init__()
        self._colour, self.height = colour, size

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        self.width = avail_width
        return avail_width, self.height

    def draw(self) -> None:
        self.canv.setFillColor(HexColor(self._colour))
        self.canv.roundRect(0, 0, self.height, self.height, 1.5, stroke=0, fill=1)


def _round_bar(canvas: Canvas, width: float, height: float, colour: str) -> None:
    canvas.setFillColor(HexColor(colour))
    canvas.roundRect(0, 0, width, height, min(height, width) / 2, stroke=0, fill=1)


def _sector(canvas: Canvas, x: float, y: float, radius: float, start: float, extent: float) -> None:
    if extent >= 359.9:
        canvas.circle(x, y, radius, stroke=0, fill=1)
        return
    path = canvas.beginPath()
    path.moveTo(x, y)
    path.arcTo(x - radius, y - radius, x + radius, y + radius, start, extent)
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)


def _middle(size: float) -> Type:
    return Type(size=size, leading=size, face=Face.DISPLAY, colour=INK, align=Align.CENTRE)


def _fits(text: str, size: float, room: float) -> bool:
    return shortened(text, _middle(size), room) == text
