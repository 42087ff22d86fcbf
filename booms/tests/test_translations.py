"""Spanish is complete: every text of the project is in the catalogue, and the compiled catalogue is the written one."""

import ast
import re
from gettext import GNUTranslations
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.ROOT)
APPS = ("booms", "accounts", "agents", "stages", "crm", "exports")
CATALOGUE = ROOT / "booms" / "locale" / "es" / "LC_MESSAGES" / "django.po"
FUNCTIONS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
# What `templatize` makes of {% translate %} and {% blocktranslate %}: calls whose first argument is the text.
CALL = re.compile(
    r"\bn?gettext\((u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"))|_\((u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"))"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def texts_of_code(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def texts_of_template(path):
    for one, other in CALL.findall(templatize(path.read_text())):
        yield ast.literal_eval(one or other)


def texts():
    code = (path for app in APPS for path in (ROOT / app).rglob("*.py") if "tests" not in path.parts)
    for path in code:
        yield from texts_of_code(path)
    for path in (ROOT / "templates").rglob("*.html"):
        yield from texts_of_template(path)


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(str(CATALOGUE))


def test_the_search_for_texts_finds_those_of_code_and_templates():
    found = set(texts())

    assert {"The customer is unhappy.", "Pending queue", "%(name)s decided this case on %(when)s."} <= found
    assert {"Approve as is", "Open with %(name)s", "No account"} <= found
    assert "%(count)d key is revoked." in found


def test_every_text_has_spanish(catalogue):
    translated = {entry.msgid for entry in catalogue if entry.translated()}

    assert sorted(set(texts()) - translated) == []


def test_the_catalogue_holds_nothing_that_is_not_used(catalogue):
    assert sorted({entry.msgid for entry in catalogue} - set(texts())) == []


def test_translations_keep_the_placeholders(catalogue):
    for entry in catalogue:
        for text in [entry.msgstr] if not entry.msgid_plural else entry.msgstr_plural.values():
            assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(entry.msgid)), entry.msgid


def test_the_compiled_catalogue_is_the_written_one(catalogue):
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)

    for entry in catalogue:
        if entry.msgid_plural:
            assert [compiled.ngettext(entry.msgid, entry.msgid_plural, n) for n in (1, 2)] == [
                entry.msgstr_plural[0],
                entry.msgstr_plural[1],
            ]
        else:
            assert compiled.gettext(entry.msgid) == entry.msgstr
    assert len([key for key in compiled._catalog if key and not (isinstance(key, tuple) and key[1])]) == len(catalogue)
