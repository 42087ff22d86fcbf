"""Messages that answer nothing: not knowing, not caring, refusing, putting off, complaining. In both languages."""

from __future__ import annotations

import re
from enum import StrEnum

from agents.interview.parsing.words import fold

# What stands in for the name of a question: "I am not sure about the goal" evades, "about the price" may be quoted.
TOPIC = "eso"
LONGEST = 14

_LEAD = (
    r"(?:(?:pues|uf|uff|buf|puf|mmm+|hmm+|ay|jo|eh|bueno|hombre|mira|oye|a ver|la verdad(?: es que)?|ahora mismo|"
    r"de momento|por ahora|es que|sinceramente|perdon|perdona|lo siento|vale|ok|creo que|mejor|no|y|pero|"
    r"honestly|well|sorry|look|listen|to be honest|i think|actually|frankly|please|por favor|but|and|eso|esto|"
    r"de eso|sobre eso|that|this|the|el|la|los|las|yo|i said|todavia|aun)\s)*"
)
_TAIL = (
    r"(?:\s(?:la verdad|todavia|aun|ahora(?: mismo)?|hoy|de momento|por ahora|exactamente|bien|muy bien|seguro|eso|"
    r"esto|"
    r"de eso|de esto|sobre eso|a eso|tio|tia|gracias|por favor|lo siento|sinceramente|que (?:decir|decirte|poner|"
    r"responder|contestar)|cual es|y ya esta|y punto|pregunta|preguntas|mas|ya|nada|tampoco|antes|sorry|yet|really|"
    r"exactly|right now|for now|at the moment|now|today|about|of|on|the|el|la|los|las|my|your|our|that|this|it|"
    r"to be honest|honestly|lol|xd+|(?:ja){2,}\w*|(?:ha){2,}\w*|"
    r"thanks|thank you|please|man|mate|anymore|question|questions|one|what to (?:say|answer|"
    r"put)|"
    r"before|twice|dos veces|mil veces|many times|anything|you|te|a ti|contigo))*"
)
_UNKNOWN = (
    r"no (?:lo |la )?se|(?:yo )?que se(?: yo)?|que voy a saber(?: yo)?|"
    r"(?:no tengo )?ni (?:\w+ ){0,4}idea|no tengo (?:la menor )?idea|"
    r"ni flores|"
    r"no estoy (?:muy |del todo |nada )?segur[oa](?: de eso| de esto)?|no (?:lo |te lo |te )?sabria(?: decir(?:te|"
    r"lo)?| "
    r"responder| contestar)?|no (?:lo )?sabemos|no lo sabe nadie|(?:lo )?desconozco|vete (?:tu )?a saber|quien sabe|"
    r"a saber|ni lo se|no (?:lo )?(?:tengo|tenemos) (?:muy |nada |del todo )?(?:claro|pensado|decidido|definido)|"
    r"no (?:lo )?(?:he|hemos) (?:decidido|pensado|definido|hablado|mirado)|(?:esta |queda )?(?:por|sin) "
    r"(?:definir|decidir|determinar|pensar)|(?:ya |luego )?(?:ya )?(?:lo )?(?:veremos|vere)|no (?:me acuerdo|"
    r"lo recuerdo|"
    r"recuerdo)|ns nc|ns|nc|n a|na|tbd|"
    r"idk|dunno|(?:i |we )?(?:really |honestly )?(?:do not|dont) (?:really |honestly )?(?:know|remember|recall)|"
    r"(?:i |we )?(?:would not|wouldnt) know|(?:i am |im |we are |were )?(?:still )?(?:not|unsure|isnt) (?:really |"
    r"quite "
    r"|very |too |so |entirely |completely )?(?:sure|certain|clear|decided)|(?:i am |im |we are )?unsure|"
    r"(?:i |we )?(?:have |havent |got )?(?:no|not the faintest|a) (?:idea|clue)|beats me|(?:who|god|nobody) knows|"
    r"how (?:should|would) i know|(?:i |we )(?:have not|havent) (?:decided|thought|defined|figured)(?: about| of)?"
    r"(?: it| that| this)?(?: out)?|unknown|to be (?:defined|decided|determined|confirmed)|(?:i )?(?:cant|cannot|"
    r"could "
    r"not|couldnt) (?:say|remember|recall)|hard to say|i (?:really|honestly) (?:cant|couldnt|cannot|"
    r"could not) (?:say|tell)|we (?:will|ll) see|"
    r"saltar|saltal[ao]|saltatel[ao]|salta|salto|skip|skip it|pass|paso|siguiente|next|pasa(?:mos)? a (?:la )?"
    r"(?:siguiente|otra)|otra pregunta|another question|move on|lets move on|"
    r"(?:pregunta(?:me)?|ask(?: me)?) (?:otra cosa|something else)|me l[oa] salto|(?:i will|i ll|ill) (?:pass|skip)|"
    r"no (?:procede|aplica)|not applicable|(?:it )?(?:does not|doesnt) apply|paso palabra|ni fu ni fa|meh|bl?ah?"
    r"(?: blah?)+|(?:asdf|qwer)\w*|lorem ipsum"
)
_CARELESS = (
    r"(?:me )?da (?:exactamente |absolutamente |un poco )?(?:igual|lo mismo)|me es igual|es igual|(?:y )?que mas da|"
    r"lo que (?:sea|(?:tu )?(?:quieras|digas|"
    r"veas|"
    r"prefieras)|te (?:parezca|de la gana|venga bien))|como (?:tu )?(?:quieras|prefieras|veas|sea)|cualquier cosa|"
    r"cualquiera|no (?:me )?importa(?: nada)?|me importa (?:un \w+|poco|nada)|paso de (?:esto|eso|todo|ti)|"
    r"(?:te lo )?invent(?:a|ate|alo|atelo)(?: algo| lo)?|(?:pon|escribe|apunta)(?:lo|le|me)? (?:lo que|algo|cualquier)"
    r"(?: \w+){0,3}|(?:decide|elige|escoge)(?:lo)? tu|tu (?:decides|eliges|mism[oa]|veras|sabras)|"
    r"whatever(?: you (?:want|like|say|think|prefer))?|as you (?:like|wish|want)|any(?:thing)?(?: you (?:want|like))?|"
    r"(?:i )?(?:do not|dont|couldnt|could not) (?:really )?care(?: less)?|who cares|(?:it )?(?:does not|doesnt|dont) "
    r"matter|never ?mind|(?:just )?make (?:it|something|one) up|you (?:choose|decide|pick|tell me)|(?:it is |its )?up "
    r"to you|your (?:call|choice)|(?:just )?(?:put|write) (?:anything|something|whatever)(?: \w+){0,3}"
)
_REFUSAL = (
    r"(?:yo )?(?:prefiero|preferiria|preferimos) no (?:contestar|responder|decir(?:lo|telo)?|hablar(?: de eso)?|"
    r"compartir(?:lo)?|dar(?: ese dato| esos datos)?|entrar en eso)|(?:no )?(?:quiero|voy a|vamos a|pienso|deseo|"
    r"puedo|"
    r"podemos|me apetece|me da la gana(?: de)?|tengo ganas de) (?:no )?(?:contestar|responder|decir(?:lo|telo|te)?|"
    r"hablar(?: de eso)?|seguir|compartir(?:lo)?|revelar(?:lo)?)(?:te)?|no te lo (?:voy a decir|digo|pienso decir|"
    r"cuento)|(?:es |son )(?:algo )?(?:privad[oa]|confidencial(?:es)?|secret[oa]|asunto mio|cosa mia)|confidencial|"
    r"no es (?:asunto|cosa) tuy[oa]|(?:no|que) te (?:importa|interesa)|sin comentarios|no comment|"
    r"(?:i would |i d |id |i had |i |we would |we d |we )?(?:rather|prefer) not(?: to)?(?: say| answer| tell| share| "
    r"disclose| talk| reveal| discuss)?|(?:i |we )(?:will not|wont|cant|cannot|am not going to|do not want to|"
    r"dont want to|do not wish to|refuse to|do not feel like|dont feel like) (?:answer|say|tell|share|disclose|talk|"
    r"continue|answering|talking|reveal|discuss)(?: \w+){0,2}|(?:im|i am) not (?:going to )?(?:tell|say|"
    r"answer)(?:ing)?|"
    r"(?:thats |that is |it is |its )?(?:private|confidential|secret|none of your business)|not telling|"
    r"leave me alone|"
    r"dejame(?: en paz| tranquil[oa])?|"
    r"(?:i would |i d |id |i )?(?:rather|prefer(?: to)?) keep (?:it|that|this) (?:private|to myself|secret|"
    r"confidential)|"
    r"stop asking|deja de preguntar(?:me)?|dejal[oa]|olvidal[oa]|forget it|drop it|dimelo tu|"
    r"give (?:it|her|him|them) any name|no(?: mas)? (?:preguntas|questions)|no more questions"
)
_DAY = (
    r"(?:(?:para |a |por )?(?:manana|luego|despues|mas tarde|mas adelante|otro (?:dia|rato)|en otro momento|"
    r"otro momento|"
    r"la (?:semana|proxima)(?: que viene)?|el (?:lunes|martes|miercoles|jueves|viernes))|(?:for |until |on |till )?"
    r"(?:tomorrow|later|another (?:day|time|moment)|some other time|next (?:week|time)|(?:monday|tuesday|wednesday|"
    r"thursday|friday)))"
)
_PUT_OFF = (
    rf"(?:hablamos|hablemos|hablaremos|lo vemos|lo (?:miro|miramos|pienso|dejamos)|seguimos|sigamos|seguiremos|"
    rf"continuamos|"
    rf"continuemos|te (?:lo )?(?:digo|dire|cuento|llamo|escribo|confirmo)|te respondo|vuelvo|dejemoslo|dejalo|"
    rf"dejamoslo|"
    rf"pregunta(?:me)?(?:lo)?|nos vemos|quedamos) {_DAY}|"
    rf"(?:let us|lets|we can|can we|could we|we will|we ll|well|i will|i ll|ill|you can)? ?(?:talk|speak|chat|"
    rf"continue|"
    rf"resume|do (?:it|this|that)|leave (?:it|this|that)|see|come back|carry on|discuss (?:it|this|that)|ask me|"
    rf"tell you|"
    rf"get back to you|let you know)(?: about (?:it|this|that)| to you| again)? {_DAY}|"
    rf"{_DAY} te (?:lo )?(?:digo|cuento|confirmo|escribo)|te (?:lo )?(?:dire|confirmare|confirmo)|(?:i will|i ll|"
    rf"ill) (?:let you know|get back to you|tell you)"
)
# What a buyer may well object, word for word: an answer where a list is asked, putting off elsewhere.
_BUSY = (
    r"(?:ahora no(?: puedo)?|no (?:tengo|tenemos) tiempo(?: para esto| ahora)?|(?:estoy|ando) ocupad[oa]|luego|"
    r"mas tarde|mas adelante|en otro momento|otro dia|not now|later|another (?:day|time)|some other time|"
    r"(?:i |we )?(?:have no|do not have|dont have)(?: the)? time(?: for this| now)?|(?:i am|im) busy|no time)"
)
_TOLD = (
    r"ya te (?:l[oae]s?|l[oa] )?\s?(?:he |hemos )?(?:dij[eo]|dicho|contad[oa]|conte|respondi(?:do)?|conteste|"
    r"contestado|"
    r"explique|explicado|di|dado)|ya (?:lo |la )?(?:he |hemos )?(?:dije|dicho|conteste|contestado|respondi|respondido|"
    r"explique|puse|puesto|dimos|dijimos)|te lo (?:acabo de decir|he dicho|dije)|(?:lo )?acabo de decir(?:lo|telo)?|"
    r"(?:me lo )?(?:ya )?(?:me lo )?(?:has|habias) preguntado|"
    r"(?:i |we )?(?:have |ve |ive |weve )?(?:already|just) (?:told|said|answered|explained|gave|given|mentioned)"
    r"(?: (?:you|that|it|this|so|them|to))*|(?:i )?told you(?: (?:that|so|it|already))*|you (?:have |"
    r"ve )?(?:already|just) "
    r"(?:asked|know|have)(?: (?:me|that|it|this))*|asked and answered|como (?:ya )?(?:te )?(?:dije|he dicho|"
    r"comente)|as i (?:already |just )?(?:said|told|mentioned|"
    r"explained)"
)
_INSULT_WORDS = (
    r"(?:inutil|idiota|imbecil|tont[oa]|estupid[oa]|gilipollas|subnormal|patetic[oa]|basura|mierda|asco|pesad[oa]|"
    r"plasta|"
    r"cabron|capull[oa]|payas[oa]|inepto|inepta|incompetente|desastre|ridicul[oa]|useless|stupid|idiot|idiotic|moron|"
    r"dumb|pathetic|rubbish|garbage|crap|shit|trash|annoying|terrible|awful|hopeless|worthless|incompetent|fool|jerk|"
    r"asshole|bastard|ridiculous|dumbass|disaster|joke)"
)
_INSULT = (
    rf"(?:(?:eres|sois|que|vaya|menud[oa]|you are|you re|youre|what an?|such an?|u r)(?: (?:un|una|a|an|so|muy|tan|"
    rf"mas|"
    rf"really|completely|absolutely|totally|totalmente|bloody|fucking|puto|puta|such|just|pedazo de|bot|robot|maquina|"
    rf"machine))* )?{_INSULT_WORDS}(?: (?:bot|robot|maquina|machine|program|programa))?|"
    r"(?:que te (?:den|jodan)|vete a la mierda|vete al (?:carajo|infierno)|(?:me cago|cago) en \w+(?: \w+)?|callate|"
    r"(?:no )?(?:sirves|vales|entiendes)(?: para| de)?(?: nada)?|no me (?:entiendes|escuchas)|me tienes hart[oa]|"
    r"estoy hart[oa]|joder|cono|puta|hijo de puta|"
    r"fuck(?:ing)?(?: (?:you|off|this|it))?|shut up|go to hell|screw you|you suck|this sucks|wtf|bullshit|"
    r"you (?:do not|dont|never) (?:understand|listen)(?: anything| me)?|you are no (?:help|use)|i hate (?:you|this))"
)
# Said of the interview here, but a buyer may say it of a product.
_RUDE_QUOTE = (
    rf"(?:this|esto|it|questions?|preguntas?) (?:is|es|are|son)(?: (?:un|una|a|an|so|muy|tan))* {_INSULT_WORDS}|"
    r"(?:(?:menuda|vaya|que|what|esto es|this is)(?: (?:una|a|an|such))* )?(?:tonteria|estupidez|chorrada|gilipollez|"
    r"perdida de tiempo|tomadura de pelo|waste of time|nonsense)(?: de (?:preguntas?|cuestionario|entrevista|chat))?|"
    rf"(?:vaya|que|menuda|what a|such a) (?:{_INSULT_WORDS} )?(?:pregunta|question)(?:(?: mas| tan)? {_INSULT_WORDS})?"
)


