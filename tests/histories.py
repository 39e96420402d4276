"""Random histories of a store: imports that change and retire, and audits in between."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from random import Random
from typing import Any

from bundles import POLICY, bundle_of
from random_bundles import random_bundle
from store_samples import AS_OF, AT, PACK, bring, in_order, observed_review, one_of_each, unobserved_review

from graphcrm.ports.history import History
from graphcrm.ports.store import Store
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.columns import Columns, Wanted
from graphcrm.records.contact import Contact
from graphcrm.records.employee import Employee
from graphcrm.services.audit import read_reviews, run_audit
from graphcrm.services.checking import check_store
from graphcrm.services.reading import View

WANTED: list[Wanted] = [
    {
        kind: tuple(info.alias or name for name, info in record.model_fields.items())
        for kind, record in RECORDS.items()
    }
]
COMPLETE = ((), ("ties",), ("ties", "assertions", "holdings"), ("contacts", "seats"))


class At:
    """A clock that stands still."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return self._moment


def everything() -> Bundle:
    """A record of every kind, with odd values, that can be reviewed: words are known, people there."""
    stated = one_of_each()
    parts = {
        "contacts": (*stated.contacts, Contact(id="c0", name="Zhao")),
        "employees": (*stated.employees, Employee(id="e0", name="Bo")),
        "ties": (stated.ties[0], stated.ties[1].model_copy(update={"level": "trusted"})),
        "interactions": tuple(i.model_copy(update={"channel": "mail"}) for i in stated.interactions),
    }
    return stated.model_copy(update=parts)


def drawn(seed: int, number: int) -> Bundle:
    """The bundle of the import of that number: few distinct ones, so that ids come again under others."""
    rng = Random(f"{seed} {number}")
    stated = bundle_of(random_bundle(Random(rng.randrange(4))))
    changes = {
        "as_of": stated.as_of + timedelta(days=5 * rng.randrange(4)),
        "source": rng.choice(("crm", "erp")),
        "complete": rng.choice(COMPLETE),
    }
    return stated.model_copy(update=changes)


def live(store: Store, seed: int, numbers: Sequence[int]) -> None:
    """Let these imports come in, and an audit after some of them."""
    for number in numbers:
        at = AT + timedelta(days=3 * number, microseconds=number)
        bring(store, drawn(seed, number), at=at, name=f"import {number}.json")
        if Random(f"audit {seed} {number}").random() < 0.6:
            run_audit(store, View(POLICY), At(at))


def write_history(store: Store, seed: int) -> None:
    """Everything a store may hold: odd values, every kind, changes, retirements, and audits."""
    bring(store, everything(), at=AT - timedelta(days=9), name="märz \x00 'x'.json")
    live(store, seed, range(3))
    store.save_audit(
        [observed_review("a1"), unobserved_review("a2")],
        run_at=AT,
        as_of=AS_OF,
        known_at=date(2026, 5, 31),
        policy_pack=PACK,
    )


def problems(store: Store) -> list[str]:
    """All that is wrong with a store, as text."""
    return [
        f"{check.name}: {problem.path}: {problem.what}"
        for check in check_store(store)
        for problem in check.problems
    ]


def rows_of(history: History) -> Mapping[str, list[Any]]:
    """Every row there is."""
    return {
        "extent": [history.extent],
        "imports": list(chain.from_iterable(history.imports())),
        "versions": list(chain.from_iterable(history.versions())),
        "audits": list(chain.from_iterable(history.audits())),
        "reviews": list(chain.from_iterable(history.reviews())),
    }


def answers(store: Store) -> dict[str, Any]:
    """What a store answers, as text where that is what must be equal."""
    status = store.status()
    last = store.last_version()
    found: dict[str, Any] = {
        "status": (
            status.counts,
            status.imports,
            status.audits,
            status.latest_as_of,
            status.last_import_at,
        ),
        "note": status.note,
        "last": last,
        "headers": store.audits(),
        "audits": [store.audit(header.id).model_dump_json() for header in store.audits()],  # type: ignore[union-attr]
    }
    for as_of in (AS_OF, AS_OF + timedelta(days=15)):
        for known_at in (None, date(2026, 4, 2), AT.date() + timedelta(days=3)):
            for upto in (None, last // 2):
                day = (as_of, known_at, upto)
                facts = store.facts(as_of, known_at, upto=upto)
                accounts = [account.id for account in facts.accounts][:2]
                reviewed = read_reviews(store, View(POLICY, as_of, known_at, upto), accounts)
                columns = store.columns(WANTED, as_of, known_at, upto=upto)
                found[f"facts {day}"] = in_order(facts)
                found[f"reviews {day}"] = [review.model_dump_json() for review in reviewed]
                found[f"columns {day}"] = _by_kind(columns)
    return found


def _by_kind(columns: Iterable[Columns]) -> dict[str, dict[str, list[Any]]]:
    found: dict[str, dict[str, list[Any]]] = {}
    for part in columns:
        for field, values in part.values.items():
            found.setdefault(part.kind, {}).setdefault(field, []).extend(values)
    return found
