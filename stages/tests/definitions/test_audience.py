"""Common practice fits who buys: a company, a person, or nobody knows yet."""

from dataclasses import replace

import pytest

from stages.definitions.audience import Audience, audience
from stages.definitions.buyer_persona import BuyerPersona
from stages.definitions.catalogue import definition
from stages.definitions.journey_drafting import practice
from stages.definitions.texts import flowing, lowered
from stages.tests.definitions.factories import context, deliverable, redraft, stage


def company(industry, ticket, customer, language="es"):
    first = deliverable(1, language)
    return {
        **first,
        "business": {**first["business"], "industry": industry, "offering": industry, "ticket": ticket},
        "persona": {**first["persona"], "professional_context": customer},
    }


@pytest.mark.parametrize(
    ("industry", "ticket", "customer", "people", "expected"),
    [
        ("Moda sostenible para mujer", "120 €; ciclo de venta: tres semanas", "Ella", ["Una amiga"], "consumer"),
        ("Gimnasio de barrio", "45 €; ciclo de venta: dos días", "Vecinos", ["La pareja"], "consumer"),
        ("Venta B2C de velas", "30 €; ciclo de venta: en el acto", "Quien regala", ["Quien regala"], "consumer"),
        ("Asesoría B2B", "200 €; ciclo de venta: dos días", "Quien lleva las cuentas", [], "business"),
        ("Software para clínicas", "9.000 €; ciclo de venta: seis meses", "Gerente", ["Finanzas"], "business"),
        ("Clases de música", "600 €; ciclo de venta: tres semanas", "Quien quiere tocar", ["Quien toca"], "neutral"),
        ("Papelería", "", "Quien pasa por la calle", [], "neutral"),
    ],
)
def test_who_buys_is_told_by_what_is_known_and_left_open_otherwise(industry, ticket, customer, people, expected):
    stage1 = BuyerPersona.model_validate(company(industry, ticket, customer))
    assert audience(stage1, people, "es") == expected


def test_the_example_company_sells_to_companies_in_both_languages():
    for language in ("es", "en"):
        stage1 = BuyerPersona.model_validate(deliverable(1, language))
        assert audience(stage1, [], language) is Audience.BUSINESS


@pytest.mark.parametrize("industry", ["Moda sostenible para mujer, tienda en línea", "Clases de música"])
def test_who_does_not_sell_to_companies_gets_no_business_practice(industry):
    first = company(industry, "120 €; ciclo de venta: tres semanas", "Quien quiere disfrutar")
    known = context(2, buyer_persona=first)
    answers = {**stage(2).answers, "decision_people": ["Irene", "Su hermana"]}
    made = definition(2).draft(answers, replace(known, company="Lino"))
    common = " ".join(
        [
            *(row[key] for row in made["rows"] for key in ("content", "formats", "cta", "kpis", "crm_properties")),
            *made["crm"]["lists"],
            *made["crm"]["workflows"],
            *(signal["signal"] for signal in made["crm"]["lead_scoring"]),
        ]
    ).casefold()
    assert not [word for word in ("webinar", "propuesta", "comercial", "colega", "firma", "retorno") if word in common]


def test_every_audience_has_the_whole_practice_in_both_languages():
    shape = practice(Audience.BUSINESS)
    for buyer in Audience:
        for part, languages in shape.items():
            for language, cells in languages.items():
                assert practice(buyer)[part][language].keys() == cells.keys()
                assert all(practice(buyer)[part][language].values())


def test_what_is_needed_first_is_more_than_the_pains_again():
    need = deliverable(2)["rows"][0]["need"]
    assert need.startswith("Entender a qué se debe y qué puede hacer: ")
    assert "paradas imprevistas de máquinas" in need


@pytest.mark.parametrize(
    ("items", "text"),
    [
        (["Cobrar a tiempo", "Cerrar el mes"], "cobrar a tiempo y cerrar el mes"),
        (["LinkedIn", "Google Ads", "Ferias del sector"], "LinkedIn, Google Ads y ferias del sector"),
        (["Instagram sin pagar", "ERP de planta"], "Instagram sin pagar y ERP de planta"),
        (["Vender más", "llegar a Francia", "España entera"], "vender más, llegar a Francia y España entera"),
        (["Plazo, precio", "Garantía escrita"], "plazo, precio; garantía escrita"),
    ],
)
def test_phrases_in_a_sentence_have_small_letters_but_for_names(items, text):
    assert flowing(items, "es") == text


def test_an_empty_phrase_and_the_english_i_stay():
    assert lowered("") == ""
    assert lowered("I cannot try it on") == "I cannot try it on"


@pytest.mark.parametrize("number", [1, 2])
def test_no_sentence_of_a_narrative_has_a_capital_after_a_semicolon(number):
    changed = {"goals": ["Cobrar a tiempo", "Cerrar el mes", "Dormir bien"]} if number == 1 else {}
    made = redraft(number, **changed)
    told = [made["persona"]["narrative"]] if number == 1 else [part["text"] for part in made["narrative"]]
    for text in told:
        assert all(not part[:1].isupper() for part in text.split("; ")[1:])


def test_the_value_proposition_ends_in_a_whole_sentence():
    said = deliverable(3)["offer"]["value_proposition"]
    assert " El resultado: " in said
    assert said.endswith(".")
