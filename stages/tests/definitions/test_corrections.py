"""Corrections in the words that people use, while stage 1's sales cycle is asked: which answer becomes what."""

import time

import pytest

from agents.interview.answers import settle
from agents.interview.state import InterviewState
from agents.offline.interviewer import take_turn
from stages.tests.definitions.factories import context, stage

DEFINITION = stage(1).definition
GIVEN = {
    "es": {
        "industry": "Panadería", "offering": "Pan de masa madre y bollería",
        "problem": "No hay pan bueno en el barrio", "differentiator": "Horneamos tres veces al día",
        "acquisition": "Boca a boca", "ticket": {"amount": "300.00", "currency": "EUR"},
    },
    "en": {
        "industry": "Bakery", "offering": "Sourdough bread and pastries", "problem": "There is no good bread around",
        "differentiator": "We bake three times a day", "acquisition": "Word of mouth",
        "ticket": {"amount": "300.00", "currency": "EUR"},
    },
}  # fmt: skip


def say(message, language, *, asked="sales_cycle"):
    """What a message changes, and the question asked then."""
    before = {key: value for key, value in GIVEN[language].items() if key != asked}
    state = settle(DEFINITION, InterviewState(answers=before, current_question=asked))
    after = take_turn(DEFINITION, context(1, language), state, message).state
    return {key: value for key, value in after.answers.items() if before.get(key) != value}, after.current_question


@pytest.mark.parametrize(
    ("language", "message", "key", "value"),
    [
        ("es", "Mejor que panadería, pon pastelería artesanal en la industria", "industry", "pastelería artesanal"),
        ("es", "perdona, donde dije panadería quería decir repostería", "industry", "repostería"),
        ("es", "cambia la industria a hostelería", "industry", "hostelería"),
        ("es", "quita lo del diferenciador y pon que horneamos de noche", "differentiator", "horneamos de noche"),
        ("es", "Corrige el problema: falta pan sin gluten", "problem", "falta pan sin gluten"),
        ("es", "No era panadería, era repostería", "industry", "repostería"),
        ("en", "Rather than bakery, pastry workshop", "industry", "pastry workshop"),
        ("en", "sorry, when I said bakery I meant patisserie", "industry", "patisserie"),
        ("en", "change the industry to hospitality", "industry", "hospitality"),
        ("en", "Could you change the differentiator to we bake at night?", "differentiator", "we bake at night"),
        ("en", "Let me correct the problem: no gluten-free bread", "problem", "no gluten-free bread"),
        ("en", "hold on, I told you the acquisition wrong, it's mostly Instagram", "acquisition", "Instagram"),
        ("en", "It wasn't bakery, it was patisserie", "industry", "patisserie"),
        ("es", "Donde pone panadería debería poner obrador", "industry", "obrador"),
        ("es", "la industria sería más bien hostelería", "industry", "hostelería"),
        ("es", "Quítame lo de boca a boca y pon anuncios en Google", "acquisition", "anuncios en Google"),
        ("es", "sustituye panadería por pastelería", "industry", "pastelería"),
        ("en", "Where it says bakery it should say workshop", "industry", "workshop"),
        ("en", "the industry would rather be hospitality", "industry", "hospitality"),
        ("en", "Drop word of mouth and put Google ads", "acquisition", "Google ads"),
        ("en", "replace bakery with pastry shop", "industry", "pastry shop"),
        ("en", "bakery is wrong, it's a patisserie", "industry", "a patisserie"),
        ("es", "En industria te he dicho panadería pero es obrador artesano", "industry", "obrador artesano"),
        ("es", "Olvida lo de panadería, somos pastelería", "industry", "pastelería"),
        ("es", "cambia el problema de colas a prisas", "problem", "prisas"),
        ("es", "Oye, lo del problema reescríbelo: falta pan sin gluten", "problem", "falta pan sin gluten"),
        ("es", "Corrección sobre la industria: repostería", "industry", "repostería"),
        ("es", "Modifícame la captación: anuncios locales", "acquisition", "anuncios locales"),
        ("en", "For industry I said bakery but it's an artisan workshop", "industry", "an artisan workshop"),
        ("en", "Reword the problem: no gluten-free bread", "problem", "no gluten-free bread"),
        ("en", "Amendment to the industry: pastry", "industry", "pastry"),
        ("en", "Switch acquisition to local ads", "acquisition", "local ads"),
        ("es", "Prefiero que la industria sea hostelería", "industry", "hostelería"),
        ("es", "Te corrijo la captación: escaparate y vecinos", "acquisition", "escaparate y vecinos"),
        ("es", "En lugar de boca a boca, escaparate", "acquisition", "escaparate"),
        ("es", "borra el diferenciador y pon que molemos la harina", "differentiator", "molemos la harina"),
        ("es", "sustituye el problema por colas interminables", "problem", "colas interminables"),
        ("en", "I'd rather the industry was hospitality", "industry", "hospitality"),
        ("en", "Let me fix the acquisition: shop window and neighbours", "acquisition", "shop window and neighbours"),
        ("en", "Instead of word of mouth, shop window", "acquisition", "shop window"),
        ("en", "delete the differentiator and put we mill our own flour", "differentiator", "we mill our own flour"),
        ("en", "swap the problem for endless queues", "problem", "endless queues"),
    ],
)  # fmt: skip
def test_the_new_words_replace_the_old(language, message, key, value):
    changed, asked = say(message, language)
    assert {name: text.casefold() for name, text in changed.items()} == {key: value.casefold()}
    assert asked == "sales_cycle"


