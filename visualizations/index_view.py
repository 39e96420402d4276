"""What the index of a portfolio says: a row for every account, and a few counts over all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


def rows(reviews: Iterable[Review], policy: Policy) -> list[Row]:
    """The accounts, the highest possible risk first."""
    ordered = sorted(reviews, key=lambda r: (-r.risk.high, -r.risk.low, _name(r), r.account))
    return [_row(review, policy) for review in ordered]


def summary(reviews: Sequence[Review]) -> Summary:
    """What stands above the table."""
    observed = [r.measures for r in reviews if r.measures is not None]
    return Summary(
        accounts=len(reviews),
        three_dimensional=sum(m.three_dimensional == "proven" for m in observed),
        robust=sum(m.robustly_three_dimensional == "proven" for m in observed),
        adequate=sum(m.adequate == "proven" for m in observed),
        unobserved=len(reviews) - len(observed),
        high_findings=sum(r.high_findings for r in reviews),
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
