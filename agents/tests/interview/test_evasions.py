"""Messages that answer nothing, and answers that only look like them."""

import pytest

from agents.interview.parsing.evasions import Evasion, evasion

UNKNOWN = """me da exactamente igual|no tengo ni la más remota idea|pregúntame otra cosa|I'd rather keep that private
forget it|déjalo|I really couldn't say|me lo salto|asdf|stop asking|yo que sé|hablemos mañana|let us talk tomorrow
da igual|whatever|prefiero no contestar|rather not say
no sé|idk
paso|skip|I don't know|I'd rather not say|prefer not to say|no quiero responder a eso|none of your business
me da lo mismo
lo que tú quieras|whatever you want|I don't care|you decide|mañana te lo digo|talk to you later|no lo tengo claro
ni idea
let's continue another day|no me acuerdo|pon lo que quieras|make something up|ya veremos|we have not decided yet
not sure
I am not sure about eso yet|skip this question|esto es confidencial|I won't tell you|haven't a clue
it doesn't matter"""
TOLD = """como ya te dije|ya te lo dije|I already told you|ya lo he dicho|te lo acabo de decir|I just told you that
you already asked me"""
INSULTS = """esto es ridículo|what a waste of time|vaya pregunta más tonta|eres un inútil|you are useless
qué pesado|you're so stupid|idiota|fuck off|vaya mierda|shut up|this sucks"""
ANSWERS = """No se ve el retorno|No sé si me va a funcionar|no sé, unos 3 €|Paso a paso|Siguiente nivel
The customer decides
no les importa el precio|no tienen tiempo|They have no idea what they spend|whatever the client brings
Recogida de basura
garbage collection|No quiero cambiar de proveedor|Prefiero no arriesgar|Ya tenemos proveedor|Ya lo hemos probado
Any company of 20 people|Luego comparan tres proveedores|I want to talk to a person|Not sure it will work"""


def phrases(text):
    return text.replace("\n", "|").split("|")


@pytest.mark.parametrize("message", phrases(UNKNOWN))
def test_not_knowing_not_caring_refusing_and_putting_off_answer_nothing(message):
    assert evasion(message) is Evasion.UNKNOWN


@pytest.mark.parametrize("message", phrases(TOLD))
def test_what_was_said_before_is_told_apart(message):
    assert evasion(message) is Evasion.TOLD


@pytest.mark.parametrize("message", phrases(INSULTS))
def test_an_insult_is_no_answer(message):
    assert evasion(message) is Evasion.INSULT


@pytest.mark.parametrize("message", phrases(ANSWERS))
def test_an_answer_that_begins_like_an_evasion_is_an_answer(message):
    assert evasion(message) is None


def test_where_people_are_quoted_having_no_time_is_an_answer():
    assert evasion("No tengo tiempo") is Evasion.UNKNOWN
    assert evasion("No tengo tiempo", quoting=True) is None
    assert evasion("Es una pérdida de tiempo", quoting=True) is None
