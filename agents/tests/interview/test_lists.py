"""Lists and choices."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.interview.parsing.lists import match_choice, parse_choice, parse_list, split_items
from agents.interview.state import Bilingual, Choice, Parsed, ParseFault

DAYS = (
    Choice("monday", Bilingual("lunes", "Monday")),
    Choice("saturday", Bilingual("sábado", "Saturday"), ("sabados",)),
    Choice("sunday", Bilingual("domingo", "Sunday")),
)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("a1, b1 y c1", ["a1", "b1", "c1"]),
        ("apples, pears, and plums", ["apples", "pears", "plums"]),
        ("uno; dos; tres, con coma", ["uno", "dos", "tres, con coma"]),
        ("- uno\n- dos, con coma\n* tres", ["uno", "dos, con coma", "tres"]),
        ("1. uno\n2) dos\n3. tres", ["uno", "dos", "tres"]),
        ("1. uno 2. dos 3. tres", ["uno", "dos", "tres"]),
        ("Los puntos son:\n- uno\n- dos", ["uno", "dos"]),
        ("marketing y ventas", ["marketing", "ventas"]),
        ("sales and marketing", ["sales", "marketing"]),
        ("papel (y Excel, sin copia), auditorías", ["papel (y Excel, sin copia)", "auditorías"]),
        ("Falta tiempo. Falta dinero. Faltan manos.", ["Falta tiempo", "Falta dinero", "Faltan manos"]),
        ("1,5 horas, 2 horas", ["1,5 horas", "2 horas"]),
        ("uno, Uno, UNO, dos", ["uno", "dos"]),
        ("Una frase larga que explica con calma lo que pasa y lo que cuesta cuando falla", None),
    ],
)
def test_a_list_is_split_however_it_is_written(text, items):
    assert split_items(text) == (items or [text])


def test_too_few_or_too_many_items_are_counted_in_the_fault():
    assert "3" in parse_list("uno y dos", choices=(), minimum=3, maximum=5).needs.es
    assert "6" in parse_list("a1, b1, c1, d1, e1, f1", choices=(), minimum=3, maximum=5).needs.en


@pytest.mark.parametrize(
    "text", ["sábado", "2", "la segunda", "Saturday", "los sábados", "sabado por favor", "satuday", "option 2"]
)
def test_a_choice_is_found_by_number_label_or_close_spelling(text):
    assert parse_choice(text, choices=DAYS) == Parsed("saturday")


@pytest.mark.parametrize("text", ["", "9", "martes o miércoles", "lunes o domingo", "xyz"])
def test_an_unclear_choice_is_a_fault_that_names_the_options(text):
    fault = parse_choice(text, choices=DAYS)
    assert isinstance(fault, ParseFault)
    assert "lunes" in fault.needs.es
    assert "Monday" in fault.needs.en


def test_several_choices_are_found_in_a_list():
    assert parse_list("sábados y domingo", choices=DAYS, minimum=1, maximum=7) == Parsed(["saturday", "sunday"])
    assert parse_list("todos", choices=DAYS, minimum=1, maximum=7).value == ["monday", "saturday", "sunday"]


def test_a_choice_of_the_clients_own_words_is_found_by_part_of_it():
    pains = (Choice.of_text("Paradas imprevistas de máquinas"), Choice.of_text("Auditorías a última hora"))
    assert match_choice("paradas imprevistas", pains) == pains[0]
    assert match_choice("las auditorias de última hora", pains) == pains[1]
    assert match_choice("hora de las paradas", pains) is None


@given(st.text(max_size=400))
def test_no_text_breaks_the_parsers(text):
    assert isinstance(parse_list(text, choices=(), minimum=1, maximum=8), Parsed | ParseFault)
    assert isinstance(parse_choice(text, choices=DAYS), Parsed | ParseFault)


@pytest.mark.parametrize(
    "text", ["," * 8000, "a, " * 2600, "(" * 8000, "1. " * 2600, "y " * 4000, "-" * 8000, "\n- " * 2600]
)
def test_long_hostile_text_is_read_quickly(text):
    started = time.perf_counter()
    split_items(text)
    assert time.perf_counter() - started < 0.5
