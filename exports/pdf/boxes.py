"""How parts stand together on a page: one above another, side by side, on a card. All break over pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from exports.pdf.geometry import BODY, WHOLE

ENDLESS = 1e9
SMALL_PART = 0.4
# A place with more than this part of a page's height is as good as a new page.
FRESH = 0.75
# A row is not broken for less room than this.
LEAST_ROOM = 84.0


def height_of(part: Flowable, width: float) -> float:
    """How high a part is when it is that wide."""
    return float(part.wrap(width, ENDLESS)[1])


def broken_at(part: Flowable, width: float, height: float) -> tuple[Flowable | None, Flowable | None]:
    """What of a part fits into a height, and what does not."""
    if height_of(part, width) <= height + 0.01:
        return part, None
    pieces = part.split(width, height)
    if not pieces:
        return None, part
    top, *rest = pieces
    return top, (Stack(rest) if len(rest) > 1 else rest[0] if rest else None)


class Space(Flowable):
    """Nothing, of a height."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height = height

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        return avail_width, self.height

    def draw(self) -> None:
        """There is nothing to see."""


class Stack(Flowable):
    """Parts one above another. Those marked `leads` (headings) never stay behind alone at the foot of a page."""

    def __init__(self, parts: Sequence[Flowable], *, gap: float = 0, after: float = 0) -> None:
        super().__init__()
        self._parts, self._gap, self.spaceAfter = list(parts), gap, after
        self._heights: list[float] = []

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        self._heights = [height_of(part, avail_width) for part in self._parts]
        self.width = avail_width
        self.height = sum(self._heights) + self._gap * max(0, len(self._parts) - 1)
        return self.width, self.height

    def split(self, avail_width: float, avail_height: float) -> list[Flowable]:
        self.wrap(avail_width, avail_height)
        used = 0.0
        for at, (part, height) in enumerate(zip(self._parts, self._heights, strict=True)):
            if used + height > avail_height + 0.01:
                return self._broken(at, part, avail_width, avail_height - used)
            used += height + self._gap
        return [self]

    def draw(self) -> None:
        top = self.height
        for part, height in zip(self._parts, self._heights, strict=True):
            part.drawOn(self.canv, 0, top - height)
            top -= height + self._gap

    def _broken(self, at: int, part: Flowable, width: float, room: float) -> list[Flowable]:
        top, rest = broken_at(part, width, room) if room > 0 else (None, part)
        before = self._parts[:at] + ([top] if top else [])
        while before and getattr(before[-1], "leads", False):
            at -= 1
            before.pop()
        after = self._parts[at:] if not top else [*([rest] if rest else []), *self._parts[at + 1 :]]
        rest_of_it = Stack(after, gap=self._gap, after=self.spaceAfter)
        return [Stack(before, gap=self._gap), rest_of_it] if before and after else []


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a part stands in a row: its width in points, its ground, and whether in the middle of the row's height.

    What `repeats` stands again beside the rest of a row that was broken.
    """

    width: float
    fill: str = ""
    in_middle: bool = False
    repeats: bool = False


class Row(Flowable):
    """Parts side by side, each in its place; broken over pages only if they are higher than `whole`.

    With `even`, cards are made as high as the highest.
    """

    def __init__(
        self,
        parts: Sequence[Flowable],
        places: Sequence[Place],
        *,
        gap: float = 0,
        padding: tuple[float, float] = (0, 0),
        rule: str = "",
        even: bool = False,
        whole: float = WHOLE,
    ) -> None:
        super().__init__()
        self._parts, self._places = list(parts), list(places)
        self._gap, self._padding, self._rule, self._even, self._whole = gap, padding, rule, even, whole
        self._measured = False

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        if not self._measured:
            across, down = self._padding
            self._heights = [
                height_of(part, place.width - 2 * across) for part, place in zip(self._parts, self._places, strict=True)
            ]
            self.width = sum(place.width for place in self._places) + self._gap * (len(self._places) - 1)
            self.height = max(self._heights, default=0) + 2 * down
            self._measured = True
        return self.width, self.height

    def split(self, avail_width: float, avail_height: float) -> list[Flowable]:
        self.wrap(avail_width, avail_height)
        across, down = self._padding
        room = avail_height - 2 * down
        if room <= LEAST_ROOM or self.height <= self._whole:
            return []
        parted = [
            broken_at(part, place.width - 2 * across, room)
            for part, place in zip(self._parts, self._places, strict=True)
        ]
        if any(top is None for top, _ in parted):
            return []
        rests = [
            rest or (part if place.repeats else Space(0))
            for (_, rest), part, place in zip(parted, self._parts, self._places, strict=True)
        ]
        return [self._like([top for top, _ in parted if top]), self._like(rests)]

    def draw(self) -> None:
        across, down = self._padding
        left = 0.0
        for part, place, height in zip(self._parts, self._places, self._heights, strict=True):
            if place.fill:
                self.canv.setFillColor(HexColor(place.fill))
                self.canv.rect(left, 0, place.width, self.height, stroke=0, fill=1)
            room = self.height - 2 * down
            if self._even and isinstance(part, Card):
                part.stretch_to(room)
                height = room
            sunk = (room - height) / 2 if place.in_middle else 0
            part.drawOn(self.canv, left + across, self.height - down - sunk - height)
            left += place.width + self._gap
        if self._rule:
            self.canv.setStrokeColor(HexColor(self._rule))
            self.canv.setLineWidth(0.5)
            self.canv.line(0, 0, self.width, 0)

    def _like(self, parts: Sequence[Flowable]) -> Row:
        return Row(
            parts,
            self._places,
            gap=self._gap,
            padding=self._padding,
            rule=self._rule,
            even=self._even,
            whole=self._whole,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """What a card looks like: its fill, the line round it, a bar of colour along its left or its top, its padding."""

    fill: str = ""
    line: str = ""
    left_bar: str = ""
    top_bar: str = ""
    padding: float = 12
    radius: float = 5


class Card(Flowable):
    """A part on a ground of its own."""

    def __init__(self, part: Flowable, ground: Ground) -> None:
        super().__init__()
        self._part, self._ground = part, ground

    def stretch_to(self, height: float) -> None:
        """Make the card as high as its neighbours."""
        self.height = max(self.height, height)

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        padding = self._ground.padding
        self._inner = height_of(self._part, avail_width - 2 * padding)
        self.width, self.height = avail_width, self._inner + 2 * padding
        return self.width, self.height

    def split(self, avail_width: float, avail_height: float) -> list[Flowable]:
        padding = self._ground.padding
        top, rest = broken_at(self._part, avail_width - 2 * padding, avail_height - 2 * padding)
        if top is None or rest is None:
            return []
        return [Card(top, self._ground), Card(rest, replace(self._ground, top_bar=""))]

    def draw(self) -> None:
        ground, canvas = self._ground, self.canv
        if ground.fill:
            canvas.setFillColor(HexColor(ground.fill))
            canvas.roundRect(0, 0, self.width, self.height, ground.radius, stroke=0, fill=1)
        if ground.line:
            canvas.setStrokeColor(HexColor(ground.line))
            canvas.setLineWidth(0.75)
            canvas.roundRect(0.4, 0.4, self.width - 0.8, self.height - 0.8, ground.radius, stroke=1, fill=0)
        if ground.left_bar:
            canvas.setFillColor(HexColor(ground.left_bar))
            canvas.roundRect(0, 0, 3, self.height, 1.5, stroke=0, fill=1)
        if ground.top_bar:
            canvas.setFillColor(HexColor(ground.top_bar))
            canvas.roundRect(0, self.height - 3, self.width, 3, 1.5, stroke=0, fill=1)
        self._part.drawOn(canvas, ground.padding, self.height - ground.padding - self._inner)


class Grid(Flowable):
    """Rows under heads that are repeated on every page, unless those are so high that little room is left.

    At the foot of a page no single row stays behind, nor a small part of a table that a page has room for.
    """

    def __init__(self, heads: Sequence[Flowable], rows: Sequence[Flowable]) -> None:
        super().__init__()
        self._heads, self._rows = list(heads), list(rows)

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:
        self.width = avail_width
        self.height = sum(height_of(row, avail_width) for row in (*self._heads, *self._rows))
        return self.width, self.height

    def split(self, avail_width: float, avail_height: float) -> list[Flowable]:
        self.wrap(avail_width, avail_height)
        tall = sum(height_of(head, avail_width) for head in self._heads)
        if tall > BODY / 3:
            return Grid([], [*self._heads, *self._rows]).split(avail_width, avail_height)
        room = avail_height - tall
        for at, row in enumerate(self._rows):
            height = height_of(row, avail_width)
            if height > room + 0.01:
                before, after = self._broken(at, row, avail_width, room)
                stays = bool(before) and (avail_height > BODY * FRESH or not self._is_little(before))
                return [Grid(self._heads, before), Grid(self._heads, after)] if stays else []
            room -= height
        return [self]

    def draw(self) -> None:
        top = self.height
        for row in (*self._heads, *self._rows):
            top -= row.height
            row.drawOn(self.canv, 0, top)

    def _broken(self, at: int, row: Flowable, width: float, room: float) -> tuple[list[Flowable], list[Flowable]]:
        pieces = row.split(width, room) if room > 0 else []
        if not pieces:
            return self._rows[:at], self._rows[at:]
        return [*self._rows[:at], pieces[0]], [*pieces[1:], *self._rows[at + 1 :]]

    def _is_little(self, rows: Sequence[Flowable]) -> bool:
        small = len(rows) < SMALL_PART * len(self._rows) and self.height <= BODY
        return small or (len(rows) == 1 and len(self._rows) > 2 and rows[0] is self._rows[0])
