"""Audits and their reviews as nodes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, get_args

from neo4j import ManagedTransaction
from pydantic import BaseModel
from pydantic_core import to_json

from graphcrm.records.audit import Audit, AuditHeader
from graphcrm.records.review import Review
from graphcrm.store.neo4j.columns import Path, decode, encode
from graphcrm.store.neo4j.connection import ask
from graphcrm.store.neo4j.faults import readable
from graphcrm.store.neo4j.values import native

DAYS = ("as_of", "known_at")
LARGEST = 2**63 - 1
"""The largest whole number Neo4j knows."""


def _paths(model: type[BaseModel], before: Path = ()) -> Iterator[Path]:
    """The fields of a result, and of the results within it: not what stands in mappings and lists."""
    for name, field in model.model_fields.items():
        path = (*before, name)
        yield path
        for part in (field.annotation, *get_args(field.annotation)):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from _paths(part, path)


NAMED = frozenset(_paths(Review))
"""What may name properties of a review."""


def review_row(review: Review, number: int, position: int) -> dict[str, object]:
    """A review as the properties of its node."""
    document = review.model_dump(mode="json")
    days = {name: getattr(review, name) for name in DAYS}
    return {**encode({**document, **days}, NAMED), "_audit": number, "_position": position}


def audit_row(
    *,
    run_at: datetime,
    as_of: date,
    known_at: date | None,
    policy_pack: Mapping[str, object],
    accounts: int,
) -> dict[str, object]:
    """An audit as the properties of its node."""
    return {
        **encode(json.loads(to_json(policy_pack))),
        "run_at": run_at.astimezone(UTC),
        "as_of": as_of,
        "known_at": known_at,
        "policy": f"{policy_pack['name']} {policy_pack['version']}",
        "accounts": accounts,
    }


def headers(tx: ManagedTransaction, url: str) -> tuple[AuditHeader, ...]:
    """Every audit, the latest first."""
    with readable(url):
        return tuple(_header(row["header"]) for row in ask(tx, "audits"))


def read(tx: ManagedTransaction, url: str, number: int) -> Audit | None:
    """The audit of that number, or None."""
    if not 0 < number <= LARGEST:
        return None
    row = ask(tx, "audit", number=number).single()
    if row is None:
        return None
    with readable(url):
        pack = {name: value for name, value in row["audit"].items() if name.startswith("_")}
        header = _header(row["audit"])
        return Audit(
            header=header,
            policy_pack=decode(pack),
            reviews=reviews(tx, url, number, range(header.accounts)),
        )


def header(tx: ManagedTransaction, url: str, number: int) -> AuditHeader | None:
    """The header of the audit of that number, or None."""
    row = ask(tx, "audit", number=number).single()
    with readable(url):
        return None if row is None else _header(row["audit"])


def reviews(tx: ManagedTransaction, url: str, number: int, places: range) -> tuple[Review, ...]:
    """The reviews of an audit that stand in these places, counted from 0."""
    rows = ask(tx, "reviews", number=number, start=places.start, stop=places.stop)
    with readable(url):
        return tuple(_review(row["review"]) for row in rows)


def put_reviews(tx: ManagedTransaction, rows: Sequence[dict[str, object]]) -> None:
    """Keep some reviews."""
    ask(tx, "put_reviews", rows=rows).consume()


def _review(properties: Mapping[str, Any]) -> Review:
    return Review.model_validate(decode(properties))


def _header(audit: Mapping[str, Any]) -> AuditHeader:
    return AuditHeader(
        id=audit["number"],
        run_at=native(audit["run_at"]),
        as_of=native(audit["as_of"]),
        known_at=native(audit.get("known_at")),
        policy=audit["policy"],
        accounts=audit["accounts"],
    )
