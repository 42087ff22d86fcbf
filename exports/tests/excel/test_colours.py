"""Whatever colours an account has, what is written can be read and what is drawn can be seen."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exports.colours import TOLD_APART, contrast, distance
from exports.dossier import Brand
from exports.excel.marks import BLUE, GRADES
from exports.excel.palette import WHITE, Palette

colours = st.from_regex("#[0-9a-fA-F]{6}", fullmatch=True)


@given(primary=colours, accent=colours)
@example(primary="#000000", accent="#000000")
@example(primary="#ffffff", accent="#fffffe")
@example(primary="#7a7a7a", accent="#7b7b7b")
def test_titles_can_be_read_and_bars_can_be_seen(primary, accent):
    palette = Palette.of(Brand(name="Faro", primary=primary, accent=accent))

    assert contrast(palette.primary, palette.ink) >= 4.5
    assert contrast(palette.line, WHITE) >= 3
    assert all(contrast(colour, WHITE) >= 3 for colour in palette.series[:2])
    assert distance(*palette.series[:2]) >= TOLD_APART


def test_what_is_no_colour_is_replaced_by_one():
    assert Palette.of(Brand(name="Faro", primary="blue", accent="")).primary == "1F3A5F"


@pytest.mark.parametrize(("fill", "ink"), [*GRADES, BLUE])
def test_marks_can_be_read(fill, ink):
    assert contrast(fill, ink) >= 7