@pytest.mark.parametrize(
    ("language", "message", "amount"),
    [
        ("es", "pon 5000 en el ticket", "5000"),
        ("es", "Me equivoqué con el ticket: son 450 euros", "450"),
        ("es", "En vez de 300 € de ticket, 350 €", "350"),
        ("es", "El ticket está mal, debería ser 280 €", "280"),
        ("es", "Rectifico: el ticket medio es de 320 €", "320"),
        ("es", "el ticket no son 300 sino 400", "400"),
        ("es", "actualiza el ticket a 1.200 €", "1200"),
        ("es", "Ah, y el ticket en realidad ronda los 275 euros", "275"),
        ("es", "Volvamos al ticket: 310 €", "310"),
        ("en", "put 5000 for the ticket", "5000"),
        ("en", "Scratch that, the ticket is $450", "450"),
        ("en", "Instead of 300 for the ticket make it 350", "350"),
        ("en", "The ticket is wrong, it should be 280 dollars", "280"),
        ("en", "Correction: average ticket $320", "320"),
        ("en", "the ticket isn't 300 but 400", "400"),
        ("en", "update ticket to 1,200", "1200"),
        ("en", "Oh, and the ticket is actually around 275", "275"),
        ("en", "back to the ticket: 310", "310"),
        ("es", "Me he liado con el ticket, son 250", "250"),
        ("es", "Te di mal el ticket: 290 €", "290"),
        ("es", "en el ticket ponme 5.000", "5000"),
        ("es", "¿Puedes cambiar el ticket a 330 euros?", "330"),
        ("es", "ticket: mejor 310", "310"),
        ("es", "El ticket ha subido a 340 €", "340"),
        ("es", "que sean 260 de ticket, no 300", "260"),
        ("en", "I messed up the ticket, it's 250", "250"),
        ("en", "My bad, ticket is 290 euros", "290"),
        ("en", "for the ticket put 5,000 please", "5000"),
        ("en", "Can we make the ticket 330?", "330"),
        ("en", "the ticket went up to 340 euros", "340"),
        ("en", "make it 260 for the ticket, not 300", "260"),
        ("en", "Actually let's say the ticket is €1.2k", "1200"),
        ("es", "Anula el ticket anterior, ahora cobramos 295 €", "295"),
        ("es", "El ticket medio, pensándolo mejor, 270", "270"),
        ("es", "Perdón, el ticket era de 30 €, se me fue un cero", "30"),
        ("es", "Ponle al ticket 315", "315"),
        ("es", "Ese ticket es de hace años; hoy son 420 €", "420"),
        ("en", "Void the earlier ticket, we now charge 295", "295"),
        ("en", "On reflection the ticket should be 270", "270"),
        ("en", "Sorry, the ticket was 30, I typed a zero too many", "30"),
        ("en", "Ticket to 315 please", "315"),
        ("en", "It should have been 280 for the ticket", "280"),
        ("en", "That ticket is years old; today it is 420 euros", "420"),
        ("es", "El ticket que apunté está desfasado, hoy es 360", "360"),
        ("es", "Sobre el ticket: no eran 300, eran 330", "330"),
        ("es", "¿Podrías actualizar el ticket? 345 €", "345"),
        ("es", "Donde puse 300 de ticket son 390", "390"),
        ("es", "el ticket medio ya no es ese, ahora 310", "310"),
        ("es", "He escrito mal el ticket: 3.000 €", "3000"),
        ("en", "The ticket I noted is out of date, today it's 360", "360"),
        ("en", "About the ticket: it wasn't 300, it was 330", "330"),
        ("en", "Could you update the ticket? 345 euros", "345"),
        ("en", "Where I put 300 for the ticket it's 390", "390"),
        ("en", "the average ticket is no longer that, now 310", "310"),
        ("en", "I mistyped the ticket: 3,000", "3000"),
    ],
)  # fmt: skip
def test_the_new_figure_replaces_the_old(language, message, amount):
    changed, asked = say(message, language)
    assert changed == {"ticket": changed["ticket"]}
    assert (changed["ticket"]["amount"], asked) == (f"{amount}.00", "sales_cycle")


