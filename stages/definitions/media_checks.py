"""What the gate checks in stage 7."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from agents.interview.rendering import render_date
from agents.interview.state import Bilingual, InterviewContext
from agents.interview.verdict import Category, Issue
from stages.definitions.base import error, warning
from stages.definitions.channels import channels_of
from stages.definitions.editorial_calendar import calendar_of
from stages.definitions.forecasting import HUNDRED, MONTHS
from stages.definitions.media_alerts import bucket_shares, is_off_target
from stages.definitions.media_schema import MediaPlan
from stages.definitions.offer import offer_of
from stages.definitions.texts import same

_SUMMED = ("impressions", "clicks", "leads", "sales", "revenue")


def _amount(value: str | None) -> Decimal:
    return Decimal(value or 0)


def check_sums(deliverable: MediaPlan, _context: InterviewContext) -> Iterator[Issue]:
    lines, totals = deliverable.lines, deliverable.totals
    shares = sum((_amount(line.share) for line in lines), Decimal(0))
    if shares != HUNDRED:
        yield error(
            "lines.*.share",
            Bilingual(f"Las cuotas de las líneas suman {shares}.", f"The shares of the lines sum to {shares}."),
            Bilingual("Reparte algún presupuesto entre los canales.", "Give the channels some budget."),
            category=Category.NUMBERS,
            question="total",
        )
    spent = sum((_amount(line.budget) for line in lines), Decimal(0))
    planned = _amount(totals.total) - _amount(totals.contingency)
    if spent != planned:
        yield error(
            "lines.*.budget",
            Bilingual(
                f"Los presupuestos de las líneas suman {spent} y el total menos la reserva es {planned}.",
                f"The budgets of the lines sum to {spent} and the total less the contingency is {planned}.",
            ),
            Bilingual(
                "Iguala los presupuestos de las líneas al total.", "Make the budgets of the lines equal the total."
            ),
            category=Category.NUMBERS,
            question="total",
        )


def check_totals(deliverable: MediaPlan, _context: InterviewContext) -> Iterator[Issue]:
    for key in ("budget", *_SUMMED):
        known = [Decimal(value) for line in deliverable.lines if (value := getattr(line, key)) is not None]
        total = getattr(deliverable.totals, key)
        if sum(known, Decimal(0)) != _amount(total) or (known and total is None):
            yield error(
                f"totals.{key}",
                Bilingual(
                    f"El total de «{key}» ({total}) no es la suma de las líneas ({sum(known, Decimal(0))}).",
                    f"The total of “{key}” ({total}) is not the sum of the lines ({sum(known, Decimal(0))}).",
                ),
                Bilingual("Vuelve a calcular el plan.", "Compute the plan again."),
                category=Category.NUMBERS,
            )
    if [month.month for month in deliverable.months] != [month.number for month in MONTHS]:
        yield error(
            "months",
            Bilingual("La previsión no tiene los tres meses.", "The forecast lacks one of the three months."),
            Bilingual("Vuelve a calcular el plan.", "Compute the plan again."),
            category=Category.COMPLETENESS,
        )


def check_channels(deliverable: MediaPlan, context: InterviewContext) -> Iterator[Issue]:
    listed = {channel.name: channel.tier for channel in channels_of(context).channels}
    for position, line in enumerate(deliverable.lines):
        name = next((known for known in listed if same(known, line.channel)), None)
        planned = name is not None and listed[name] in ("primary", "secondary")
        if line.bucket == "experimental":
            if name is None and not line.reason:
                yield error(
                    f"lines.{position}.reason",
                    Bilingual(
                        f"El experimento «{line.channel}» no está en la etapa 4 y no tiene razón.",
                        f"The experiment “{line.channel}” is not in stage 4 and has no reason.",
                    ),
                    Bilingual("Escribe por qué se prueba.", "Write why it is tried."),
                    question="experiment",
                )
        elif not planned:
            yield error(
                f"lines.{position}.channel",
                Bilingual(
                    f"«{line.channel}» no es un canal principal ni secundario de la etapa 4, ni el experimento.",
                    f"“{line.channel}” is no primary or secondary channel of stage 4, nor the experiment.",
                ),
                Bilingual(
                    "Quítalo, nómbralo experimento o cambia la etapa 4.",
                    "Take it out, name it as the experiment or change stage 4.",
                ),
                question="experiment",
            )
        if any(same(line.channel, other.channel) for other in deliverable.lines[:position]):
            yield error(
                f"lines.{position}.channel",
                Bilingual(f"«{line.channel}» tiene dos líneas.", f"“{line.channel}” has two lines."),
                Bilingual("Deja una.", "Keep one."),
                question="benchmarks",
            )
    if sum(line.bucket == "experimental" for line in deliverable.lines) > 1:
        yield error(
            "lines.*.bucket",
            Bilingual("Hay más de un experimento.", "There is more than one experiment."),
            Bilingual("Nombra solo uno.", "Name only one."),
            question="experiment",
        )


def check_alerts(deliverable: MediaPlan, _context: InterviewContext) -> Iterator[Issue]:
    kinds = {alert.kind for alert in deliverable.alerts}
    warned = {alert.channel for alert in deliverable.alerts if alert.kind == "no_sale_reached"}
    off = any(is_off_target(bucket, share) for bucket, share in bucket_shares(deliverable.lines).items())
    silent = [
        line.channel
        for line in deliverable.lines
        if line.sales and _amount(line.sales) < 1 and line.channel not in warned
    ]
    if (off and "bucket_off_target" not in kinds) or silent:
        yield error(
            "alerts",
            Bilingual("Falta una alerta que el plan necesita.", "An alert that the plan needs is missing."),
            Bilingual("Vuelve a calcular el plan.", "Compute the plan again."),
        )


def check_currency(deliverable: MediaPlan, context: InterviewContext) -> Iterator[Issue]:
    price_currency = offer_of(context).offer.currency
    if deliverable.totals.currency != price_currency:
        mine = deliverable.totals.currency
        yield error(
            "totals.currency",
            Bilingual(
                f"El plan está en {mine} y el precio de la etapa 3 en {price_currency}: el retorno no se puede "
                f"calcular.",
                f"The plan is in {mine} and the price of stage 3 in {price_currency}: the return cannot be computed.",
            ),
            Bilingual("Usa la misma moneda en las etapas 3, 4 y 7.", "Use the same currency in stages 3, 4 and 7."),
            category=Category.NUMBERS,
            question="total",
        )


def check_start(deliverable: MediaPlan, context: InterviewContext) -> Iterator[Issue]:
    calendar = calendar_of(context).cadence.start_date
    early = min((line.start for line in deliverable.lines if line.start), default=calendar)
    if early and calendar and early < calendar:
        es, en = ((render_date(early, one), render_date(calendar, one)) for one in ("es", "en"))
        yield warning(
            "lines.*.start",
            Bilingual(
                f"La inversión empieza el {es[0]} y el calendario de la etapa 6 el {es[1]}.",
                f"The spending starts on {en[0]} and the calendar of stage 6 on {en[1]}.",
            ),
            Bilingual(
                "Empieza a invertir cuando haya algo publicado, o adelanta el calendario en la etapa 6.",
                "Start spending once something is published, or bring the calendar of stage 6 forward.",
            ),
            category=Category.COHERENCE,
            question="start",
        )


CHECKS = (check_sums, check_totals, check_channels, check_alerts, check_currency, check_start)
