"""The colours of a document, from the brand's two: whatever those are, text on and in them can be read (WCAG 2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

WHITE, INK, MUTED, GREY = "#ffffff", "#17202e", "#566072", "#f3f5f8"
HAIRLINE = "#dfe3ea"
READABLE, VISIBLE = 4.5, 3.0
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


def luminance(colour: str) -> float:
    """Relative luminance from 0 (black) to 1, by WCAG 2.2."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours from 1 to 21, by WCAG 2.2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """The colour that is `share` (0 to 1) of the other and the rest of the one."""
    parts = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


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
    other = second if contrast(first, second) >= 1.3 or _apart(first, second) else mix(first, WHITE, 0.5)
    tints = (mix(first, WHITE, 0.45), mix(other, WHITE, 0.45), mix(first, "#000000", 0.35), mix(other, "#000000", 0.35))
    return (first, other, *tints, "#8a93a3")


def _apart(one: str, other: str) -> bool:
    return sum(abs(a - b) for a, b in zip(_parts(one), _parts(other), strict=True)) >= 120


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
