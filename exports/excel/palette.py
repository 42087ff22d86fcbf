"""The brand's colours made fit for a sheet: what is written on them can be read, what is drawn on white can be seen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from exports.dossier import Brand

WHITE, BLACK = "FFFFFF", "1A1A1A"
# What the Web Content Accessibility Guidelines ask of drawings.
_SEEN = 3.0
_HEX = re.compile(r"#?([0-9a-fA-F]{6})")
_FALLBACK = "1F3A5F"
# How far apart the channels of two colours must lie, all together, for their bars to be told apart.
_TOLD_APART = 120


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
        if _apart(first, second) < _TOLD_APART:
            darker, lighter = _mixed(first, BLACK, 0.6), _visible(_mixed(first, WHITE, 0.6))
            second = max(darker, lighter, key=lambda colour: _apart(first, colour))
        shades = (first, second, *(_mixed(colour, WHITE, 0.4) for colour in (first, second)), _mixed(first, BLACK, 0.5))
        return cls(
            primary=primary, ink=_ink(primary), tint=_mixed(primary, WHITE, 0.92), line=_visible(accent), series=shades
        )


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _hex(colour: str) -> str:
    found = _HEX.fullmatch(colour.strip())
    return found[1].upper() if found else _FALLBACK


def _ink(colour: str) -> str:
    # One of pure white and pure black has 4.5 to 1 on any colour.
    return max(WHITE, "000000", key=lambda ink: contrast(ink, colour))


def _visible(colour: str) -> str:
    while contrast(colour, WHITE) < _SEEN:
        colour = _mixed(colour, BLACK, 0.12)
    return colour


def _mixed(colour: str, other: str, part: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "".join(f"{round(mine * (1 - part) + theirs * part):02X}" for mine, theirs in pairs)


def _apart(one: str, other: str) -> int:
    return sum(abs(mine - theirs) for mine, theirs in zip(_channels(one), _channels(other), strict=True))


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (0, 2, 4)]


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
