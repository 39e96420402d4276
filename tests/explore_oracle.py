"""What the explore queries should answer, in Python, from a bundle's JSON and an audit's reviews."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bundles import Document

from graphcrm.records.review import Review

Rows = set[tuple[Any, ...]]
DECIDING = {"decider", "approver"}
SUPPORTIVE = {"supporter", "strong_supporter", "coach"}


class World:
    """A bundle and the reviews of its audit, asked as of a day."""

    def __init__(self, document: Document, reviews: Sequence[Review], day: date) -> None:
        self.document, self.reviews, self.day = document, reviews, day
        self.accounts = {a["id"]: a for a in self.of("accounts")}
        self.seats = {s["id"]: s for s in self.of("seats")}
        self.contacts = {c["id"]: c for c in self.of("contacts")}
        self.employees = {e["id"]: e for e in self.of("employees")}
        self.routes: dict[str, dict[tuple[str, str], float]] = {
            review.account: {
                (employee, seat): strength.low
                for employee, seats in review.measures.routes.items()
                for seat, strength in seats.items()
            }
            for review in reviews
            if review.measures is not None
        }
        self.reached = {
            seat for routes in self.routes.values() for (_, seat), low in routes.items() if low > 0
        }
        self.possible = {seat for routes in self.routes.values() for _, seat in routes}

    def of(self, kind: str) -> list[Document]:
        return list(self.document.get(kind, []))

    def holds(self, record: Document) -> bool:
        return record.get("valid_from", "0") <= self.day.isoformat() < record.get("valid_to", "9")

    def scope(self, account: str) -> Iterator[Document]:
        for seat in self.seats.values():
            if seat["account"] == account or account in seat.get("decides_for", []):
                yield seat

    def asserted(self, subject: str, attribute: str, otherwise: Any) -> Any:
        """The latest valid, of these the latest recorded, of these the last stated."""
        said = [
            (a["valid_from"], moment(a.get("recorded_at")), n, a["value"])
            for n, a in enumerate(self.of("assertions"))
            if a["subject"] == subject and a["attribute"] == attribute
            and a["valid_from"] <= self.day.isoformat()
        ]  # fmt: skip
        return max(said, key=lambda s: s[:3])[3] if said else otherwise

    def decides(self, seat: Document) -> bool:
        return bool(DECIDING & set(self.asserted(seat["id"], "roles", seat.get("roles")) or ()))

    def holder(self, seat: str) -> str | None:
        return next(
            (h["contact"] for h in self.of("holdings") if h["seat"] == seat and self.holds(h)), None
        )

    def meetings(self) -> Iterator[tuple[str, str, datetime]]:
        """Who of ours met whom of theirs, and when, each interaction as often as they did."""
        for interaction in self.of("interactions"):
            at = moment(interaction["at"])
            together = interaction.get("participants")
            if together is not None:
                pairs = [(one, other) for one in together for other in together]
            else:
                sender, received = interaction["from"], interaction["to"]
                pairs = [(sender, other) for other in received] + [(other, sender) for other in received]
            for employee, contact in pairs:
                if employee in self.employees and contact in self.contacts:
                    yield employee, contact, at


def moment(text: str | None) -> datetime:
    if text is None:
        return datetime.min.replace(tzinfo=UTC)
    if "T" not in text:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    return datetime.fromisoformat(text).astimezone(UTC)


def deciders_no_employee_reaches(world: World) -> Rows:
    return {
        (account, seat["id"], name(world.contacts, world.holder(seat["id"])), seat["id"] in world.possible)
        for account in world.accounts
        for seat in world.scope(account)
        if world.decides(seat) and seat["id"] not in world.reached
    }


def opportunities_with_unreached_deciders(world: World) -> Rows:
    found = set()
    for deal in world.of("opportunities"):
        deciders = {seat["id"] for seat in world.scope(deal["account"]) if world.decides(seat)}
        unreached = deciders - world.reached
        if unreached or not deciders:
            may_be = unreached & world.possible
            found.add((deal["id"], len(deciders), tuple(sorted(unreached)), tuple(sorted(may_be))))
    return found


def who_depends_on_whom(world: World) -> Rows:
    found = set()
    for review in world.reviews:
        if review.measures is None:
            continue
        reached = {seat for (_, seat), low in world.routes[review.account].items() if low > 0}
        by: defaultdict[str, list[str]] = defaultdict(list)
        for seat, employee in review.measures.sole_route.items():
            by[employee].append(seat)
        for employee, seats in by.items():
            owner = world.accounts[review.account].get("owner") == employee
            found.add((review.account, employee, owner, len(seats), len(reached), tuple(sorted(seats))))
    return found


def owners_who_know_nobody_at_the_top(world: World) -> Rows:
    knows = {(employee, contact) for employee, contact, _ in world.meetings()}
    knows |= {(tie["employee"], tie["contact"]) for tie in world.of("ties")}
    found = set()
    for account, record in world.accounts.items():
        top = [
            seat
            for seat, its in sorted(world.seats.items())
            if its["account"] == account and world.asserted(seat, "level", its.get("level")) == 1
            and world.holder(seat) is not None
        ]  # fmt: skip
        owner = record.get("owner")
        if owner is None or not top or any((owner, world.holder(seat)) in knows for seat in top):
            continue
        best: dict[str, float] = {}
        for (employee, seat), low in world.routes.get(account, {}).items():
            if seat in top and low > 0 and employee != owner:
                best[employee] = max(low, best.get(employee, 0))
        reached_by = tuple(sorted(best, key=lambda e: (-best[e], e)))
        found.add((account, owner, tuple(top), reached_by))
    return found


def champions_who_moved(world: World, days: int) -> Rows:
    found = set()
    since = (world.day - timedelta(days=days)).isoformat()
    for old in world.of("holdings"):
        left = old.get("valid_to")
        here = world.seats[old["seat"]]["account"]
        if left is None or not since <= left <= world.day.isoformat():
            continue
        same = [
            h for h in world.of("holdings") if (h["contact"], h["seat"]) == (old["contact"], old["seat"])
        ]
        if any(map(world.holds, same)):
            continue
        last = max(h["valid_to"] for h in same if since <= h.get("valid_to", "9") <= world.day.isoformat())
        attitude = world.asserted(old["contact"], "attitude", None)
        for new in world.of("holdings"):
            there = world.seats[new["seat"]]["account"]
            if (
                new["contact"] == old["contact"]
                and world.holds(new)
                and there != here
                and attitude in SUPPORTIVE
            ):
                known = {tie["employee"] for tie in world.of("ties") if tie["contact"] == old["contact"]}
                found.add(
                    (old["contact"], attitude, last, old["seat"], there, new["seat"], tuple(sorted(known)))
                )
    return found


def ties_that_fade(world: World, account: str, days: int) -> Rows:
    latest: dict[tuple[str, str], datetime] = {}
    for employee, contact, at in world.meetings():
        if at < moment(world.day.isoformat()) + timedelta(days=1) and world.holds(
            world.employees[employee]
        ):
            latest[employee, contact] = max(at, latest.get((employee, contact), at))
    found = set()
    for seat in world.scope(account):
        for (employee, contact), at in latest.items():
            ago = (world.day - at.date()).days
            if ago > days and world.holder(seat["id"]) == contact:
                found.add((employee, contact, seat["id"], at.date(), ago, level(world, employee, contact)))
    return found


def level(world: World, employee: str, contact: str) -> Any:
    stated = [
        (tie["assessed_on"], moment(tie.get("recorded_at")), n, tie.get("level"))
        for n, tie in enumerate(world.of("ties"))
        if (tie["employee"], tie["contact"]) == (employee, contact) and world.holds(tie)
        and tie.get("assessed_on", "9") <= world.day.isoformat()
    ]  # fmt: skip
    return max(stated, key=lambda s: s[:3])[3] if stated else None


def mechanisms_that_lapse(world: World, days: int) -> Rows:
    found = set()
    today, soon = world.day.isoformat(), (world.day + timedelta(days=days)).isoformat()
    for m in filter(world.holds, world.of("mechanisms")):
        owners = [world.employees[e] for e in m.get("our_owners", ())]
        there = tuple(sorted(e["id"] for e in owners if world.holds(e)))
        held = max((day for day in m.get("held", ()) if day <= today), default=None)
        if m.get("valid_to", "9") <= soon:
            found.add((m["id"], "ends", m["valid_to"], there))
        longest = 1.5 * m.get("cadence_days", float("inf"))
        if "cadence_days" in m and (held is None or (world.day - date.fromisoformat(held)).days > longest):
            found.add((m["id"], "overdue", held, there))
        if owners and not there:
            left = max((e["valid_to"] for e in owners if "valid_to" in e), default=None)
            found.add((m["id"], "left", left, there))
    return found


def accounts_joined_by_people(world: World) -> Rows:
    found = set()
    at = {seat: its["account"] for seat, its in world.seats.items()}
    for one in world.of("holdings"):
        here = at[one["seat"]]
        if world.holds(one):
            for other in world.seats[one["seat"]].get("decides_for", ()):
                found.add((here, other, "decides", one["contact"], one["seat"], None))
        for new in world.of("holdings"):
            there = at[new["seat"]]
            if new["contact"] != one["contact"] or here == there or not world.holds(new):
                continue
            if one.get("valid_to", "9") <= world.day.isoformat():
                found.add((here, there, "moved", one["contact"], one["seat"], new["seat"]))
            elif world.holds(one) and here < there:
                found.add((here, there, "both", one["contact"], one["seat"], new["seat"]))
    return found


def name(records: Mapping[str, Document], id_: str | None) -> str | None:
    return None if id_ is None else records[id_]["name"]


def plain(value: Any) -> Any:
    """What the driver gives, as the oracle writes it."""
    if hasattr(value, "iso_format"):
        return value.iso_format()
    return tuple(value) if isinstance(value, list) else value


def chosen(rows: Iterable[Sequence[Any]], columns: Sequence[str], wanted: Sequence[str]) -> Rows:
    """Of every row the wanted columns."""
    places = [columns.index(column) for column in wanted]
    return {tuple(plain(row[place]) for place in places) for row in rows}
