"""What a consultant asks of the interview itself: go back, delete an answer, tell what is noted, be done."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from agents.interview.parsing.words import fold
from agents.interview.state import InterviewDefinition, Question
from agents.offline.interviewer_reading import find_question, labels_of

_BACK = re.compile(
    r"^(?:(?:no|wait|espera|please|por favor|perdon|sorry|quiero|i want to|can we|podemos|puedo|let us|lets|can i) )*"
    r"(?:(?:go |step |come )?back(?: (?:please|one|one step|a step))?|(?:go )?back to the (?:previous|last)"
    r"(?: (?:question|one|step))?|(?:the )?previous(?: (?:question|one|answer))?|undo(?: (?:that|it|the last one))?|"
    r"(?:vuelve|volver|volvamos|ir|ve|vamos|vuelva)(?: un paso| hacia)? atras|atras|(?:vuelve|volver|volvamos) a la "
    r"(?:pregunta )?anterior(?: pregunta)?|(?:la )?(?:pregunta )?anterior|deshacer|deshaz(?:lo)?)"
    r"(?: please| por favor)?$"
)
_CHANGE = re.compile(
    r"^(?:(?:no|wait|espera|please|por favor|perdon|sorry|quiero|quisiera|i want to|i need to|tengo que|"
    r"i would like to|"
    r"can i|can we|puedo|podemos|vamos a|lets|let us) )*(?:cambia(?:r|mos)?|corregir|corrige|modificar|modifica|"
    r"change|"
    r"correct|edit|fix|(?:go )?back to|vuelve a|volver a) (?:mi|la|el|my|the|los|las)? ?(?:respuesta (?:de|sobre|a) |"
    r"answer (?:about|to|on|for) )?(?P<what>[\w ]{2,50})$"
)
_DELETE = re.compile(
    r"^(?:(?:no|wait|espera|please|por favor|perdon|sorry|quiero|quisiera|i want to|i would like to|puedes|can you|"
    r"could you) )*(?:borra(?:me)?|elimina(?:me)?|quita(?:me)?|(?<=quiero )borrar|(?<=puedes )borrar|suprime|olvida|"
    r"delete|remove|erase|clear|scrap|"
    r"forget|discard)\s+(?P<what>.+)$"
)
_ANSWER_WORDS = re.compile(
    r"^(?:(?:mi|la|el|lo|my|the|esa|ese|eso|that|your|tu|que|what|i|te|he|ultima|ultimo|last|previous|anterior) )*"
    r"(?P<named>(?:respuesta|contestacion|answer|reply|apunte|nota|note|apuntado|dije|dicho|said|dijimos|puse|puesto|"
    r"noted|noto|entry) ?)?(?:(?:a|al|sobre|acerca de|de|del|en|para|about|on|for|to|of|in|under|the|la|el|los|las|"
    r"lo|my|mi|our) )*"
)
_RECALL = re.compile(
    r"^(?:(?:y|and|but|pero|oye|perdon|sorry|please|por favor|hola|a ver|dime|tell me|can you|could you|puedes|me|"
    r"recuerdame|remind me|show me|muestrame|ensename|decir(?:me)?|show|tell) )*"
    r"(?:(?:(?:en )?que|cual|what|cuanto|which)(?: respuestas?| answers?| datos| data| cosas| things)? "
    r"(?:(?:es|son) )?(?:lo que )?(?:tengo|tienes|tenemos|has|he|hay|hemos|llevas?|llevamos|dije|puse|te|esta|"
    r"do|did|have|has|is|are|was)(?: (?:te|you|i|we|me|been|ya|already|so far))*"
    r"(?: (?:apuntad[oa]s?|anotad[oa]s?|guardad[oa]s?|escrit[oa]s?|registrad[oa]s?|recogid[oa]s?|puesto|dicho|dado|"
    r"contestado|respondido|dije|noted?|noted down|written|written down|recorded?|saved?|stored?|got|have|say|said|"
    r"tell|told|answer(?:ed)?|wrote|put|put down|down|know|sabes))\b|"
    r"(?:que|what) (?:te |os )?(?:dije|puse|conteste|respondi|dijimos|pusimos)\b|"
    r"(?:un |the |a |el )?(?:resumen|resume(?:me|melo|lo)?|summary|summari[sz]e|recap)\b|"
    r"(?:mis|my|las|the|all my|todas mis) (?:respuestas|answers|notes|notas)(?: (?:so far|hasta ahora|por favor|"
    r"please))?$|que (?:respuestas|answers) (?:tienes|tengo|hay)\b)"
    r"(?: ?(?:(?:en|de|del|sobre|para|como|by|in|on|about|for|under|as|of|el|la|los|las|the|my|mi|our) )*"
    r"(?P<what>[^?]{2,60}))?$"
)
_DONE = frozenset(
    "listo|lista|ya esta|ya|termina|terminar|terminado|hemos terminado|continua|continuar|adelante|confirmo|correcto|"
    "eso es todo|nada mas|todo bien|todo correcto|todo esta bien|asi esta bien|esta bien asi|asi|sigue|fin|"
    "no cambies nada|no hay mas cambios|sin mas cambios|no quiero cambiar nada|no quiero cambiar nada mas|ya esta todo|"
    "monta el entregable|montalo|monta el documento|perfecto asi|me gusta asi|dejalo asi|asi lo dejamos|"
    "done|finish|finished|go on|continue|go ahead|confirmed|that is all|thats all|that is it|thats it|all done|"
    "we are done|were done|i am done|im done|all good|all right|it is right|its right|that is right|thats right|"
    "it is fine|its fine|that is fine|thats fine|fine like that|good like that|good as it is|it is good as it is|"
    "no more changes|nothing else|nothing more|no changes|put it together|build it|leave it like that|"
    "everything is right|everything is fine|everything is correct|looks good|looks right".split("|")
)
_YES_FIRST = re.compile(
    r"^(?:(?:si|vale|ok|okay|perfecto|bien|genial|claro|muy bien|de acuerdo|bueno|pues|yes|yeah|great|fine|perfect|"
    r"good|sure|right|no|gracias|thanks|thank you|por favor|please|ya) )+"
)
_OF_OURS = re.compile(r"^(?:(?:el|la|los|las|mi|mis|the|my|our) )+")
_LONGEST = 16
_POLITE_LAST = re.compile(r"(?: (?:gracias|por favor|thanks|thank you|please|now|ya|ahora))+$")


class Order(StrEnum):
    """What is asked of the interview."""

    BACK = "back"
    DELETE = "delete"
    RECALL = "recall"


@dataclass(frozen=True, slots=True)
class Asked:
    """An order, and the question it is about if it names one."""

    order: Order
    question: Question | None = None


def find_order(definition: InterviewDefinition, text: str) -> Asked | None:
    """The order that a message is, if it is one; "delete …" counts if it names a question or speaks of an answer."""
    folded = fold(text[:200])
    if _BACK.match(folded):
        return Asked(Order.BACK)
    changed = _CHANGE.match(folded)
    if changed and find_question(definition, changed["what"]):
        return Asked(Order.BACK, find_question(definition, changed["what"]))
    deleted = _DELETE.match(folded) if len(folded.split()) <= _LONGEST else None
    if deleted:
        named = _names_answer(deleted["what"])
        question = _named(definition, deleted["what"]) if named or _OF_OURS.match(deleted["what"]) else None
        if named or (question and fold(_OF_OURS.sub("", deleted["what"])) in labels_of(question)):
            return Asked(Order.DELETE, question)
    recalled = _RECALL.match(folded) if len(folded.split()) <= _LONGEST else None
    return Asked(Order.RECALL, _named(definition, recalled["what"] or "")) if recalled else None


def says_done(text: str) -> bool:
    """Whether a message says that everything is right as it is."""
    folded = _POLITE_LAST.sub("", fold(text[:200]))
    return folded in _DONE or _YES_FIRST.sub("", folded) in _DONE


def _names_answer(what: str) -> bool:
    words = _ANSWER_WORDS.match(what)
    return bool(words and words["named"])


def _named(definition: InterviewDefinition, what: str) -> Question | None:
    question = find_question(definition, _ANSWER_WORDS.sub("", what))
    if question:
        return question
    padded = f" {what} "
    spelled = [(len(label), q) for q in definition.questions for label in labels_of(q) if f" {label} " in padded]
    return max(spelled, key=lambda pair: pair[0])[1] if spelled else None
