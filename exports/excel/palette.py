"""The brand's colours made fit for a sheet: what is written on them can be read, what is drawn on white can be seen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from exports.colours import TOLD_APART, VISIBLE, contrast, distance, mix
from exports.dossier import Brand

WHITE, BLACK = "FFFFFF", "1A1A1A"
_HEX = re.compile(r"#?([0-9a-fA-F]{6})")
_FALLBACK = "1F3A5F"


@dataclass(frozen=True, kw_only=True, slots=True)
class Palette:
    """Colours as `RRGGBB`. `ink` is written on `primary`; `tint` is a breath of it; `line` and `series` are drawn."""

    primary: str
    ink: str
    tint: str
    line: str
    series: tuple[str, ...]

    @classmethod
    def of(cls, brand: Brand) -> Palette:
        primary, accent = _hex(brand.primary), _hex(brand.accent)
        first, second = _visible(primary), _visible(accent)
        if distance(first, second) < TOLD_APART:
            darker, lighter = _mixed(first, BLACK, 0.6), _visible(_mixed(first, WHITE, 0.6))
            second = max(darker, lighter, key=lambda colour: distance(first, colour))
        shades = (first, second, *(_mixed(colour, WHITE, 0.4) for colour in (first, second)), _mixed(first, BLACK, 0.5))
        return cls(
            primary=primary, ink=_ink(primary), tint=_mixed(primary, WHITE, 0.92), line=_visible(accent), series=shades
        )


def _hex(colour: str) -> str:
    found = _HEX.fullmatch(colour.strip())
    return found[1].upper() if found else _FALLBACK


def _ink(colour: str) -> str:
    # One of pure white and pure black has 4.5 to 1 on any colour.
    return max(WHITE, "000000", key=lambda ink: contrast(ink, colour))


def _visible(colour: str) -> str:
    while contrast(colour, WHITE) < VISIBLE:
        colour = _mixed(colour, BLACK, 0.12)
    return colour


def _mixed(colour: str, other: str, part: float) -> str:
    return mix(colour, other, part).removeprefix("#").upper()
