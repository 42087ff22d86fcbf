"""Rows: criteria with five levels, and tables of named columns."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.interview.parsing import Reading, parse_answer
from agents.interview.parsing.grades import parse_grades
from agents.interview.rendering import render_answer
from agents.interview.state import Bilingual, Choice, Column, Parsed, ParseFault, Question, QuestionKind
from agents.tests.interview.factories import READING, question

SIZE = {
    "criterion": "Tamaño",
    "super_green": "200+",
    "green": "100-200",
    "yellow": "50-100",
    "red": "20-50",
    "not_eligible": "menos de 20",
}


@pytest.mark.parametrize(
    "text",
    [
        "Tamaño: 200+ | 100-200 | 50-100 | 20-50 | menos de 20",
        "Tamaño | 200+ | 100-200 | 50-100 | 20-50 | menos de 20",
        "| Tamaño | 200+ | 100-200 | 50-100 | 20-50 | menos de 20 |",
        "- Tamaño: 200+; 100-200; 50-100; 20-50; menos de 20",
        "Tamaño\t200+\t100-200\t50-100\t20-50\tmenos de 20",
        "Tamaño: 200+, 100-200, 50-100, 20-50, menos de 20",
        "Tamaño\n200+\n100-200\n50-100\n20-50\nmenos de 20",
        "Tamaño\nSúper verde: 200+\nVerde: 100-200\nAmarillo: 50-100\nRojo: 20-50\nNo elegible: menos de 20",
        "Tamaño. Super green: 200+; green: 100-200; yellow: 50-100; red: 20-50; not eligible: menos de 20",
        "Criterio | Súper verde | Verde | Amarillo | Rojo | No elegible\nTamaño | 200+ | 100-200 | 50-100 | 20-50 | "
        "menos de 20",
        "Criterio 1: Tamaño\nSúper verde: 200+\nVerde: 100-200\nAmarillo: 50-100\nRojo: 20-50\nNo elegible: menos de "
        "20",
    ],
)
def test_a_criterion_is_read_however_it_is_written(text):
    assert parse_grades(text, minimum=1, maximum=1) == Parsed([SIZE])


def test_several_criteria_with_named_levels_are_told_apart():
    levels = "\n".join(f"{name}: {name[:2]}" for name in ("Súper verde", "Verde", "Amarillo", "Rojo", "No elegible"))
    rows = parse_grades(f"Zona\n{levels}\nSector\n{levels}", minimum=1, maximum=None).value
    assert [row["criterion"] for row in rows] == ["Zona", "Sector"]
    assert all(row["not_eligible"] == "No" for row in rows)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("grande", "cinco niveles"),
        ("Tamaño: a1 | b1 | c1 | d1", "4 niveles"),
        ("Tamaño: a1 | b1 | c1 | a1 | e1", "iguales"),
        ("Tamaño: a1 | b1 | c1 | | e1", "4 niveles"),
        ("Tamaño: a|b|c|d|e\ntamano: a|b|c|d|e", "repetido"),
    ],
)
def test_what_is_missing_in_a_criterion_is_said(text, said):
    fault = parse_grades(text, minimum=1, maximum=None)
    assert isinstance(fault, ParseFault)
    assert said in fault.needs.es


SPLIT = question(
    "split",
    QuestionKind.TABLE,
    columns=(
        Column(key="channel", label=Bilingual("Canal", "Channel"), unique=True),
        Column(key="percent", label=Bilingual("Porcentaje", "Percentage"), kind=QuestionKind.PERCENT),
    ),
)
GRADED = question(
    "channels",
    QuestionKind.TABLE,
    columns=(
        Column(key="name", label=Bilingual("Canal", "Channel")),
        Column(
            key="fit", label=Bilingual("Encaje", "Fit"), kind=QuestionKind.NUMBER, whole=True, minimum=1, maximum=10
        ),
        Column(key="sources", label=Bilingual("Fuentes", "Sources"), kind=QuestionKind.LIST, required=False),
    ),
)


def rows(asked: Question, text: str):
    return parse_answer(asked, text, READING)


@pytest.mark.parametrize(
    "text",
    [
        "LinkedIn | 40 %\nGoogle Ads | 60 %",
        "LinkedIn: 40 %\nGoogle Ads: 60 %",
        "LinkedIn 40, Google Ads 60",
        "LinkedIn 40 %, Google Ads 60 %",
        "LinkedIn 40 % y Google Ads 60 %",
        "40% LinkedIn; 60% Google Ads",
        "LinkedIn\t40\nGoogle Ads\t60",
        "LinkedIn; 40\nGoogle Ads; 60",
        "Canal | Porcentaje\n---|---\nLinkedIn | 40\nGoogle Ads | 60",
        "| LinkedIn | 40% |\n| Google Ads | 60% |",
        "- LinkedIn (40 %)\n- Google Ads (60 %)",
        "Canal: LinkedIn, Porcentaje: 40\nCanal: Google Ads, Porcentaje: 60",
        "LinkedIn = 40\nGoogle Ads = 60",
    ],
)
def test_a_table_of_two_columns_is_read_however_it_is_written(text):
    assert rows(SPLIT, text) == Parsed(
        [{"channel": "LinkedIn", "percent": "40"}, {"channel": "Google Ads", "percent": "60"}]
    )


PACE = question(
    "pieces",
    QuestionKind.TABLE,
    columns=(
        Column(key="format", label=Bilingual("Formato", "Format")),
        Column(key="pieces", label=Bilingual("Piezas", "Pieces"), kind=QuestionKind.NUMBER, whole=True),
        Column(key="channel", label=Bilingual("Canal", "Channel"), required=False),
    ),
)


@pytest.mark.parametrize(
    "text", ["2 artículos a la semana y 1 vídeo", "dos artículos por semana\nun vídeo", "artículos: 2, vídeo: 1"]
)
def test_a_pace_is_read_as_people_say_it(text):
    assert [(row["format"], row["pieces"]) for row in rows(PACE, text).value] == [("artículos", "2"), ("vídeo", "1")]


def test_figures_after_a_name_need_no_separators():
    columns = (
        *GRADED.columns[:2],
        Column(key="effort", label=Bilingual("Esfuerzo", "Effort"), kind=QuestionKind.NUMBER),
    )
    asked = question(
        "graded", QuestionKind.TABLE, columns=(*columns, Column(key="why", label=Bilingual("Razón", "Why")))
    )
    assert rows(asked, "Google Ads 9 6 porque lo buscan").value == [
        {"name": "Google Ads", "fit": "9", "effort": "6", "why": "porque lo buscan"}
    ]


def test_an_optional_cell_may_be_left_out_or_hold_a_list():
    assert rows(GRADED, "LinkedIn | 9\nGoogle | 8 | a.example; b.example").value == [
        {"name": "LinkedIn", "fit": "9", "sources": None},
        {"name": "Google", "fit": "8", "sources": ["a.example", "b.example"]},
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("LinkedIn | mucho", "Fila 1, columna «Encaje»"),
        ("LinkedIn | 9\nGoogle | 11", "Fila 2, columna «Encaje»"),
        ("LinkedIn | 8,5", "entero"),
        ("LinkedIn", "falta «Encaje»"),
        ("|||", "columnas"),
    ],
)
def test_the_cell_that_is_wrong_is_named(text, said):
    assert said in rows(GRADED, text).needs.es


def test_a_repeated_and_a_missing_row_are_named():
    named = (Choice.of_text("LinkedIn"), Choice.of_text("Ferias"))
    channel = Column(key="channel", label=Bilingual("Canal", "Channel"), choices=named, covers=True, unique=True)
    asked = question("split", QuestionKind.TABLE, columns=(channel, SPLIT.columns[1]))
    assert "repetido" in rows(asked, "LinkedIn | 40\nlinkedin | 60").needs.es
    assert "Ferias" in rows(asked, "LinkedIn | 100").needs.es
    assert rows(asked, "linkedin | 40\nferia | 60").value[1]["channel"] == "Ferias"


@given(st.text(max_size=500))
def test_no_text_breaks_the_parsers(text):
    for asked in (SPLIT, GRADED, question("grades", QuestionKind.GRADES)):
        assert isinstance(rows(asked, text), Parsed | ParseFault)


CELLS = st.text(st.characters(categories=("L", "N"), max_codepoint=0x24F), min_size=2, max_size=20)


@given(st.lists(st.tuples(CELLS, st.integers(1, 10)), min_size=2, max_size=6, unique_by=lambda row: row[0].casefold()))
def test_a_table_that_was_shown_is_read_back(written):
    value = [{"name": f"x {name}", "fit": str(fit), "sources": None} for name, fit in written]
    assert rows(GRADED, render_answer(GRADED, value, "es")) == Parsed(value)


@pytest.mark.parametrize(
    "text", ["|" * 8000, "a | " * 2000, "a: b, " * 1300, "\n".join("a 1" for _ in range(2600)), "; " * 4000]
)
@pytest.mark.parametrize("asked", [SPLIT, GRADED, question("grades", QuestionKind.GRADES)], ids=lambda asked: asked.key)
def test_long_hostile_text_is_read_quickly(asked, text):
    started = time.perf_counter()
    rows(asked, text)
    assert time.perf_counter() - started < 0.5


def test_a_reading_without_a_currency_takes_the_euro():
    assert Reading(language="es", today=READING.today).currency == "EUR"
