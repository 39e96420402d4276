"""Parquet files, by the packages of the extra ``graphcrm[parquet]``. Only this file knows pyarrow."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from functools import partial
from importlib import import_module
from math import isinf
from pathlib import Path
from typing import Any

from graphcrm.errors import N_, Problem
from graphcrm.records.checks.problems import shown
from graphcrm.sources.tables.files.chunk import Cell, Chunk
from graphcrm.sources.tables.files.damage import guarded
from graphcrm.sources.tables.files.header import positions
from graphcrm.sources.tables.files.layout import Layout
from graphcrm.sources.tables.files.refusal import RefusedTable, Stopped, place, problem, unread
from graphcrm.sources.tables.files.sound import Wrong, no_rows, sound
from graphcrm.sources.tables.files.table_file import Progress, Tell, unheeded
from graphcrm.sources.tables.files.text_stream import ODD

ROWS = 5_000
_BUFFER = 1 << 20

_INFINITE = (
    N_("This number is not finite, or far too large."),
    N_("Write an ordinary number, or nothing where it is unknown."),
)
_UNREADABLE = (
    N_("This value is no text, or no day that a calendar has."),
    N_("Correct it, and export the file anew."),
)


@dataclass(frozen=True)
class ParquetTable:
    """A Parquet file whose columns are known; ``stored`` is what they are called in it."""

    path: Path
    name: str
    header: tuple[str, ...]
    stored: tuple[str, ...]
    understood: Mapping[str, str]

    def chunks(
        self, columns: Collection[str], tell: Tell, progress: Progress = unheeded
    ) -> Iterator[Chunk]:
        """The sound rows in chunks."""
        wanted = positions(self.name, None, self.header, columns, tell)
        if wanted is None:
            return
        try:
            yield from _Reading(self, wanted, progress).chunks(tell)
        except Stopped as stopped:
            tell(stopped.problem)
        except OSError as error:
            tell(unread(self.name, error))


class _Reading:
    """One reading of a Parquet file."""

    def __init__(self, table: ParquetTable, wanted: Mapping[str, int], progress: Progress) -> None:
        self._table = table
        self._wanted = wanted
        self._progress = progress
        self._names = [table.stored[at] for at in wanted.values()]
        self._arrow, self._parquet = _packages()

    def chunks(self, tell: Tell) -> Iterator[Chunk]:
        """The sound rows."""
        size = self._table.path.stat().st_size
        consumed = rows = 0
        with self._table.path.open("rb") as file:
            with self._guarded():
                parquet = self._parquet.ParquetFile(file, buffer_size=_BUFFER, pre_buffer=False)
                schema, total = parquet.schema_arrow, parquet.metadata.num_rows
            targets = self._targets(schema, tell)
            if targets is None:
                return
            batches = parquet.iter_batches(batch_size=ROWS, columns=self._names, use_threads=False)
            while True:
                with self._guarded():
                    batch = next(batches, None)
                    if batch is None:
                        break
                    first, rows = rows + 1, rows + batch.num_rows
                    chunk, wrong = self._chunk(batch, range(first, rows + 1), targets)
                sounded = sound(chunk, wrong, tell)
                if sounded.rows:
                    yield sounded
                now = size * rows // max(rows, total)
                self._progress(now - consumed)
                consumed = now
        self._progress(size - consumed)
        if not rows:
            tell(no_rows(self._table.name))

    def _guarded(self) -> AbstractContextManager[None]:
        return guarded(partial(_damaged, self._table.name))

    def _targets(self, schema: Any, tell: Tell) -> dict[str, Any] | None:  # noqa: ANN401 - as above
        """The types to read the columns as; None, and told, where a column holds no cells."""
        targets: dict[str, Any] = {}
        for column, at in self._wanted.items():
            stated = schema.types[at]
            target = self._target(stated)
            if target is None:
                tell(
                    problem(
                        place(self._table.name, None, column),
                        str(stated),
                        N_("This column holds {type}, which cannot be read as cells."),
                        N_("Write it as text, numbers, dates, or lists of these; or leave it out."),
                        type=shown(str(stated)),
                    )
                )
            else:
                targets[column] = target
        return targets if len(targets) == len(self._wanted) else None

    def _target(self, stated: Any) -> Any:  # noqa: ANN401 - as above
        arrow, types = self._arrow, self._arrow.types
        if types.is_dictionary(stated):
            return self._target(stated.value_type)
        if types.is_list(stated) or types.is_large_list(stated) or types.is_fixed_size_list(stated):
            within = self._target(stated.value_type)
            return None if within is None else arrow.list_(within)
        if types.is_timestamp(stated):
            return arrow.timestamp("us", tz=stated.tz)
        plain = (
            *(
                types.is_string,
                types.is_large_string,
                types.is_integer,
                types.is_floating,
                types.is_boolean,
            ),
            *(types.is_date, types.is_decimal, types.is_time, types.is_null),
        )
        return stated if any(each(stated) for each in plain) else None

    def _chunk(
        self,
        batch: Any,  # noqa: ANN401 - as above
        rows: range,
        targets: Mapping[str, Any],
    ) -> tuple[Chunk, dict[int, list[Problem]]]:
        columns: dict[str, list[Cell]] = {}
        wrong: dict[int, list[Problem]] = {}
        for (column, target), name in zip(targets.items(), self._names, strict=True):
            columns[column] = cells = []
            for index, value in enumerate(self._values(batch.column(name), target)):
                cell = _cell(value)
                if isinstance(cell, Wrong):
                    path = place(self._table.name, rows[index], column)
                    wrong.setdefault(index, []).append(cell.at(path))
                    cell = None
                cells.append(cell)
        return Chunk(rows, columns), wrong

    def _values(self, stated: Any, target: Any) -> list[object]:  # noqa: ANN401 - as above
        if stated.type != target:
            stated = stated.cast(target, safe=False)
        try:
            return list(stated.to_pylist())
        except (ValueError, OverflowError):
            return [_value(scalar) for scalar in stated]


def open_parquet(path: Path, name: str, layout: Layout) -> ParquetTable:
    """The table in a Parquet file. Raises RefusedTable or OSError."""
    try:
        _, parquet = _packages()
    except ImportError:
        raise RefusedTable(
            problem(
                name,
                None,
                N_("Reading Parquet files needs pyarrow, which is not installed."),
                N_('Run: pip install "graphcrm[parquet]"'),
            )
        ) from None
    try:
        with path.open("rb") as file, guarded(partial(_damaged, name)):
            stored = tuple(parquet.ParquetFile(file).schema_arrow.names)
    except Stopped as stopped:
        raise RefusedTable(stopped.problem) from None
    header = stored if isinstance(layout.header, int) else layout.header
    if len(header) != len(stored):
        raise RefusedTable(
            problem(
                name,
                None,
                N_("It has {count} columns, and {named} columns are named."),
                N_("Name every column, in order; or none: the file has names of its own."),
                count=len(stored),
                named=len(header),
            )
        )
    return ParquetTable(path, name, header, stored, {"format": "parquet"})


def _packages() -> tuple[Any, Any]:
    return import_module("pyarrow"), import_module("pyarrow.parquet")


def _value(scalar: Any) -> object:  # noqa: ANN401 - as above
    try:
        return scalar.as_py()
    except (ValueError, OverflowError):
        return Wrong(None, *_UNREADABLE)


def _cell(value: Any) -> Cell | Wrong:  # noqa: ANN401 - as above
    convert = _CONVERSIONS.get(type(value))
    return value if convert is None else convert(value)


def _float(value: float) -> Cell | Wrong:
    if isinf(value):
        return Wrong(value, *_INFINITE)
    return value if value == value else None  # noqa: PLR0124 - NaN is what differs from itself


def _text(value: str) -> Cell | Wrong:
    return Wrong(value, *_UNREADABLE) if ODD.search(value) else value


def _list(value: list[object]) -> Cell | Wrong:
    cells: list[Cell] = []
    for each in value:
        cell = _cell(each)
        if isinstance(cell, Wrong):
            return cell
        cells.append(cell)
    return cells


_CONVERSIONS: dict[type, Callable[[Any], Cell | Wrong]] = {
    float: _float,
    str: _text,
    list: _list,
    Decimal: lambda value: _float(float(value)),
    time: lambda value: value.isoformat(),
}


def _damaged(name: str, reason: str) -> Problem:
    return problem(
        name,
        None,
        N_("The Parquet file is damaged, or of a kind that cannot be read: {reason}."),
        N_("Export it anew, or as CSV."),
        reason=shown(reason),
    )
