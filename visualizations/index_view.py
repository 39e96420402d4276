"""What the index of a portfolio says: a row for every account, and a few counts over all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from graphcrm.i18n import say
from graphcrm.policies import Policy
from graphcrm.records.review import Review, Verdict
from graphcrm.records.words import number
from graphcrm.visualizations.account_view import AXES, risk_bar, ticks
from graphcrm.visualizations.bars import Bar, bar
from graphcrm.visualizations.file_names import file_name
from graphcrm.visualizations.words import share


@dataclass(frozen=True)
class Row:
    """An account in the table; ``axes`` and verdicts are None where nothing is known."""

    name: str
    href: str
    mode: str
    mode_assumed: bool
    risk: Bar
    risk_text: str
    axes: tuple[Bar | None, ...]
    shape: tuple[Verdict, Verdict] | None
    adequate: tuple[Verdict, Verdict] | None
    high_findings: int
    reason: str


@dataclass(frozen=True)
class Summary:
    """Counts over a portfolio, proven ones."""

    accounts: int
    three_dimensional: int
    robust: int
    adequate: int
    unobserved: int
    high_findings: int


@dataclass(frozen=True)
class Index:
    """The whole of it; ``stamps`` say which day, known when, under which policy."""

    rows: Sequence[Row]
    summary: Summary
    stamps: Sequence[tuple[str, str, str]]


def index(reviews: Iterable[Review], policy: Policy) -> Index:
    """The accounts, the highest possible risk first, what stands above, and what they were looked at from.

    The reviews are gone through once: all of them are too much to be held.
    """
    ordered: list[tuple[tuple[float, float, str, str], Row]] = []
    stamps: set[tuple[str, str, str]] = set()
    for r in reviews:
        ordered.append(((-r.risk.high, -r.risk.low, _name(r), r.account), _row(r, policy)))
        stamps.add((r.as_of.isoformat(), str(r.known_at or ""), r.policy))
    rows = [row for _key, row in sorted(ordered, key=itemgetter(0))]
    return Index(rows, _summary(rows), sorted(stamps))


def _summary(rows: Sequence[Row]) -> Summary:
    shapes = [row.shape for row in rows if row.shape is not None]
    return Summary(
        accounts=len(rows),
        three_dimensional=sum(today == "proven" for today, _later in shapes),
        robust=sum(after == "proven" for _today, after in shapes),
        adequate=sum(row.adequate is not None and row.adequate[0] == "proven" for row in rows),
        unobserved=len(rows) - len(shapes),
        high_findings=sum(row.high_findings for row in rows),
    )


def _row(review: Review, policy: Policy) -> Row:
    measures = review.measures
    return Row(
        name=_name(review),
        href=file_name(review.account),
        mode=review.mode,
        mode_assumed=review.mode_assumed,
        risk=risk_bar(review.risk),
        risk_text=number(review.risk),
        axes=tuple(_axis(review, axis, policy) for axis in AXES),
        shape=(measures.three_dimensional, measures.robustly_three_dimensional) if measures else None,
        adequate=(measures.adequate, measures.robustly_adequate) if measures else None,
        high_findings=review.high_findings,
        reason=say(review.reasons.get("observed", "")),
    )


def _axis(review: Review, axis: str, policy: Policy) -> Bar | None:
    if review.measures is None:
        return None
    value = getattr(review.measures, axis)
    return bar(value, share(value), share(value, 1), ticks=ticks(axis, review, policy))


def _name(review: Review) -> str:
    return review.name
