"""What workbooks say that no definition says, in both languages."""

from __future__ import annotations

from datetime import date

from agents.interview.rendering import render_date
from agents.interview.state import Bilingual, Origin

NOTHING = "–"
STAGE = Bilingual("Etapa {number}: {title}", "Stage {number}: {title}")
VERSION = Bilingual("versión {number}", "version {number}")

NOT_HERE = Bilingual("Ese valor no va aquí", "That value does not belong here")
CHOOSE = Bilingual("Elige uno de la lista.", "Choose one from the list.")
BETWEEN = Bilingual("Escribe un número entre {least} y {most}.", "Type a number from {least} to {most}.")
AT_LEAST = Bilingual("Escribe un número que no sea menor que {least}.", "Type a number not below {least}.")

AREA = Bilingual("Área", "Area")
ITEM = Bilingual("Elemento", "Item")
STATUS = Bilingual("Estado", "Status")
PENDING = Bilingual("Pendiente", "To do")
DONE = Bilingual("Hecho", "Done")
TOTAL = Bilingual("Total", "Total")

ORIGINS = {
    Origin.CLIENT: Bilingual("Lo dijo el cliente", "The client said it"),
    Origin.WEB_SOURCE: Bilingual("Fuente en la web", "A source on the web"),
    Origin.EARLIER_STAGE: Bilingual("Viene de una etapa anterior", "From an earlier stage"),
    Origin.ASSUMPTION: Bilingual("Supuesto: hay que confirmarlo", "An assumption: to be confirmed"),
    Origin.COMPUTED: Bilingual("Calculado", "Computed"),
}


def written_day(day: date, language: str) -> str:
    """A day in words, without its weekday."""
    return render_date(day, language).split(maxsplit=1)[1]
