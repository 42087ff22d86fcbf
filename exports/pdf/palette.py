"""The colours of a document, from the brand's two: whatever those are, text on and in them can be read (WCAG 2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from exports.colours import READABLE, TOLD_APART, VISIBLE, contrast, distance, mix

WHITE, INK, MUTED, GREY = "#ffffff", "#17202e", "#566072", "#f3f5f8"
HAIRLINE = "#dfe3ea"
_STEPS = 20
_SHORT, _LONG = re.compile("#[0-9a-f]{3}"), re.compile("#[0-9a-f]{6}")
# The five grades of a customer: their colour, and a tint of it to write on.
GRADES = {
    "super_green": ("#12694a", "#dcf1e6"),
    "green": ("#38761f", "#e8f4dc"),
    "yellow": ("#8a6100", "#fdf3d2"),
    "red": ("#a81d2c", "#fde7e9"),
    "not_eligible": ("#4a5261", "#eceef2"),
}
# What is won and what is lost.
GAIN, LOSS = "#12694a", "#a81d2c"
WARNING = ("#855000", "#fcf0da")


def on(colour: str) -> str:
    """What to write in on a colour: white where it can be read, else the ink or black."""
    best = max((INK, "#000000"), key=lambda dark: (contrast(dark, colour) >= READABLE, dark == INK))
    return WHITE if contrast(WHITE, colour) >= READABLE else best


def readable(colour: str, ground: str = WHITE, ratio: float = READABLE) -> str:
    """The colour, no more darkened or lightened than it takes to stand out from a ground by the ratio."""
    pole = max(("#000000", WHITE), key=lambda end: contrast(end, ground))
    steps = (mix(colour, pole, step / _STEPS) for step in range(_STEPS + 1))
    return next(found for found in steps if found == pole or contrast(found, ground) >= ratio)


def colour_of(given: str, otherwise: str) -> str:
    """A colour as `#rrggbb`; the other one if it is none."""
    low = given.strip().lower()
    if _SHORT.fullmatch(low):
        return "#" + "".join(part * 2 for part in low[1:])
    return low if _LONG.fullmatch(low) else otherwise


@dataclass(frozen=True, kw_only=True, slots=True)
class Palette:
    """`primary` fills areas, written on in `on_primary`; `strong` writes on white and on `soft`, a tint of it.

    `edge` is the line round an area of `primary`, which might be as white as the paper.
    """

    primary: str
    on_primary: str
    quiet_on_primary: str
    accent: str
    strong: str
    soft: str
    line: str
    edge: str
    series: tuple[str, ...]

    @classmethod
    def of(cls, primary: str, accent: str) -> Palette:
        """The palette of a brand's two colours as `#rrggbb`; what is no colour becomes a dark blue."""
        main, other = colour_of(primary, "#1d3a8a"), colour_of(accent, "#0f766e")
        soft = _tint(main)
        line = mix(soft, readable(main, WHITE, VISIBLE), 0.18)
        return cls(
            primary=main,
            on_primary=on(main),
            quiet_on_primary=readable(mix(on(main), main, 0.25), main),
            accent=other if contrast(other, main) >= 1.25 else mix(main, on(main), 0.2),
            strong=readable(readable(main, soft)),
            soft=soft,
            line=line,
            edge=main if contrast(main, WHITE) >= 1.25 else line,
            series=_series(readable(main, WHITE, VISIBLE), readable(other, WHITE, VISIBLE)),
        )

    def of_series(self, at: int) -> str:
        """The colour of the nth part of a chart."""
        return self.series[at % len(self.series)]


def _tint(colour: str) -> str:
    """A tint so light that ink and muted text can be read on it, and no so light that it is not seen on white."""
    tint = mix(WHITE, colour, 0.07)
    return tint if contrast(tint, WHITE) >= 1.06 else GREY


def _series(first: str, second: str) -> tuple[str, ...]:
    other = (
        second if contrast(first, second) >= 1.3 or distance(first, second) >= TOLD_APART else mix(first, WHITE, 0.5)
    )
    tints = (mix(first, WHITE, 0.45), mix(other, WHITE, 0.45), mix(first, "#000000", 0.35), mix(other, "#000000", 0.35))
    return (first, other, *tints, "#8a93a3")
