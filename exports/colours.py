"""Arithmetic of colours, given as `#rrggbb` or, as spreadsheets write them, `RRGGBB`."""

from __future__ import annotations

# What the Web Content Accessibility Guidelines 2.2 ask of text, and of drawings.
READABLE, VISIBLE = 4.5, 3.0
# How far apart two colours must lie for their parts of a chart to be told from each other.
TOLD_APART = 120


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, from 0 to 255."""
    digits = colour.removeprefix("#")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def luminance(colour: str) -> float:
    """Relative luminance from 0 (black) to 1, by WCAG 2.2."""
    red, green, blue = (_linear(channel / 255) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours from 1, the same, to 21, black on white, by WCAG 2.2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """The colour, as `#rrggbb`, that is `share` (0 to 1) of the other and the rest of the one."""
    parts = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def distance(one: str, other: str) -> int:
    """How far the channels of two colours lie apart, all together: from 0 to 765."""
    return sum(abs(a - b) for a, b in zip(channels(one), channels(other), strict=True))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