@pytest.mark.parametrize(
    ("language", "message", "key"),
    [
        ("es", "la industria no es panadería", "industry"),
        ("es", "el ticket que te di no vale", "ticket"),
        ("es", "quiero cambiar el problema", "problem"),
        ("es", "borra la industria", "industry"),
        ("en", "the industry is not bakery", "industry"),
        ("en", "the ticket I gave you is off", "ticket"),
        ("en", "I'd like to change the problem", "problem"),
        ("en", "forget the industry I gave", "industry"),
        ("es", "vale, pero lo del ticket no es correcto", "ticket"),
        ("es", "el problema lo he explicado mal", "problem"),
        ("es", "Retiro lo dicho sobre el diferenciador", "differentiator"),
        ("en", "ok but the ticket isn't right", "ticket"),
        ("en", "I explained the problem badly", "problem"),
        ("en", "I take back what I said about the differentiator", "differentiator"),
        ("es", "¿Me dejas rehacer el diferenciador?", "differentiator"),
        ("es", "No estoy contento con la oferta, quiero cambiarla", "offering"),
        ("es", "Creo que el ticket lo puse mal", "ticket"),
        ("en", "May I redo the differentiator?", "differentiator"),
        ("en", "I'm not happy with the offering, let me change it", "offering"),
        ("en", "I think I entered the ticket wrong", "ticket"),
        ("es", "Perdona, lo del diferenciador no es así", "differentiator"),
        ("es", "Rebobina, quiero otra industria", "industry"),
        ("es", "no me convence el problema que puse", "problem"),
        ("en", "Sorry, the differentiator is not like that", "differentiator"),
        ("en", "Rewind, I want another industry", "industry"),
        ("en", "I don't like the problem I wrote", "problem"),
    ],
)  # fmt: skip
def test_what_only_doubts_an_answer_has_it_asked_again(language, message, key):
    assert say(message, language) == ({}, key)


@pytest.mark.parametrize(
    ("language", "asked", "message"),
    [
        ("es", "differentiator", "A diferencia de otros, no cambiamos la receta ni el producto cada mes"),
        ("es", "differentiator", "No es un producto industrial, es pan hecho a mano"),
        ("es", "differentiator", "Mejor que la panadería industrial: masa de verdad"),
        ("es", "acquisition", "En vez de anuncios usamos el boca a boca"),
        ("es", "acquisition", "Ponemos el producto en mercados y la gente lo prueba"),
        ("es", "goal", "Subir el ticket a 400 € y abrir otro local"),
        ("es", "goal", "Que el ticket sea de 350 €"),
        ("es", "goal", "Dejar el producto congelado y vender solo pan fresco"),
        ("es", "sales_cycle", "Compran el mismo día, no hay ciclo"),
        ("es", "sales_cycle", "Es una compra de impulso, no de meses"),
        ("es", "problem", "El producto del supermercado está mal hecho y sienta mal"),
        ("es", "problem", "La gente se ha olvidado del pan de verdad"),
        ("es", "ideal_customer", "Una vecina que quiere cambiar a pan sano y no se fía de la industria"),
        ("es", "pains", "El pan de la industria no es sano; el producto está caro; pan malo al día siguiente"),
        ("es", "objections", "El producto es caro; el ticket es alto; no sé si me sentará bien"),
        ("en", "differentiator", "It's not a franchise, it's a family bakery"),
        ("en", "differentiator", "Unlike others we never change the product"),
        ("en", "acquisition", "Rather than ads we rely on neighbours"),
        ("en", "acquisition", "We put the product in front of people at markets"),
        ("en", "goal", "Drop the product lines that lose money"),
        ("en", "problem", "The product in supermarkets is wrong for people with allergies"),
        ("en", "problem", "People forget the taste of real bread"),
        ("en", "sales_cycle", "Not months but minutes"),
        ("en", "objections", "The ticket is too high; I can replace it with supermarket bread; the bread goes stale"),
        ("en", "ideal_customer", "A neighbour who wants to change the way her family eats bread"),
    ],
)  # fmt: skip
def test_an_answer_that_speaks_of_others_is_still_the_answer(language, asked, message):
    changed, _next = say(message, language, asked=asked)
    assert set(changed) == {asked}


@pytest.mark.parametrize("word", ["el ", "no es ", "en vez de ", "el ticket ", "quiero cambiar ", "industry ticket "])
def test_reading_a_hostile_message_takes_no_time(word):
    started = time.perf_counter()
    say((word * 240)[:240], "es")
    assert time.perf_counter() - started < 1
