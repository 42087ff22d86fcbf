"""Text of any kind cleaned, broken into lines and put into the order it is seen in; and the fonts that have it."""

import pytest

from exports.pdf.typefaces import FALLBACKS, REPLACEMENT, Face, glyphs, runs_of, width_of
from exports.pdf.writing import as_seen, clean, glued, is_right_to_left, lines_of, unbroken

ACCENTS = "áéíóúüñçàèìòùâêîôûäëïöõãåæøœßğşıİčćžšđłżőűășțÁÉÍÑÇÖÜẞ"
MARKS = "¿¡«»“”‘’„–—…•·†‡§¶©®™°ªº№≤≥≠≈±×÷−→←↑↓↔⇒✓★☆◆●■"
MONEY = "€$£¥₹₽₺₿₩₪₫₴₦₱₡₲₵₸₼₾¢"


@pytest.mark.parametrize("face", list(Face))
def test_accents_arrows_and_currencies_are_of_the_face_itself(face):
    for char in ACCENTS + MARKS + MONEY:
        assert glyphs(face)[char].font == face, char


@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("שלום", "DejaVuSans"),
        ("ﺑ", "DejaVuSans"),
        ("☐", None),
        ("🎉", "NotoEmoji-Regular"),
        ("中文テ", "DroidSansFallback"),
        ("한국어", "HangulFallback"),
    ],
)
def test_other_scripts_are_found_in_other_fonts(text, font):
    assert {glyphs(Face.TEXT)[char].font for char in text} <= ({font} if font else set(FALLBACKS))


def test_what_no_font_has_is_replaced_by_what_can_be_seen():
    glyph = glyphs(Face.TEXT)["\U00013000"]
    assert glyph.char == REPLACEMENT
    assert glyph.width > 0


def test_text_is_drawn_in_runs_of_one_font():
    assert runs_of("Hola 中文 €", Face.TEXT) == [
        ("Inter-Regular", "Hola "),
        ("DroidSansFallback", "中文"),
        ("Inter-Regular", " €"),
    ]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("plain text", "plain text"),
        ("".join(map(chr, range(9))) + "a\x7f\x9fb", "ab"),
        ("a\tb\u2003c", "a b c"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("e\u0301", "é"),
        ("lone \ud83d end", f"lone {REPLACEMENT} end"),
        ("\ud83c\udf89", "🎉"),
        ("\u202eevil\u200b\ufeff", "evil"),
        ("❤\ufe0f", "❤"),
        ("\U0010ffff", REPLACEMENT),
        ("soft\u00adhyphen", "softhyphen"),
        ("no\N{NO-BREAK SPACE}break", "no\N{NO-BREAK SPACE}break"),
    ],
)
def test_what_cannot_be_seen_is_left_out(given, kept):
    assert clean(given) == kept
    assert clean(kept) == kept


def lines(text, width, size=10):
    return [text[start:end] for start, end in lines_of(text, Face.TEXT, size, width)]


def test_lines_are_broken_between_words_and_fit():
    text = "Una frase bastante larga que no cabe en una sola línea del documento"
    broken = lines(text, 90)

    assert " ".join(broken) == text
    assert all(width_of(line, Face.TEXT, 10) <= 90 for line in broken)


def test_line_ends_are_kept_and_spaces_at_breaks_dropped():
    assert lines("one\n\ntwo   three", 10_000) == ["one", "", "two   three"]
    assert lines("", 50) == [""]
    assert lines("aa    bb", 15) == ["aa", "bb"]


def test_a_word_that_no_line_has_room_for_is_cut_and_nothing_lost():
    word = "x" * 300
    broken = lines(f"see {word} there", 80)

    assert "".join(broken).replace(" ", "") == f"see{word}there"
    assert all(width_of(line, Face.TEXT, 10) <= 80 for line in broken)


def test_addresses_break_after_strokes_and_east_asian_text_anywhere():
    assert lines("https://example.org/a/very/long/path", 70)[0].endswith("/")
    assert all(width_of(line, Face.TEXT, 10) <= 45 for line in lines("中文字符测试中文字符测试", 45))


def test_a_line_narrower_than_a_character_has_that_one():
    assert lines("abc", 0.5) == ["a", "b", "c"]


def test_figures_are_held_to_their_units():
    space = "\N{NO-BREAK SPACE}"
    assert glued("del 60 % y 3.600 € o 40 COP") == f"del 60{space}% y 3.600{space}€ o 40{space}COP"
    assert unbroken("12 de\nmayo") == f"12{space}de{space}mayo"


def test_hebrew_and_arabic_are_put_in_the_order_they_are_seen_and_joined():
    assert is_right_to_left("123 שלום abc")
    assert not is_right_to_left("abc שלום")
    assert as_seen("שלום (abc)", from_right=True) == "(abc) םולש"
    assert as_seen("abc שלום", from_right=False) == "abc םולש"
    joined = as_seen("سلام", from_right=True)
    assert all("\ufb50" <= char <= "\ufeff" for char in joined)
    assert as_seen("plain", from_right=False) == "plain"


def test_every_character_can_stand_in_a_line_that_is_read_from_the_right():
    for code in range(0, 0x110000, 499):
        line = clean(f"שלום {chr(code)} (abc)").replace("\n", " ")
        assert "abc" in as_seen(line, from_right=True)


def test_figures_are_as_wide_as_one_another():
    assert len({glyphs(Face.TEXT)[figure].width for figure in "0123456789"}) == 1
