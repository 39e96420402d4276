"""Columns: many records of a kind side by side, as plain values, without a record made of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import to_jsonable_python

from graphcrm.records.bundle import RECORDS, Bundle

Wanted = Mapping[str, tuple[str, ...]]
"""Kinds of records, and of each the fields that are wanted, under the names they have in a bundle."""


@dataclass(frozen=True)
class Columns:
    """Some records of a kind: ``values[field][n]`` is what the n-th of them states.

    Values are those of a bundle's JSON: a day or a time is ISO text (a time in UTC, with a Z behind it),
    a list is a list, and what is absent has its default. ``done`` is the share of all that was wanted
    which has been read so far, 0 to 1.
    """

    kind: str
    values: Mapping[str, Sequence[Any]]
    done: float


def columns_of(bundle: Bundle, wanted: Sequence[Wanted]) -> Iterator[Columns]:
    """The columns of records that are already made, in the order in which they are wanted.

    >>> from datetime import date
    >>> from graphcrm.records.contact import Contact
    >>> bundle = Bundle(as_of=date(2026, 6, 30), contacts=(Contact(id="c", name="Wang"),))
    >>> [dict(columns.values) for columns in columns_of(bundle, [{"contacts": ("id", "emails")}])]
    [{'id': ['c'], 'emails': [[]]}]
    """
    stated = [(kind, fields) for part in wanted for kind, fields in part.items() if bundle.of(kind)]
    for number, (kind, fields) in enumerate(stated, start=1):
        plain = [record.model_dump(mode="json", by_alias=True) for record in bundle.of(kind)]
        values = {field: [record[field] for record in plain] for field in fields}
        yield Columns(kind, values, number / len(stated))


def defaults(kind: str, fields: tuple[str, ...]) -> Mapping[str, Any]:
    """What fields of a kind say where they are absent, as JSON; those that never are, are left out.

    >>> dict(defaults("employees", ("id", "captured", "avoid_regions")))
    {'captured': False, 'avoid_regions': []}
    """
    infos = {info.alias or name: info for name, info in RECORDS[kind].model_fields.items()}
    may_be_absent = (field for field in fields if not infos[field].is_required())
    return {field: to_jsonable_python(infos[field].default) for field in may_be_absent}
