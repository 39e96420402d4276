"""Bundles for tests: a small builder for hand-made cases, and a comparison of results."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Self

from graphcrm.graph.account import AccountGraph
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.policies import Policy, load_policy
from graphcrm.records.bundle import Bundle
from graphcrm.records.review import Review
from graphcrm.services.review import review

TODAY = "2026-06-30"
"""The day every bundle here is as of."""

POLICY = load_policy()

METHOD_KEYS = (
    "observed", "key_points", "key_points_floor", "breadth", "organisation", "organisation_elements",
    "reach", "departure_loss", "dependence", "contact_loss", "fade_90", "uncovered", "ownership_hhi",
    "bus_factor", "survivability", "sole_route", "shape", "shape_after_any_departure", "meets_mode",
    "meets_mode_after_any_departure", "three_dimensional", "robustly_three_dimensional", "adequate",
    "robustly_adequate", "risk_contributions", "risk", "revenue_at_risk",
)  # fmt: skip
"""The keys of a result that the method names (section 13)."""

SIX_DECIMALS = 5e-7
"""What two figures rounded to six decimals may differ by to be the same."""
LAST_PLACE = 1.5e-6
"""The same where half of the last place may have been rounded either way."""

Document = dict[str, Any]
"""A bundle as plain JSON."""


def day(offset: int, of: str = TODAY) -> str:
    """The day so many days after (before, if negative) a day."""
    return (date.fromisoformat(of) + timedelta(days=offset)).isoformat()


# Compare


def differences(
    got: Mapping[str, Any], expected: Mapping[str, Any], *, within: float = SIX_DECIMALS
) -> list[str]:
    """Where a result differs from the expected one, a line each; numbers to six decimals.

    Every expected figure is compared; a key of the method that is not expected must be absent. Keys of a
    result that the method does not name are not looked at.
    """
    surplus = [f"{key}: not expected" for key in METHOD_KEYS if key in got and key not in expected]
    missing = [f"{key}: missing" for key in expected if key not in got]
    common = (key for key in expected if key in got)
    compared = (line for key in common for line in _differences(got[key], expected[key], key, within))
    return [*surplus, *missing, *compared]


def _differences(got: Any, expected: Any, at: str, within: float) -> Iterable[str]:
    if isinstance(expected, dict) and isinstance(got, dict):
        for key in sorted({*got, *expected}):
            if key not in got or key not in expected:
                yield f"{at}.{key}: {'missing' if key in expected else 'not expected'}"
            else:
                yield from _differences(got[key], expected[key], f"{at}.{key}", within)
    elif isinstance(expected, list | tuple) and isinstance(got, list | tuple) and len(got) == len(expected):
        for index, (one, other) in enumerate(zip(got, expected, strict=True)):
            yield from _differences(one, other, f"{at}[{index}]", within)
    elif _number(expected) and _number(got):
        if not abs(got - expected) <= within:
            yield f"{at}: {got!r}, expected {expected!r}"
    elif type(got) is not type(expected) or got != expected:
        yield f"{at}: {got!r}, expected {expected!r}"


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


# Compute


def bundle_of(document: Document) -> Bundle:
    """The document as records."""
    return Bundle.model_validate_json(json.dumps(document))


def facts_of(
    document: Document, *, policy: Policy = POLICY, as_of: str | None = None, known_at: str | None = None
) -> Facts:
    """The facts of a document."""
    return Facts(
        bundle_of(document),
        policy,
        as_of=None if as_of is None else date.fromisoformat(as_of),
        known_at=None if known_at is None else date.fromisoformat(known_at),
    )


def results_of(document: Document, *, known_at: str | None = None) -> dict[str, dict[str, Any]]:
    """The result of every account of a document, as JSON."""
    facts = facts_of(document, known_at=known_at)
    return {a: as_json(review(build_graph(facts, a))) for a in facts.accounts}


def as_json(result: Review) -> dict[str, Any]:
    """A review as a reader of its JSON gets it."""
    document: dict[str, Any] = json.loads(json.dumps(result.as_dict()))
    return document


# Build by hand


class Customer:
    """One account, "A", told in a few calls; each states facts and returns the customer.

    People and employees are stated with the first seat or tie that names them. Employees are captured
    unless stated otherwise beforehand.
    """

    def __init__(self, **account: Any) -> None:
        self.document: Document = {
            "as_of": TODAY,
            "accounts": [{"id": "A", "name": "Customer A", **account}],
        }

    def state(self, kind: str, /, **record: Any) -> Self:
        """State any record; a key may end in "_" where Python reserves the word."""
        plain = {key.rstrip("_"): value for key, value in record.items()}
        self.document.setdefault(kind, []).append(plain)
        return self

    def account(self, name: str, **fields: Any) -> Self:
        """One more account."""
        return self.state("accounts", id=name, name=f"Customer {name}", **fields)

    def department(self, name: str, **fields: Any) -> Self:
        """A department of A."""
        return self.state("departments", **{"id": name, "account": "A", "name": name, **fields})

    def seat(
        self, name: str, holder: str | None = None, attitude: str | None = None, **fields: Any
    ) -> Self:
        """A seat of A (or of ``account``), perhaps with a holder and the holder's attitude."""
        self.state("seats", **{"id": name, "account": "A", "title": name.upper(), **fields})
        if holder is not None:
            self.contact(holder).state("holdings", contact=holder, seat=name)
        if attitude is not None:
            self.asserts(holder or "", "attitude", attitude)
        return self

    def contact(self, name: str) -> Self:
        """A person, once."""
        return self if self._has("contacts", name) else self.state("contacts", id=name, name=name.upper())

    def employee(self, name: str, **fields: Any) -> Self:
        """One of ours, once."""
        if self._has("employees", name):
            return self
        return self.state("employees", **{"id": name, "name": name.upper(), "captured": True, **fields})

    def tie(self, employee: str, contact: str, level: float | str | None = 1.0, **fields: Any) -> Self:
        """A tie, assessed today unless stated otherwise; level None is unknown."""
        assessed = {} if level is None else {"level": level, "assessed_on": TODAY}
        self.employee(employee).contact(contact)
        return self.state("ties", employee=employee, contact=contact, **{**assessed, **fields})

    def asserts(
        self, subject: str, attribute: str, value: Any, valid_from: str = "2026-01-01", **f: Any
    ) -> Self:
        """An assertion."""
        return self.state(
            "assertions", subject=subject, attribute=attribute, value=value, valid_from=valid_from, **f
        )

    def influences(self, gate: str, seat: str, strength: float | None = 0.5, **fields: Any) -> Self:
        """One seat bears on another."""
        given = {} if strength is None else {"strength": strength}
        return self.state("influences", from_=gate, to=seat, kind="informal", **given, **fields)

    def met(self, *people: str, at: str = f"{TODAY}T12:00:00+00:00", channel: str = "meeting") -> Self:
        """An interaction of people with each other."""
        return self.state(
            "interactions", id=self._next(), at=at, channel=channel, participants=list(people)
        )

    def sent(
        self, sender: str, *to: str, at: str = f"{TODAY}T12:00:00+00:00", channel: str = "mail"
    ) -> Self:
        """A directed interaction."""
        return self.state(
            "interactions", id=self._next(), at=at, channel=channel, from_=sender, to=list(to)
        )

    def mechanism(self, name: str, kind: str = "joint_innovation", **fields: Any) -> Self:
        """A mechanism with A."""
        return self.state("mechanisms", id=name, account="A", kind=kind, **fields)

    def graph(self, account: str = "A", **options: Any) -> AccountGraph:
        """The account as a graph."""
        return build_graph(facts_of(self.document, **options), account)

    def review(self, account: str = "A", **options: Any) -> Review:
        """What the method says."""
        return review(self.graph(account, **options))

    def _has(self, kind: str, name: str) -> bool:
        return any(r["id"] == name for r in self.document.get(kind, []))

    def _next(self) -> str:
        return f"i{len(self.document.get('interactions', []))}"
