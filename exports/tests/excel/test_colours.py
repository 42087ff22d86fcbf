"""Whatever colours an account has, what is written can be read and what is drawn can be seen."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exports.dossier import Brand
from exports.excel.marks import BLUE, GRADES
from exports.excel.palette import WHITE, Palette, contrast

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
    assert far_apart(*palette.series[:2])


def far_apart(one, other):
    """Whether two bars beside one another can be told apart."""
    return sum(abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) for at in (0, 2, 4)) >= 120


def test_what_is_no_colour_is_replaced_by_one():
    assert Palette.of(Brand(name="Faro", primary="blue", accent="")).primary == "1F3A5F"


@pytest.mark.parametrize(("fill", "ink"), [*GRADES, BLUE])
def test_marks_can_be_read(fill, ink):
    assert contrast(fill, ink) >= 7
