"""Columns: many records of a kind side by side, as plain values, without a record made of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import to_jsonable_python

from graphcrm.records.bundle import RECORDS

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


def defaults(kind: str, fields: tuple[str, ...]) -> Mapping[str, Any]:
    """What fields of a kind say where they are absent, as JSON; those that never are, are left out.

    >>> dict(defaults("employees", ("id", "captured", "avoid_regions")))
    {'captured': False, 'avoid_regions': []}
    """
    infos = {info.alias or name: info for name, info in RECORDS[kind].model_fields.items()}
    may_be_absent = (field for field in fields if not infos[field].is_required())
    return {field: to_jsonable_python(infos[field].default) for field in may_be_absent}
