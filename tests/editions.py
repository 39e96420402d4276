"""What is imported where something fails: a small portfolio in several editions, and tables of calls."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from store_samples import AS_OF, bundle, named

from graphcrm.records.assertion import Assertion
from graphcrm.records.base import Record
from graphcrm.records.bundle import Bundle
from graphcrm.records.contact import Contact
from graphcrm.records.department import Department
from graphcrm.records.employee import Employee
from graphcrm.records.holding import Holding
from graphcrm.records.interaction import Interaction
from graphcrm.records.seat import Seat
from graphcrm.records.tie import Tie

ACCOUNTS = 24
EMPLOYEES = 7

MAPPING = """\
source: calls
as_of: 2026-06-30
tables:
  contacts: {files: contacts.csv}
  calls: {files: calls.jsonl}
records:
  - {kind: employees, from: contacts, fields: {id: owner, name: owner}}
  - {kind: contacts, from: contacts, complete: true, fields: {id: id, name: name}}
  - {kind: interactions, from: calls, fields: {id: id, at: at, channel: channel, participants: [by, to]}}
"""


def first_edition(source: str = "crm") -> Bundle:
    """Of each account a department, three seats, who holds them, and who of ours knows them."""
    return _edition(source, 1, AS_OF - timedelta(days=90))


def second_edition(source: str = "crm") -> Bundle:
    """Three months later: other names and ties; an account is gone, another is new."""
    return _edition(source, 2, AS_OF)


def third_edition(source: str = "crm") -> Bundle:
    """On the same day as the second, by somebody who knows other things."""
    return _edition(source, 3, AS_OF)


def _edition(source: str, number: int, as_of: date) -> Bundle:
    parts: dict[str, list[Any]] = {
        "employees": [Employee(id=f"{source}.e{n}", name=f"E{n}", captured=True) for n in range(EMPLOYEES)]
    }
    for account in range(number, number + ACCOUNTS):
        for record in _account(source, account, number):
            parts.setdefault(record.kind, []).append(record)
    complete = tuple(kind for kind in parts if kind != "employees")
    return bundle(as_of, source=source, complete=complete, **parts)


def _account(source: str, number: int, edition: int) -> Iterator[Record]:
    id_ = f"{source}.a{number}"
    yield named(id_, f"Account {number}, edition {edition}")
    yield Department(id=f"{id_}.d", account=id_, name=f"Department, edition {edition}")
    for place in range(3):
        seat, contact = f"{id_}.s{place}", f"{id_}.c{place}"
        yield Seat(
            id=seat,
            account=id_,
            department=f"{id_}.d",
            level=place + 1,
            roles=("decider",),
            reports_to=f"{id_}.s0" if place else None,
        )
        yield Contact(id=contact, name=f"Contact {contact}")
        yield Holding(contact=contact, seat=seat)
        for other in range(1 + place % 2):
            employee = f"{source}.e{(number + other + edition * (place == 2)) % EMPLOYEES}"
            level = "trusted" if number % 3 else "multiple"
            yield Tie(employee=employee, contact=contact, level=level, assessed_on=AS_OF - timedelta(100))
        yield Assertion(
            subject=contact, attribute="attitude", value="supporter", valid_from=AS_OF - timedelta(200)
        )


def earlier_calls() -> Bundle:
    """Some of the calls of the tables, told otherwise."""
    people = [Contact(id=f"p{number}", name=f"Person {number}") for number in range(20)]
    calls = [
        Interaction(
            id=f"i{number}",
            at=datetime(2026, 1, 1, tzinfo=UTC),
            channel="message",
            participants=(f"o{number % 7}", f"p{number % 20}"),
        )
        for number in range(60)
    ]
    owners = [Employee(id=f"o{number}", name=f"o{number}") for number in range(7)]
    as_of = AS_OF - timedelta(days=90)
    return bundle(
        as_of,
        source="calls",
        complete=("contacts",),
        employees=owners,
        contacts=people,
        interactions=calls,
    )


def write_bundle(file: Path, stated: Bundle) -> Path:
    """The bundle as people import it."""
    file.write_text(stated.model_dump_json(exclude_defaults=True, by_alias=True), encoding="utf-8")
    return file


def write_tables(folder: Path, calls: int) -> Path:
    """Calls with people whom nobody else knows; their names and channels are others with another count.

    The calls are JSON lines, which ``forked`` reads some at a time.
    """
    folder.mkdir()
    people = [f"p{number},Person {number} of {calls},o{number % 7}" for number in range(calls // 20)]
    rows = [
        {
            "id": f"i{number}",
            "at": f"2026-{1 + number % 6:02}-{1 + number % 28:02}",
            "channel": "call" if number % 3 else ("visit" if calls % 2 else "meeting"),
            "by": f"o{number % 7}",
            "to": f"p{number % len(people)}",
        }
        for number in range(calls)
    ]
    (folder / "contacts.csv").write_text("\n".join(["id,name,owner", *people, ""]), encoding="utf-8")
    (folder / "calls.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    mapping = folder / "mapping.yaml"
    mapping.write_text(MAPPING, encoding="utf-8")
    return mapping