class Evasion(StrEnum):
    """Why a message answers nothing."""

    UNKNOWN = "unknown"
    TOLD = "told"
    INSULT = "insult"


def _whole(*cores: str) -> re.Pattern[str]:
    return re.compile(rf"^{_LEAD}(?:{'|'.join(cores)}){_TAIL}$")


_PLAIN = _whole(_UNKNOWN, _CARELESS, _REFUSAL, _PUT_OFF)
_BUSY_ONLY = _whole(_BUSY)
_ALREADY = _whole(_TOLD)
_RUDE = _whole(_INSULT)
_RUDE_ELSEWHERE = _whole(_RUDE_QUOTE)
_CARRIES_ON = re.compile(r"\d|\b(?:pero|but|creo|quiza|quizas|maybe|unos|unas|probably|probablemente)\b")


def evasion(text: str, *, quoting: bool = False) -> Evasion | None:
    """What keeps a message from being an answer; where people are quoted, "I have no time" is one."""
    folded = fold(text[:200])
    if not folded or len(folded.split()) > LONGEST:
        return None
    if _RUDE.match(folded) or (not quoting and _RUDE_ELSEWHERE.match(folded)):
        return Evasion.INSULT
    if _ALREADY.match(folded):
        return Evasion.TOLD
    # "No sé, unos 3000" and "not sure, about 15%" do answer.
    if _CARRIES_ON.search(folded.removeprefix("creo que ")):
        return None
    return Evasion.UNKNOWN if _PLAIN.match(folded) or (not quoting and _BUSY_ONLY.match(folded)) else None
