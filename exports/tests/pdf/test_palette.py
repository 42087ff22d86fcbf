"""Whatever a brand's colours are, what is written on them and in them can be read."""

from itertools import product

import pytest

from exports.colours import READABLE, VISIBLE, contrast, luminance, mix
from exports.pdf.palette import (
    GRADES,
    INK,
    MUTED,
    WARNING,
    WHITE,
    Palette,
    colour_of,
    on,
    readable,
)

COLOURS = (
    *("#ffffff", "#000000", "#ffff00", "#ff0000", "#00ff00", "#0000ff", "#808080", "#777777", "#767676"),
    *("#14337a", "#f2a541", "#7a2e4a", "#e9c46a", "#fefefe", "#010101", "#c0c0c0", "#008080", "#ff69b4"),
)


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1
    assert luminance("#ffffff") == pytest.approx(1)


@pytest.mark.parametrize("primary", COLOURS)
def test_every_text_of_every_brand_can_be_read(primary):
    for accent in COLOURS:
        palette = Palette.of(primary, accent)
        assert contrast(palette.on_primary, palette.primary) >= READABLE
        assert contrast(palette.quiet_on_primary, palette.primary) >= READABLE
        assert contrast(palette.strong, WHITE) >= READABLE
        assert contrast(palette.strong, palette.soft) >= READABLE
        assert contrast(INK, palette.soft) >= READABLE
        assert contrast(MUTED, palette.soft) >= READABLE
        assert all(contrast(on(colour), colour) >= READABLE for colour in palette.series)
        assert contrast(palette.primary, palette.accent) > 1.1


@pytest.mark.parametrize(("primary", "accent"), list(product(COLOURS, COLOURS[:4])))
def test_the_first_parts_of_a_chart_are_seen_and_told_apart(primary, accent):
    first, second = Palette.of(primary, accent).series[:2]

    assert contrast(first, WHITE) >= VISIBLE
    assert first != second


@pytest.mark.parametrize("share", [0.1, 0.3])
def test_text_on_the_ground_of_a_mark_can_be_read(share):
    for colour in COLOURS:
        assert contrast(INK, mix(WHITE, Palette.of(colour, colour).series[0], share)) >= READABLE


def test_grades_and_warnings_can_be_read():
    for tone, tint in (*GRADES.values(), WARNING):
        assert contrast(WHITE, tone) >= READABLE
        assert contrast(INK, tint) >= READABLE
        assert contrast(tone, tint) >= READABLE


def test_a_colour_that_can_be_read_stays_as_it_is():
    assert readable("#14337a") == "#14337a"
    assert contrast(readable("#ffff00"), WHITE) >= READABLE
    assert readable("#ffff00", "#000000") == "#ffff00"


@pytest.mark.parametrize(
    ("given", "kept"),
    [("#ABCDEF", "#abcdef"), (" #fff ", "#ffffff"), ("red", "#123456"), ("", "#123456"), ("#12345g", "#123456")],
)
def test_what_is_no_colour_is_replaced(given, kept):
    assert colour_of(given, "#123456") == kept


def test_colours_are_mixed_by_share():
    assert mix("#000000", "#ffffff", 0) == "#000000"
    assert mix("#000000", "#ffffff", 1) == "#ffffff"
    assert mix("#000000", "#ffffff", 0.5) == "#808080"


def test_parts_beyond_the_series_begin_it_again():
    palette = Palette.of("#14337a", "#f2a541")
    assert palette.of_series(len(palette.series)) == palette.series[0]
