"""Corrections in whatever order: an answer's name among words that speak of nothing but the interview itself."""

from __future__ import annotations

from collections.abc import Iterator

from agents.interview.state import Answers, InterviewDefinition
from agents.offline.interviewer_corrections import Mending, Reading, named_readings
from agents.offline.interviewer_reading import SINGLE_VALUED


def _set(*words: str) -> frozenset[str]:
    return frozenset(" ".join(words).split())


# What one does to an answer, told to do or done: one of them at least, unless a figure says what is meant.
_REPAIRS = _set(
    "cambia cambiame cambialo cambiala cambiarlo cambiarla cambiemos cambiamos corrige corrigeme corrigelo "
    "corrijo corregirlo corregirla corrijamos correccion rectifico rectifica rectificacion modifica modificame "
    "modificalo actualiza actualizame actualizalo reescribe reescribelo reescribela rehaz rehazlo rehagamos "
    "replantea sustituye reemplaza anula anulalo anulemos borra borralo borrame elimina eliminalo quita quitalo "
    "quitame retiro retira olvida olvidalo olvidate tacha descarta equivoque equivocado equivocada dije dicho "
    "puse puesto escribi escrito pon ponle ponme ponlo pongamos apunta apuntame apuntalo anota anotalo volvamos "
    "vuelve volviendo pensandolo reconsidera repensemos matizo aclaro ajusta ajustalo contento contenta convence "
    "desdigo change changing correct correction correcting amend amendment amending fix update updating revise "
    "revisit reword rewrite rephrase redo replace switch swap void cancel scratch scrap drop delete remove erase "
    "forget ignore discard retract withdraw said told entered typed put wrote gave meant misspoke mistyped "
    "reflection adjust clarify reconsider happy set"
)
# In a text these may tell what customers or products do; after a wish or a request they are about the answer.
_TO_REPAIR = _set(
    "cambiar corregir rectificar modificar actualizar reescribir rehacer replantear sustituir reemplazar anular "
    "borrar eliminar quitar retirar revisar repetir ajustar matizar aclarar repensar volver"
)
_PERSONAL = _set(
    "quiero quisiera querria gustaria necesito dejas deja dejame puedo podemos podria podrias puedes podriamos "
    "tengo hay habria me te yo he estoy dije puse i id im ive me my let lets may can could would you we want need "
    "like"
)
_GLUE = _set(
    "a ah ahora al algo alli antes anterior aqui asi aun bien bueno campo cero como con contestacion cosa creo "
    "cuando cual dato de debe deberia decir del di digo donde e el ella en entonces era eran eres es esa ese eso "
    "esta estaba estoy este esto fallo favor fue fui gracias ha hace hay he hemos hola hoy la las le lo los mal "
    "mas me mejor mi mio mira mis no nos nuestra nuestro o ojo os oye para parte perdon perdona pero poco por "
    "porfa primero pues que quiero quisiera querria gustaria se sea sean ser seria serian si sido sino sobre son "
    "su tambien te tema tengo tenia tenemos tras tu un una uno unos vale vas ver voy ya y yo respuesta realidad "
    "necesito dejas deja dejame puedo podemos podria podrias puedes podriamos habria medio media anos viejo vieja "
    "antiguo antigua errata error disculpa siento tachar cambio cobramos cobra cuesta queda quede queria quise "
    "decir lado aquello a actually about after again all also am an and answer any are as at back be been before "
    "better but by can could did do done dont earlier entry error for from gave go had has have hey hold i id im "
    "in into is it its ive just let lets like may me mine mistake more my no not now nope of off ok okay old on "
    "one or our out over part please previous really right second should so sorry still take than that thats the "
    "then there thing think this thought thoughts to today too typo under up us want wanted was wasnt we were "
    "what when where which with would wrong wrongly years yes you your need id charge charges cost costs pay pays "
    "badly incorrectly instead rather"
)
# What makes a figure beside a name a correction when nothing is said to be done to it.
_SECOND_THOUGHTS = _set(
    "no not mejor better actually realidad should deberia sorry perdon perdona ahora now today hoy please favor "
    "wrong mal era was rather instead really"
)
# With these the new words may begin; they are not part of them.
_BEGINS = _set(
    "es son era seria sera sean sea que pon ponle ponme ponlo mejor mas bien ahora hoy en realidad somos cobramos "
    "a por is are its was should be it make put now today actually more like rather we to as with im i mean meant "
    "deberia ser pero but"
)
_TO = _set("a por to with into as como")
_CONTRASTS = _set("pero but sino")
_TALK = _GLUE | _REPAIRS | _TO_REPAIR | _BEGINS
_MOST_WORDS = 24
_FEWEST_WORDS = 2


def find_repairs(definition: InterviewDefinition, answers: Answers, text: str) -> Iterator[Mending]:
    """What a message that speaks only of the interview mends, the new words being whatever else it has."""
    for reading in named_readings(definition, answers, text):
        words = reading.masked.split(" ")
        if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS:
            continue
        bare = [word.rstrip(",") for word in words]
        figure = reading.question.kind in SINGLE_VALUED
        begin, end = _figure(bare) if figure else _new_words(words, bare)
        talk = [*bare[:begin], *bare[end:]]
        told = _repairs(talk) or (figure and begin < end and not _SECOND_THOUGHTS.isdisjoint(talk))
        if told and all(_is_talk(word) for word in talk):
            yield Mending(reading.question, "", reading.words(begin, end))


def _repairs(words: list[str]) -> bool:
    said = set(words)
    return bool(said & _REPAIRS or (said & _TO_REPAIR and said & _PERSONAL))


def _is_talk(word: str) -> bool:
    return word == Reading.NAME or word in _TALK


def _figure(bare: list[str]) -> tuple[int, int]:
    """Where the words begin and end that are no talk, if there is a figure among them."""
    strange = [place for place, word in enumerate(bare) if not _is_talk(word)]
    figures = any(any(character.isdigit() for character in bare[place]) for place in strange)
    return (strange[0], strange[-1] + 1) if figures else (len(bare), len(bare))


def _new_words(words: list[str], bare: list[str]) -> tuple[int, int]:
    """Where the new words begin and end: after the break or the "to" that follows the name."""
    name = max(place for place, word in enumerate(bare) if word == Reading.NAME)
    begins = [
        place + 1
        for place in range(name, len(words) - 1)
        if words[place].endswith(",") or bare[place + 1] in _CONTRASTS or (place == name + 1 and bare[place] in _TO)
    ]
    begin = next((place for place in begins if _repairs(bare[:place]) and not _repairs(bare[place:])), len(words))
    while begin < len(bare) - 1 and bare[begin] in _BEGINS:
        begin += 1
    return begin, len(words)
