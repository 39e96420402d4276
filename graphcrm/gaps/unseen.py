"""Accounts nothing is observed of: without seats, without holders, without tie or interaction."""

from graphcrm.errors import N_
from graphcrm.gaps.gap import Gap, Looked, accounts_where
from graphcrm.gaps.snapshot import Snapshot


def _no_seat(snapshot: Snapshot) -> Looked:
    return accounts_where(snapshot, lambda a: not snapshot.graph(a).scope)


def _no_holder(snapshot: Snapshot) -> Looked:
    def holds(account: str) -> bool:
        scope = snapshot.graph(account).scope
        return bool(scope) and all(seat.holder is None for seat in scope)

    return accounts_where(snapshot, holds)


def _no_tie(snapshot: Snapshot) -> Looked:
    def holds(account: str) -> bool:
        graph = snapshot.graph(account)
        return any(seat.holder is not None for seat in graph.scope) and not graph.observed

    return accounts_where(snapshot, holds)


NO_SEAT = Gap(
    "no_seat",
    N_("Accounts without a seat"),
    N_("Nothing can be said of them: enter the seats that decide there, and who holds them."),
    _no_seat,
    closed=True,
)
NO_HOLDER = Gap(
    "no_holder",
    N_("Accounts of whose seats nobody is known to hold one"),
    N_("Nothing can be said of them: enter who holds the seats."),
    _no_holder,
    closed=True,
)
NO_TIE = Gap(
    "no_tie",
    N_("Accounts with no tie and no interaction on record"),
    N_("Their verdicts are unknown, not bad: ask who of ours knows somebody there."),
    _no_tie,
    closed=True,
)
