"""Shown: what was understood of each column, as rows for a person or a program."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from graphcrm.sources.tables.suggesting.plans import TablePlan
from graphcrm.sources.tables.suggesting.suggestion import Suggestion
from graphcrm.sources.tables.suggesting.writing import used_columns

__all__ = ["Row", "Suggestion", "rows_of"]

_SURE, _LIKELY = 0.9, 0.75


@dataclass(frozen=True)
class Row:
    """A column of a table, the fields it fills (none if empty), how sure that is, and a value."""

    table: str
    column: str
    field: str
    sure: str
    sample: str

    def as_dict(self) -> dict[str, object]:
        """As a program gets it."""
        return asdict(self)


def rows_of(suggestion: Suggestion) -> Iterator[Row]:
    """Every column of every table, in their order."""
    for plan in suggestion.plans:
        used = used_columns(suggestion, plan)
        for name, profile in plan.profiles.items():
            fields = _fields(suggestion, plan, name)
            score = min((s for _, s in fields), default=0.0)
            score = next((m.score for m in plan.matches.values() if m.column == name), score)
            named = ", ".join(dict.fromkeys(field for field, _ in fields))
            sure = "sure" if score >= _SURE else "likely" if score >= _LIKELY else "guess"
            if any(name in entry.doubts for entry in suggestion.entries if entry.table == plan.name):
                sure = "guess"
            told = name in used and bool(named)
            sample = " ".join(profile.example.split())[:60]
            yield Row(plan.name, name, named if told else "", sure if told else "", sample)


def _fields(suggestion: Suggestion, plan: TablePlan, name: str) -> list[tuple[str, float]]:
    """The fields a column fills; the ids it is only a part of, if nothing else."""
    found = [
        (f"{entry.kind}.{field.name}", field.score, len(field.columns))
        for entry in suggestion.entries
        if entry.table == plan.name
        for field in entry.fields
        if name in field.columns
    ]
    found += [
        (f"{entry.kind}.unless", 0.0, 1)
        for entry in suggestion.entries
        if entry.table == plan.name and name in entry.doubts
    ]
    alone = [(field, score) for field, score, count in found if count == 1]
    return _telling(alone or [(field, score) for field, score, _ in found])


def _telling(fields: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """The fields that say the most, at most three: references repeat an id again and again."""
    first = [f for f in fields if not f[0].startswith(("holdings.", "seats.id", "departments.id"))]
    return (first or fields)[:3]
