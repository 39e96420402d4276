"""Structure: no loops, one holder a seat at a time, and an account's parts are its own."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from graphcrm.errors import N_, Message, Problem
from graphcrm.records.checks.fields import placed, reader
from graphcrm.records.checks.nearest import Nearest
from graphcrm.records.checks.problems import shown
from graphcrm.records.department import Department
from graphcrm.records.draft import Draft
from graphcrm.records.holding import Holding
from graphcrm.records.mechanism import Mechanism
from graphcrm.records.seat import Seat
from graphcrm.records.store_state import Known

_LINES = (
    ("accounts", "parent", N_("These accounts own each other in a loop: {loop}.")),
    ("seats", "reports_to", N_("These seats report to each other in a loop: {loop}.")),
    ("employees", "manager", N_("These employees manage each other in a loop: {loop}.")),
)
_LONGEST = 12


def structure_problems(draft: Draft, known: Known, nearest: Nearest) -> Iterator[Problem]:
    """What cannot be true together, told at a record of the bundle."""
    for kind, field, what in _LINES:
        yield from _loops(draft, known, kind, field, what)
    yield from _departments(draft, known)
    yield from _holders(draft, known)
    yield from _stages(draft, known, nearest)


def _loops(draft: Draft, known: Known, kind: str, field: str, what: str) -> Iterator[Problem]:
    above, own_id = reader(kind, field), reader(kind, "id")
    # A record that could not be read may be the one that ends the loop.
    declared = draft.declared.get(kind, frozenset())
    up = {str(own_id(r)): above(r) for r in known.current.of(kind) if own_id(r) not in declared}
    loop_of = {member: loop for loop in _cycles(up) for member in loop}
    for place, record in placed(draft, kind):
        start = str(own_id(record))
        loop = loop_of.get(start)
        if loop:
            at = loop.index(start)
            yield Problem(
                f"{place}.{field}",
                shown(up[start]),
                Message(what, {"loop": _arrows((*loop[at:], *loop[:at], start))}),
                Message(N_("Name another {field}, or remove it, at one of them."), {"field": field}),
            )
            for member in loop:
                del loop_of[member]


def _cycles(up: Mapping[str, object]) -> Iterator[tuple[str, ...]]:
    """Loops of two and more; a record that names itself is told apart."""
    seen: set[object] = set()
    for start in up:
        chain: dict[object, int] = {}
        at: object = start
        while at in up and at not in seen:
            seen.add(at)
            chain[at] = len(chain)
            at = up[str(at)]
        if at in chain and len(chain) - chain[at] > 1:
            yield tuple(str(member) for member in list(chain)[chain[at] :])


def _arrows(loop: tuple[str, ...]) -> str:
    shortened = loop if len(loop) <= _LONGEST else (*loop[: _LONGEST - 2], "…", loop[-1])
    return " → ".join(str(shown(member)) for member in shortened)


def _departments(draft: Draft, known: Known) -> Iterator[Problem]:
    unread = draft.declared.get("departments", frozenset())
    owner = {d.id: d.account for d in known.current.departments if d.id not in unread}
    for place, record in placed(draft, "seats"):
        assert isinstance(record, Seat)
        account = owner.get(record.department or "", record.account)
        if account != record.account:
            yield _astray(f"{place}.department", str(record.department), record, account)
    # A department that moves to another account leaves behind the seats that the bundle does not state.
    stated = {seat.id for seat in draft.bundle.seats} | draft.declared.get("seats", frozenset())
    behind = {
        seat.department: seat
        for seat in known.current.seats
        if seat.id not in stated and owner.get(seat.department or "", seat.account) != seat.account
    }
    for place, record in placed(draft, "departments"):
        assert isinstance(record, Department)
        if seat := behind.get(record.id):
            yield _astray(f"{place}.account", record.account, seat, record.account)


def _astray(path: str, value: str, seat: Seat, account: str) -> Problem:
    params = {
        "department": seat.department,
        "account": shown(account),
        "seat": seat.id,
        "own": seat.account,
    }
    return Problem(
        path,
        shown(value),
        Message(
            N_("Department {department} is part of account {account}, but seat {seat} of account {own}."),
            params,
        ),
        Message(N_("Name a department of the seat's own account, or correct the account."), params),
    )


def _holders(draft: Draft, known: Known) -> Iterator[Problem]:
    """Of two holdings that overlap, the later one is told, or else the one that is in the bundle."""
    places: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for place, record in placed(draft, "holdings"):
        places[record.key].append(place)
    by_seat: dict[str, list[Holding]] = defaultdict(list)
    for holding in known.current.holdings:
        if holding.valid_from is None or holding.valid_to is None or holding.valid_from < holding.valid_to:
            by_seat[holding.seat].append(holding)
    for holdings in by_seat.values():
        if len(holdings) > 1:
            yield from _overlaps(holdings, places)


def _overlaps(holdings: list[Holding], places: dict[tuple[str, ...], list[str]]) -> Iterator[Problem]:
    told: set[str] = set()
    longest: Holding | None = None
    its_place: str | None = None
    for holding in sorted(holdings, key=lambda h: h.valid_from or date.min):
        # Records of the same key come in the order in which the bundle states them.
        left = places.get(holding.key)
        place = left.pop(0) if left else None
        if longest and (holding.valid_from or date.min) < (longest.valid_to or date.max):
            at, other = (place, longest) if place else (its_place, holding)
            if at and at not in told:
                told.add(at)
                yield _two_holders(at, other)
        if longest is None or (holding.valid_to or date.max) > (longest.valid_to or date.max):
            longest, its_place = holding, place


def _two_holders(place: str, other: Holding) -> Problem:
    params = {
        "contact": other.contact,
        "seat": other.seat,
        "start": shown(other.valid_from) if other.valid_from else "…",
        "end": shown(other.valid_to) if other.valid_to else "…",
    }
    return Problem(
        f"{place}.seat",
        other.seat,
        Message(N_("Seat {seat} is held by {contact} in that time too ({start} to {end})."), params),
        Message(
            N_("End the earlier holding with valid_to, or correct the dates; a seat has one holder."),
            params,
        ),
    )


def _stages(draft: Draft, known: Known, nearest: Nearest) -> Iterator[Problem]:
    stages: dict[str, set[str]] = defaultdict(set)
    for stage in known.current.stages:
        stages[stage.account].add(stage.name)
    unread = draft.declared.get("stages", frozenset())
    for place, record in placed(draft, "mechanisms"):
        assert isinstance(record, Mechanism)
        name = record.stage
        if name is not None and name not in stages[record.account] and name not in unread:
            yield _no_stage(f"{place}.stage", name, record.account, stages[record.account], nearest)


def _no_stage(path: str, name: str, account: str, there: set[str], nearest: Nearest) -> Problem:
    close = nearest.to(name, there)
    params = {"stage": shown(name), "account": account, "nearest": close}
    return Problem(
        path,
        shown(name),
        Message(N_("Account {account} has no stage {stage}."), params),
        Message(
            N_("Did you mean {nearest}? If not, add the stage to stages.")
            if close
            else N_("Add the stage to stages, or correct its name."),
            params,
        ),
    )
