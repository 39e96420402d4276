"""What is missing or doubtful at ties: their level, how old it is, and who holds the trust."""

from collections.abc import Callable, Iterator, Sequence

from graphcrm.errors import N_
from graphcrm.gaps.entering import asserted, entered, reassessed
from graphcrm.gaps.gap import Found, Gap, Looked, Subject, gathered
from graphcrm.gaps.snapshot import Pair, Snapshot
from graphcrm.graph.facts import TieFact
from graphcrm.records.bundle import Bundle


def ties_where(snapshot: Snapshot, holds: Callable[[TieFact, str], bool]) -> Looked:
    """The ties that count and bear on an account (of that id) of which something holds, among all."""
    pairs = list(snapshot.pairs())
    found = gathered(
        (_subject(snapshot, pair), account)
        for pair, account in pairs
        if holds(_fact(snapshot, pair), account)
    )
    return Looked(len({pair for pair, _ in pairs}), found)


def still_so_or_not(snapshot: Snapshot, found: Sequence[Found]) -> Iterator[Bundle]:
    """The ties are as assessed on this day too, and: they are no more than interactions show."""
    pairs = [_pair(subject) for subject, _ in found]
    yield _with_levels(snapshot, ((pair, _fact(snapshot, pair).level) for pair in pairs))
    yield _with_levels(snapshot, ((pair, snapshot.observed(pair)) for pair in pairs))


def _fact(snapshot: Snapshot, pair: Pair) -> TieFact:
    employee, contact = pair
    return snapshot.facts.ties_of[contact][employee]


def _subject(snapshot: Snapshot, pair: Pair) -> Subject:
    employee, contact = pair
    name = f"{snapshot.called('employees', employee)} – {snapshot.called('contacts', contact)}"
    return Subject("ties", pair, name)


def _pair(subject: Subject) -> Pair:
    employee, contact = subject.ids
    return employee, contact


def _with_levels(snapshot: Snapshot, levels: Iterator[tuple[Pair, float | None]]) -> Bundle:
    return entered(
        snapshot,
        (
            entry
            for pair, level in levels
            if level is not None
            for entry in reassessed(snapshot, pair, level)
        ),
    )


def _level(snapshot: Snapshot) -> Looked:
    return ties_where(snapshot, lambda tie, _: tie.level is None)


def _least_and_most(snapshot: Snapshot, found: Sequence[Found]) -> Iterator[Bundle]:
    """No more than interactions show, and as close as can be."""
    pairs = [_pair(subject) for subject, _ in found]
    yield _with_levels(snapshot, ((pair, snapshot.observed(pair)) for pair in pairs))
    yield _with_levels(snapshot, ((pair, 1.0) for pair in pairs))


def _stale(snapshot: Snapshot) -> Looked:
    """Assessed longer ago than the time after which half of an assessment counts."""
    oldest = snapshot.policy.strength.assessment_half_life_days

    def holds(tie: TieFact, _: str) -> bool:
        assessed = tie.assessed_on
        return oldest is not None and assessed is not None and (snapshot.as_of - assessed).days > oldest

    return ties_where(snapshot, holds)


def _trust(snapshot: Snapshot) -> Looked:
    return ties_where(snapshot, lambda tie, _: tie.trust_holder == "unknown")


def _each_holder(snapshot: Snapshot, found: Sequence[Found]) -> Iterator[Bundle]:
    """The employee has the trust, and: the firm has it."""
    for holder in ("person", "firm"):
        yield entered(
            snapshot,
            (
                asserted(snapshot, tie, "trust_holder", holder)
                for subject, _ in found
                for tie in sorted(snapshot.tie_ids[_pair(subject)])
            ),
        )


TIE_LEVEL_UNKNOWN = Gap(
    "tie_level_unknown",
    N_("Ties without a level"),
    N_("How close they are is unknown: ask the employee."),
    _level,
    _least_and_most,
)
TIE_STALE = Gap(
    "tie_stale",
    N_("Ties last assessed longer ago than an assessment's half-life"),
    N_("They may be closer or looser by now: ask the employee again."),
    _stale,
    still_so_or_not,
    doubtful=True,
)
TRUST_HOLDER_UNKNOWN = Gap(
    "trust_holder_unknown",
    N_("Ties of which nobody knows who holds the trust"),
    N_("What would stay if the employee left is unknown: ask both sides."),
    _trust,
    _each_holder,
)
