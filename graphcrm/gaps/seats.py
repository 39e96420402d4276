"""What is missing at seats: their roles, their level, their holder."""

from collections.abc import Callable, Iterator, Sequence

from graphcrm.errors import N_
from graphcrm.gaps.entering import asserted, entered, holder_we_know
from graphcrm.gaps.gap import Found, Gap, Looked, Subject, gathered
from graphcrm.gaps.snapshot import Snapshot
from graphcrm.graph.account import SeatNode
from graphcrm.records.bundle import Bundle


def _seats_where(snapshot: Snapshot, holds: Callable[[SeatNode], bool]) -> Looked:
    """The seats in somebody's scope of which something holds, among all of them."""
    scope = [(seat, graph.account.id) for graph in snapshot.graphs() for seat in graph.scope]
    found = gathered(
        (Subject("seats", (seat.id,), seat.title or seat.id), account)
        for seat, account in scope
        if holds(seat)
    )
    return Looked(len({seat.id for seat, _ in scope}), found)


def _role(snapshot: Snapshot) -> Looked:
    return _seats_where(snapshot, lambda seat: seat.roles is None)


def _every_role(snapshot: Snapshot, found: Sequence[Found]) -> Iterator[Bundle]:
    """No role, and each role that differs from those before in weight or in whether it decides."""
    scale = snapshot.policy.decision_weight
    apart = {(weight, role in scale.deciders): (role,) for role, weight in reversed(scale.roles.items())}
    for roles in ((), *apart.values()):
        yield entered(
            snapshot,
            (asserted(snapshot, seat, "roles", roles) for subject, _ in found for seat in subject.ids),
        )


def _level(snapshot: Snapshot) -> Looked:
    return _seats_where(snapshot, lambda seat: seat.level is None)


def _every_level(snapshot: Snapshot, found: Sequence[Found]) -> Iterator[Bundle]:
    """Each level with a weight of its own, and the one below them."""
    levels = sorted(snapshot.policy.decision_weight.levels)
    for level in (*levels, max(levels, default=0) + 1):
        yield entered(
            snapshot,
            (asserted(snapshot, seat, "level", level) for subject, _ in found for seat in subject.ids),
        )


def _holder(snapshot: Snapshot) -> Looked:
    return _seats_where(snapshot, lambda seat: seat.holder is None)


def _somebody_we_know(snapshot: Snapshot, found: Sequence[Found]) -> Iterator[Bundle]:
    """Somebody who is for us and whom we know; vacant, which is the worst, they are taken to be now."""
    yield entered(
        snapshot,
        (
            record
            for subject, accounts in found
            for seat in subject.ids
            for record in holder_we_know(snapshot, seat, accounts[0])
        ),
    )


ROLE_UNKNOWN = Gap(
    "role_unknown",
    N_("Seats without roles"),
    N_("Whether their holders decide is unknown: ask who decides, who approves, who is only heard."),
    _role,
    _every_role,
)
SEAT_LEVEL_UNKNOWN = Gap(
    "seat_level_unknown",
    N_("Seats without a level"),
    N_("How much they weigh, and who should meet them, is unknown: look into the organisation chart."),
    _level,
    _every_level,
)
SEAT_VACANT = Gap(
    "seat_vacant",
    N_("Seats without a holder"),
    N_("Either they are vacant or we do not know who sits there: find out."),
    _holder,
    _somebody_we_know,
)
