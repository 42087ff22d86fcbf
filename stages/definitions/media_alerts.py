"""What a media plan warns of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from agents.interview.rendering import render_decimal, render_money
from agents.interview.state import Bilingual
from stages.definitions.forecasting import HUNDRED, TARGETS, TOLERANCE
from stages.definitions.media_schema import Alert, Line
from stages.definitions.rounding import to_cent
from stages.definitions.texts import join
from stages.definitions.vocabulary import TERMS


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


def alerts(lines: Sequence[Line], currency: str, language: str) -> list[Alert]:
    """Every alert of a computed plan, in the language of the account."""
    return [
        *_buckets(lines, language),
        *_minimums(lines, currency, language),
        *_sales(lines, language),
        *_missing(lines, language),
        *_assumptions(lines, language),
    ]


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
            sales = render_decimal(Decimal(line.sales), language)
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


def _assumptions(lines: Sequence[Line], language: str) -> Iterator[Alert]:
    assumed = [line.channel for line in lines if line.assumption]
    if assumed:
        message = Bilingual(
            f"El CPM y las tasas de {join(assumed)} son supuestos sin fuente: confírmalos con datos propios el primer "
            f"mes.",
            f"CPM and rates of {join(assumed)} are assumptions without a source: confirm them with your own data in "
            f"the first month.",
        )
        yield Alert(kind="assumption", message=message.of(language))
