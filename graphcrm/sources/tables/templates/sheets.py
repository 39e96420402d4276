"""Sheets: which tables people fill in, which fields they have, and an example to start from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from graphcrm.policies import Policy
from graphcrm.records.assertion import ATTRIBUTES
from graphcrm.records.bundle import RECORDS
from graphcrm.sources.tables.conversions import types_of

Filled: TypeAlias = str | int | float | date | datetime | None
Form: TypeAlias = Literal["text", "number", "date", "time", "yes_no"]

LEFT_OUT = frozenset(("recorded_at", "source", "by", "evidence", "from", "to"))
"""Fields that most people have no use for; ``from`` and ``to`` remain where a kind needs them."""

SEPARATOR = ";"
"""What stands between the items of a list within a cell."""


@dataclass(frozen=True)
class Column:
    """A column, called as its field. ``words`` are what it may say; ``open`` allows others too."""

    name: str
    description: str
    required: bool
    form: Form
    several: bool
    words: tuple[str, ...] = ()
    open: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table for one kind of record, and its example rows."""

    kind: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Filled], ...]


def sheets_of(policy: Policy) -> tuple[Sheet, ...]:
    """The tables, with the words of a method pack."""
    words = _words(policy)
    return tuple(
        Sheet(
            kind, tuple(_columns(kind, words)), tuple(_fitting(row, kind, words) for row in EXAMPLE[kind])
        )
        for kind in EXAMPLE
    )


def _words(policy: Policy) -> dict[tuple[str, str], tuple[str, ...]]:
    return {
        ("accounts", "kind"): tuple(policy.account_kinds),
        ("accounts", "mode"): tuple(policy.standards),
        ("seats", "roles"): tuple(policy.decision_weight.roles),
        ("ties", "level"): tuple(policy.strength.tie_levels),
        ("ties", "trust_holder"): tuple(policy.strength.firm_share),
        ("assertions", "attribute"): tuple(ATTRIBUTES),
        ("assertions", "value"): tuple(policy.attitudes),
        ("influences", "kind"): ("informal", "reporting"),
        ("influences", "sign"): ("1", "-1"),
        ("interactions", "channel"): tuple(policy.strength.channels),
        ("mechanisms", "kind"): tuple(policy.organisation.mechanism_kinds),
    }


_OPEN = {("ties", "level"), ("assertions", "value"), ("influences", "sign")}
"""Fields that also take other values, such as numbers."""


def _columns(kind: str, words: Mapping[tuple[str, str], tuple[str, ...]]) -> list[Column]:
    model = RECORDS[kind]
    infos = {info.alias or name: info for name, info in model.model_fields.items()}
    own = [n for n, i in infos.items() if n not in LEFT_OUT or i.is_required()]
    own.sort(key=lambda name: name in {"valid_from", "valid_to"} and not infos[name].is_required())
    needed = {name for name in own if infos[name].is_required()} | ({"participants"} & set(own))
    return [
        Column(
            name,
            infos[name].description or "",
            name in needed,
            _form(kind, name),
            tuple in types_of(model, name) and kind != "assertions",
            words.get((kind, name), ()),
            (kind, name) in _OPEN,
        )
        for name in own
    ]


def _form(kind: str, name: str) -> Form:
    types = types_of(RECORDS[kind], name)
    if datetime in types:
        return "time"
    if date in types:
        return "date"
    if bool in types:
        return "yes_no"
    return "number" if types & {int, float} and str not in types else "text"


def _fitting(
    row: Mapping[str, Filled], kind: str, words: Mapping[tuple[str, str], tuple[str, ...]]
) -> Mapping[str, Filled]:
    """An example row in the words of the method pack: its first word where it lacks ours."""

    def fit(name: str, value: Filled) -> Filled:
        known = words.get((kind, name), ())
        if not known or not isinstance(value, str) or set(value.split(SEPARATOR)) <= set(known):
            return value
        return known[0]

    return {name: fit(name, value) for name, value in row.items()}


EXAMPLE: Mapping[str, Sequence[Mapping[str, Filled]]] = {
    "accounts": [
        {
            "id": "example",
            "name": "Example Works",
            "kind": "buyer",
            "mode": "enterprise",
            "owner": "e1",
            "region": "North",
            "tier": "A",
            "annual_revenue": 1200000,
            "currency": "EUR",
        }
    ],
    "departments": [
        {"id": "d1", "account": "example", "name": "Purchasing", "function": "purchasing", "importance": 1}
    ],
    "contacts": [
        {"id": "c1", "name": "Robin Example", "emails": "robin@example.com"},
        {"id": "c2", "name": "Kim Example", "emails": "kim@example.com"},
    ],
    "seats": [
        {
            "id": "s1",
            "account": "example",
            "department": "d1",
            "title": "Head of Purchasing",
            "level": 1,
            "roles": "decider",
        },
        {
            "id": "s2",
            "account": "example",
            "department": "d1",
            "title": "Buyer",
            "level": 3,
            "roles": "buyer;user",
            "reports_to": "s1",
        },
    ],
    "holdings": [
        {"contact": "c1", "seat": "s1", "valid_from": date(2024, 4, 1)},
        {"contact": "c2", "seat": "s2"},
    ],
    "employees": [
        {"id": "e1", "name": "Sam Sample", "function": "account", "level": 2, "region": "North"},
        {
            "id": "e2",
            "name": "Alex Sample",
            "function": "service",
            "level": 3,
            "manager": "e1",
            "captured": "yes",
        },
    ],
    "ties": [
        {
            "employee": "e1",
            "contact": "c1",
            "level": "in_depth",
            "assessed_on": date(2026, 5, 4),
            "trust_holder": "person",
        }
    ],
    "assertions": [
        {"subject": "c1", "attribute": "attitude", "value": "supporter", "valid_from": date(2026, 5, 4)}
    ],
    "influences": [{"from": "s2", "to": "s1", "kind": "informal", "strength": 0.5, "sign": 1}],
    "interactions": [
        {"id": "i1", "at": datetime(2026, 6, 2, 10), "channel": "meeting", "participants": "e1;c1;c2"}  # noqa: DTZ001
    ],
    "mechanisms": [
        {
            "id": "m1",
            "account": "example",
            "kind": "steering_committee",
            "our_owners": "e1",
            "their_owners": "c1",
            "cadence_days": 90,
            "held": "2026-03-12;2026-06-10",
            "stage": "Operation",
            "valid_from": date(2025, 1, 1),
        }
    ],
    "stages": [{"account": "example", "name": "Operation", "importance": 1}],
    "opportunities": [
        {
            "id": "o1",
            "account": "example",
            "name": "New line",
            "amount": 250000,
            "currency": "EUR",
            "stage": "offer",
            "expected_on": date(2026, 12, 1),
        }
    ],
}
"""A tiny portfolio that hangs together: the rows of each table."""
