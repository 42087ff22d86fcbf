"""What a media plan warns of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, Decimal, localcontext

from agents.interview.rendering import render_decimal, render_money
from agents.interview.state import Bilingual
from stages.definitions.benchmarks import FIGURES, LABELS
from stages.definitions.forecasting import HUNDRED, TARGETS, TOLERANCE
from stages.definitions.media_schema import Alert, Line, MonthForecast, Totals
from stages.definitions.rounding import CENT, PRECISION, to_cent
from stages.definitions.texts import listed
from stages.definitions.vocabulary import TERMS

# A return on spending beyond this is rarely true of a channel: more often a rate or a cost is wrong.
HIGHEST_RETURN = Decimal(50)
_OUTCOME = ("sales", "revenue")


def bucket_shares(lines: Sequence[Line]) -> dict[str, Decimal]:
    """The percentage of the spending in each bucket."""
    spent = sum((Decimal(line.budget) for line in lines), Decimal(0))
    shares = {}
    for bucket in TARGETS:
        mine = sum((Decimal(line.budget) for line in lines if line.bucket == bucket), Decimal(0))
        shares[bucket] = mine * HUNDRED / spent if spent else Decimal(0)
    return shares


def is_off_target(bucket: str, share: Decimal) -> bool:
    """Whether a bucket is further from its target than needs no explanation."""
    return abs(share - TARGETS[bucket]) > TOLERANCE


def alerts(lines: Sequence[Line], totals: Totals, months: Sequence[MonthForecast], language: str) -> list[Alert]:
    """Every alert of a computed plan, in the language of the account."""
    return [
        *_ramp_up(totals, months, language),
        *_buckets(lines, language),
        *_minimums(lines, totals.currency, language),
        *_sales(lines, language),
        *_missing(lines, language),
        *_implausible(lines, language),
        *_assumptions(lines, language),
    ]


def _ramp_up(totals: Totals, months: Sequence[MonthForecast], language: str) -> Iterator[Alert]:
    """Why the months sum to less than the totals: both are right, and a client who adds them up must be told."""
    if not totals.sales or totals.revenue is None:
        return
    reached = listed([render_decimal(Decimal(month.conversion), language) for month in months], language)
    full = _outcome(Decimal(totals.sales), Decimal(totals.revenue), totals.currency, language)
    sales, revenue = (sum((Decimal(getattr(month, key) or 0) for month in months), Decimal(0)) for key in _OUTCOME)
    ramped = _outcome(sales, revenue, totals.currency, language)
    message = Bilingual(
        f"Los totales suponen la tasa de conversión completa desde el primer día: {full}. En los tres meses se alcanza "
        f"al {reached} %, y juntos suman {ramped}: esa es la previsión del trimestre.",
        f"The totals take the whole conversion rate from the first day: {full}. Over the three months {reached}% of it "
        f"is reached, and together they sum to {ramped}: that is the forecast for the quarter.",
    )
    yield Alert(kind="ramp_up", message=message.of(language))


def _outcome(sales: Decimal, revenue: Decimal, currency: str, language: str) -> str:
    money = render_money(to_cent(revenue), currency, language)
    count = render_decimal(to_cent(sales), language, grouped=True)
    return Bilingual(f"{count} ventas y {money}", f"{count} sales and {money}").of(language)


def _few(count: Decimal, language: str) -> str:
    """A count to two places, cut and not rounded: what falls short of one is not written as one."""
    with localcontext() as context:
        context.prec = PRECISION
        cut = count.quantize(CENT, ROUND_DOWN)
    if count and not cut:
        return Bilingual("menos de 0,01", "less than 0.01").of(language)
    return render_decimal(cut, language, grouped=True)


def _buckets(lines: Sequence[Line], language: str) -> Iterator[Alert]:
    for bucket, share in bucket_shares(lines).items():
        if not is_off_target(bucket, share):
            continue
        name, percent = TERMS[bucket].of(language), render_decimal(to_cent(share), language)
        empty = not any(line.bucket == bucket for line in lines)
        why = (
            Bilingual("no hay ningún canal en ese grupo", "there is no channel in that group")
            if empty
            else Bilingual(
                "los importes dados por canal, o un grupo sin canales, lo apartan de ahí",
                "the amounts given by channel, or a group without channels, take it away from there",
            )
        )
        message = Bilingual(
            f"«{name}» tiene el {percent} % del gasto y el objetivo es {TARGETS[bucket]} %: {why.es}.",
            f"“{name}” has {percent}% of the spending and the target is {TARGETS[bucket]}%: {why.en}.",
        )
        yield Alert(kind="bucket_off_target", message=message.of(language))


def _minimums(lines: Sequence[Line], currency: str, language: str) -> Iterator[Alert]:
    for line in lines:
        if line.minimum_spend is not None and Decimal(line.budget) < Decimal(line.minimum_spend):
            budget = render_money(Decimal(line.budget), currency, language)
            minimum = render_money(Decimal(line.minimum_spend), currency, language)
            message = Bilingual(
                f"«{line.channel}» recibe {budget} y su mínimo es {minimum}.",
                f"“{line.channel}” gets {budget} and its minimum is {minimum}.",
            )
            yield Alert(kind="minimum_missed", channel=line.channel, message=message.of(language))


def _sales(lines: Sequence[Line], language: str) -> Iterator[Alert]:
    for line in lines:
        if line.sales is not None and Decimal(line.sales) < 1:
            sales = _few(Decimal(line.sales), language)
            message = Bilingual(
                f"Con su presupuesto «{line.channel}» no llega a una venta (previsión: {sales}).",
                f"With its budget “{line.channel}” does not reach one sale (forecast: {sales}).",
            )
            yield Alert(kind="no_sale_reached", channel=line.channel, message=message.of(language))


def _missing(lines: Sequence[Line], language: str) -> Iterator[Alert]:
    for line in lines:
        if line.sales is None:
            message = Bilingual(
                f"A «{line.channel}» le falta un dato, o su CPM es cero: no se puede prever lo que trae.",
                f"“{line.channel}” lacks a figure, or its CPM is nought: what it brings cannot be forecast.",
            )
            yield Alert(kind="unpriced", channel=line.channel, message=message.of(language))


def _implausible(lines: Sequence[Line], language: str) -> Iterator[Alert]:
    for line in lines:
        if line.roas is not None and Decimal(line.roas) > HIGHEST_RETURN:
            times = render_decimal(to_cent(Decimal(line.roas)), language, grouped=True)
            message = Bilingual(
                f"«{line.channel}» devolvería {times} veces lo invertido: revisa su CPM y sus tasas antes de contar "
                f"con ello.",
                f"“{line.channel}” would return {times} times what it costs: check its CPM and rates before counting "
                f"on it.",
            )
            yield Alert(kind="implausible", channel=line.channel, message=message.of(language))


def _assumptions(lines: Sequence[Line], language: str) -> Iterator[Alert]:
    whole = [line.channel for line in lines if len(line.assumed) == len(FIGURES)]
    if whole:
        names = listed(whole, language)
        message = Bilingual(
            f"El CPM y las tasas de {names} son supuestos sin fuente: confírmalos con datos propios el primer mes.",
            f"CPM and rates of {names} are assumptions without a source: confirm them with your own data in "
            f"the first month.",
        )
        yield Alert(kind="assumption", message=message.of(language))
    for line in lines:
        if line.assumed and line.channel not in whole:
            figures = listed([LABELS[key].of(language) for key in line.assumed], language)
            message = Bilingual(
                f"De «{line.channel}» son supuestos sin fuente: {figures}.",
                f"Of “{line.channel}” these are assumptions without a source: {figures}.",
            )
            yield Alert(kind="assumption", channel=line.channel, message=message.of(language))
