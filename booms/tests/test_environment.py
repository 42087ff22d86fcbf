"""The reader of the environment: typed values, and a sentence that names the variable."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from booms import environment


@pytest.fixture
def value(monkeypatch):
    """Set the variable `X`."""

    def put(text):
        monkeypatch.setenv("X", text)

    return put


def fault(read, *args, **options):
    with pytest.raises(ImproperlyConfigured) as caught:
        read(*args, **options)
    return str(caught.value)


@pytest.mark.parametrize("text", ["maybe", "2", "tru e"])
def test_a_truth_value_that_is_none_is_named(value, text):
    value(text)
    assert fault(environment.boolean, "X", default=True) == f"X must be true or false, not {text!r}."


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", True), ("TRUE", True), ("1", True), ("on", True), ("no", False), ("0", False), ("off", False)],
)
def test_truth_values_are_read_as_people_write_them(value, text, expected):
    value(text)
    assert environment.boolean("X", default=True) is expected


@pytest.mark.parametrize("text", ["two", "nan", "inf", "-inf", "0", "-1", "1,5", "1 h"])
def test_a_number_out_of_bounds_is_named(value, text):
    value(text)
    assert fault(environment.number, "X", default=2.0, above=0).startswith("X must be a number")


@pytest.mark.parametrize("text", ["0", "65536", "80.0", "eighty", "0x50", "1e3"])
def test_a_whole_number_out_of_bounds_is_named(value, text):
    value(text)
    assert fault(environment.integer, "X", default=1, least=1, most=65535).startswith("X must be")


def test_an_empty_value_is_the_default(value):
    value("  ")
    assert environment.integer("X", default=7) == 7
    assert environment.number("X", default=0.5) == 0.5
    assert environment.text("X", default="here") == "here"
    assert environment.items("X", default=("a",)) == ["a"]


def test_a_choice_outside_the_list_is_named_with_the_list(value):
    value("yaml")
    sentence = fault(environment.choice, "X", default="text", choices=("text", "json"))
    assert sentence == "X must be one of text, json, not 'yaml'."


@pytest.mark.parametrize(("text", "expected"), [("a, b,,c ", ["a", "b", "c"]), ('["a", "b"]', ["a", "b"])])
def test_lists_are_comma_separated_or_json(value, text, expected):
    value(text)
    assert environment.items("X") == expected


@pytest.mark.parametrize("text", ['["a"', "[1]", "[a]"])
def test_a_broken_json_list_is_named(value, text):
    value(text)
    assert fault(environment.items, "X").startswith("X ")


@pytest.mark.parametrize("text", ["ftp://x", "example.com", "https://", "javascript:alert(1)"])
def test_an_address_that_is_none_is_named(value, text):
    value(text)
    assert fault(environment.url, "X").startswith("X must be an http or https address")


@pytest.mark.parametrize("text", ["https://example.com/path", "example.com", "*", "http://"])
def test_an_origin_that_is_none_is_named(value, text):
    value(text)
    assert fault(environment.origins, "X").startswith("X holds")


def test_the_first_name_that_is_set_counts(monkeypatch):
    monkeypatch.setenv("OLD_NAME", "old")
    assert environment.text("NEW_NAME", "OLD_NAME") == "old"
    monkeypatch.setenv("NEW_NAME", "new")
    assert environment.text("NEW_NAME", "OLD_NAME") == "new"


def test_a_bcrypt_hash_in_a_file_is_taken_as_it_is(tmp_path, monkeypatch):
    monkeypatch.delenv("X", raising=False)
    monkeypatch.setenv("Y", "of the environment")
    given = "$2b$12$abcdefghijklmnopqrstuv"
    (tmp_path / ".env").write_text(f"X={given}\nY=of the file\n")
    environment.load_file(tmp_path / ".env")
    assert environment.text("X") == given
    assert environment.text("Y") == "of the environment"
    monkeypatch.delenv("X")


@pytest.mark.parametrize(
    "text", ["mysql://u@h/d", "booms", "sqlite:///x.db", "postgresql://u@h:port/d", "postgresql://u@h"]
)
def test_a_database_address_that_is_none_is_named(value, text):
    value(text)
    assert fault(environment.database, "X").startswith("X ")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg", "postgresql+psycopg2"])
def test_the_originals_database_addresses_are_read(value, scheme):
    value(f"{scheme}://user:p%40ss@host:5433/booms?sslmode=require")
    found = environment.database("X")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("host", 5433, "booms")
    assert (found["USER"], found["PASSWORD"], found["OPTIONS"]) == ("user", "p@ss", {"sslmode": "require"})


def test_a_kept_secret_is_made_once_and_for_its_owner_only(tmp_path):
    path = tmp_path / "secrets" / "one"
    made = environment.kept_secret(path, make=lambda: "first")
    assert (made, environment.kept_secret(path, make=lambda: "second")) == ("first", "first")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    sentence = fault(environment.kept_secret, tmp_path / "file" / "one", make=str)
    assert str(tmp_path / "file") in sentence
