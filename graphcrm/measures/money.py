"""Money over several accounts: added in one currency where the method pack says how, else apart."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from math import fsum
from typing import NamedTuple

from graphcrm.errors import N_
from graphcrm.policies import Policy
from graphcrm.records.interval import Interval
from graphcrm.records.money import MoneyTotal, RateUsed


class Amount(NamedTuple):
    """An amount and its currency; either may be unknown."""

    value: Interval | None
    currency: str | None


def money_total(amounts: Iterable[Amount], policy: Policy, day: date) -> MoneyTotal:
    """Σ amount · rate(currency, day), at both ends; the rates are the pack's, dated.

    Unit: the pack's currency, or the amounts' own where all have the same and the pack has none to lead
    to it. The rate of a currency is the latest that starts on the day or before; that of the pack's own
    is 1. Range: 0 and more, as the amounts. Undefined, and apart by currency, where amounts of several
    currencies meet and one of them has no rate on the day: all are converted or none is. An unknown
    amount is not 0: it is counted, and left out, as is an amount without a currency.

    >>> from graphcrm.policies import load_policy
    >>> known = [Amount(Interval(1.0, 2.0), "EUR"), Amount(Interval(3.0, 3.0), "EUR"), Amount(None, "USD")]
    >>> total = money_total(known, load_policy(), date(2026, 6, 30))
    >>> total.total, total.currency, total.unknown
    (Interval(low=4.0, high=5.0), 'EUR', 1)
    """
    known, unknown, bare = defaultdict(list), 0, 0
    for amount in amounts:
        if amount.value is None:
            unknown += 1
        elif amount.currency is None:
            bare += 1
        else:
            known[amount.currency].append(amount.value)
    apart = {currency: _sum((value, 1.0) for value in known[currency]) for currency in sorted(known)}
    whole = MoneyTotal(
        as_of=day,
        by_currency={currency: value.rounded() for currency, value in apart.items()},
        total=None,
        currency=None,
        rates=(),
        unknown=unknown,
        without_currency=bare,
    )
    into = policy.money.currency
    rates = {c: rate for c in apart if c != into and (rate := policy.money.rate(c, day)) is not None}
    missing = tuple(c for c in apart if c != into and c not in rates)
    if not missing and into is not None and apart:
        converted = _sum((value, rates[c].rate if c in rates else 1.0) for c, value in apart.items())
        used = tuple(RateUsed(currency=c, rate=r.rate, since=r.since) for c, r in rates.items())
        return whole.model_copy(update={"total": converted.rounded(), "currency": into, "rates": used})
    if len(apart) == 1:
        ((currency, value),) = whole.by_currency.items()
        return whole.model_copy(update={"total": value, "currency": currency})
    return whole.model_copy(update=_why(missing, into, day)) if apart else whole


def _sum(parts: Iterable[tuple[Interval, float]]) -> Interval:
    """The sum of intervals, each times its rate."""
    scaled = [value * rate for value, rate in parts]
    return Interval(fsum(value.low for value in scaled), fsum(value.high for value in scaled))


def _why(missing: tuple[str, ...], into: str | None, day: date) -> dict[str, object]:
    """Why sums stay apart."""
    if into is None:
        return {"says": N_("The method pack names no currency to convert to.")}
    return {
        "says": N_("The method pack has no rate to {into} on {day} for {currencies}."),
        "params": {"into": into, "day": day.isoformat(), "currencies": missing},
    }
