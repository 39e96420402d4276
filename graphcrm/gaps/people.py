"""What is missing about people: attitudes of theirs, levels of ours, and what our imports do not see."""

from collections.abc import Iterator, Sequence

from graphcrm.errors import N_
from graphcrm.gaps.entering import asserted, entered, reassessed
from graphcrm.gaps.gap import Found, Gap, Looked, Subject, gathered
from graphcrm.gaps.snapshot import Snapshot
from graphcrm.records.base import HIGHEST_LEVEL
from graphcrm.records.bundle import Bundle


def _attitude(snapshot: Snapshot) -> Looked:
    holders = [
        (seat.holder, graph.account.id)
        for graph in snapshot.graphs()
        for seat in graph.scope
        if seat.holder is not None and (seat.is_decider or seat.weight.high > 0)
    ]
    found = gathered(
        (Subject("contacts", (holder,), snapshot.called("contacts", holder)), account)
        for holder, account in holders
        if snapshot.facts.attitude(holder) is None
    )
    return Looked(len({holder for holder, _ in holders}), found)


def _worst_and_best(snapshot: Snapshot, found: Sequence[Found]) -> Iterator[Bundle]:
    """All of them against us, and all of them for us, on the policy's scale."""
    scale = snapshot.policy.attitudes
    for attitude in (min(scale, key=scale.__getitem__), max(scale, key=scale.__getitem__)):
        yield entered(
            snapshot,
            (asserted(snapshot, who, "attitude", attitude) for subject, _ in found for who in subject.ids),
        )


def _employee_level(snapshot: Snapshot) -> Looked:
    concerned = [(e, graph.account.id) for graph in snapshot.graphs() for e in graph.concerned]
    found = gathered(
        (Subject("employees", (e,), snapshot.called("employees", e)), account)
        for e, account in concerned
        if snapshot.facts.employees[e].level is None
    )
    return Looked(len({e for e, _ in concerned}), found)


def _levels_to_match(snapshot: Snapshot, found: Sequence[Found]) -> Iterator[Bundle]:
    """Each level that should be matched, and one that matches none."""
    for level in (*snapshot.policy.organisation.matched_levels, HIGHEST_LEVEL):
        yield entered(
            snapshot, (asserted(snapshot, e, "level", level) for subject, _ in found for e in subject.ids)
        )


def _not_captured(snapshot: Snapshot) -> Looked:
    concerned = [(e, graph.account.id) for graph in snapshot.graphs() for e in graph.concerned]
    found = gathered(
        (Subject("employees", (e,), snapshot.called("employees", e)), account)
        for e, account in concerned
        if not snapshot.facts.employees[e].captured
    )
    return Looked(len({e for e, _ in concerned}), found)


def _silent_or_not(snapshot: Snapshot, found: Sequence[Found]) -> Iterator[Bundle]:
    """Their silence is what it looks like, and: all their ties still are as they were assessed."""
    ours = {e for subject, _ in found for e in subject.ids}
    yield entered(
        snapshot, (snapshot.facts.employees[e].model_copy(update={"captured": True}) for e in sorted(ours))
    )
    as_assessed = {
        pair: fact.level
        for pair, _ in snapshot.pairs()
        if pair[0] in ours and (fact := snapshot.facts.ties_of[pair[1]][pair[0]]).level is not None
    }
    yield entered(
        snapshot,
        (entry for pair, level in as_assessed.items() for entry in reassessed(snapshot, pair, level)),
    )


ATTITUDE_UNKNOWN = Gap(
    "attitude_unknown",
    N_("Contacts of weight whose attitude is unknown"),
    N_("Reach without support is worth little: ask those who meet them whether they are for us."),
    _attitude,
    _worst_and_best,
)
EMPLOYEE_LEVEL_UNKNOWN = Gap(
    "employee_level_unknown",
    N_("Employees of ours without a level"),
    N_("Whether levels match is unknown: enter their level, 1 is the top."),
    _employee_level,
    _levels_to_match,
)
NOT_CAPTURED = Gap(
    "not_captured",
    N_("Employees whose mail and calendar are not captured"),
    N_("That nothing is heard of their ties may mean nothing: capture them, or ask how the ties are."),
    _not_captured,
    _silent_or_not,
)
