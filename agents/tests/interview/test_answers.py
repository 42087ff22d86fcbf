"""Reading answers against what is known."""

from agents.interview.answers import example_for, is_said, offer_for, question_of, read_answer
from agents.interview.state import Origin, Parsed, ParseFault
from agents.tests.interview.factories import CAFE, context

LEASE = {"lease": {"city": "Cádiz", "blends": ["Arábica", "Robusta"]}}


def read(key, text, answers=None, known=None):
    return read_answer(question_of(CAFE, key), text, answers=answers or {}, context=known or context())


def example(key, known, answers=None):
    return example_for(question_of(CAFE, key), answers=answers or {}, context=known, language="es")


def test_a_check_sees_the_other_answers():
    price = {"price": {"amount": "5.00", "currency": "EUR"}}
    assert isinstance(read("anchor", "3 €", price), ParseFault)
    assert isinstance(read("anchor", "6 €", price), Parsed)


def test_a_yes_takes_what_is_known_and_says_where_it_is_from():
    assert read("city", "sí", known=context(earlier=LEASE)) == Parsed("Cádiz", Origin.EARLIER_STAGE)
    assert read("city", "Jerez", known=context(earlier=LEASE)) == Parsed("Jerez", Origin.CLIENT)


def test_nothing_is_offered_when_nothing_is_known():
    assert offer_for(question_of(CAFE, "city"), {}, context()) is None


def test_choices_that_depend_on_what_is_known_are_named_in_the_fault():
    assert "Arábica" in read("blends", "Torrefacto | 100", known=context(earlier=LEASE)).needs.es
    assert read("blends", "arabica | 100", known=context(earlier=LEASE)).value[0]["blend"] == "Arábica"


def test_an_example_is_what_is_known_or_fits_what_is_known():
    known = context(earlier=LEASE)
    assert example("city", known) == "Cádiz"
    assert example("city", context()) == "Sevilla"
    assert example("blends", context()) == "Suave | 60\nFuerte | 40"
    fitted = example("blends", known)
    assert "Arábica" in fitted
    assert "Robusta" in fitted
    assert isinstance(read("blends", fitted, known=known), Parsed)


def test_only_words_the_consultant_said_count_as_theirs():
    assert is_said("3.000 euros", "pues unos 3.000 euros")
    assert not is_said("software industrial en la nube", "no lo sé todavía")
    assert not is_said("", "algo")
