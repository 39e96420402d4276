"""Tables of an archive as Parquet files. Only this file here knows pyarrow, of the extra ``parquet``."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from graphcrm.errors import N_, InputError
from graphcrm.store.archive.tables import Columns, Table

R = TypeVar("R", bound=NamedTuple)

ROWS_AT_ONCE = 5_000
"""Rows that are read at once; of tables whose groups are smaller, those."""


def require_packages() -> None:
    """Raise InputError where pyarrow is not installed."""
    try:
        _packages()
    except ImportError:
        raise InputError(
            N_("Archives are Parquet files, and pyarrow, which reads and writes them, is missing."),
            hint=N_('Run: pip install "graphcrm[parquet]"'),
        ) from None


def write(path: Path, table: Table, parts: Iterable[Sequence[tuple[Any, ...]]]) -> int:
    """Write a table into a new file, a group of rows at a time; how many there were. Raises OSError."""
    arrow, parquet = _packages()
    schema = arrow.schema([(name, _type(arrow, word)) for name, word in table.columns.items()])
    rows, written = chain.from_iterable(parts), 0
    with (
        path.open("xb") as file,
        parquet.ParquetWriter(file, schema, compression="zstd", use_dictionary=list(table.few)) as writer,
    ):
        while group := list(_batches(arrow, schema, islice(rows, table.group))):
            writer.write_table(arrow.Table.from_batches(group), row_group_size=table.group)
            written += sum(batch.num_rows for batch in group)
    return written


def _batches(arrow: Any, schema: Any, rows: Iterator[tuple[Any, ...]]) -> Iterator[Any]:  # noqa: ANN401
    """The rows as columns, some thousand at once: those take far less room."""
    while some := list(islice(rows, ROWS_AT_ONCE)):
        columns = zip(zip(*some, strict=True), schema, strict=False)
        yield arrow.record_batch([arrow.array(values, field.type) for values, field in columns], schema)


def describe(path: Path) -> tuple[Columns, int]:
    """The columns of a file, and how many rows it has. Raises InputError where it is no Parquet file."""
    arrow, parquet = _packages()
    with _sound(path, arrow), path.open("rb") as file:
        found = parquet.ParquetFile(file)
        columns = {field.name: _word(arrow, field.type) for field in found.schema_arrow}
        return columns, found.metadata.num_rows


def read(path: Path, table: Table, row: Callable[..., R]) -> Iterator[list[R]]:
    """The rows of a file, some thousands at once. Raises InputError where it cannot be read."""
    arrow, parquet = _packages()
    with path.open("rb") as file:
        with _sound(path, arrow):
            found = parquet.ParquetFile(file, pre_buffer=False)
            batches = found.iter_batches(batch_size=min(ROWS_AT_ONCE, table.group), use_threads=False)
        while found.num_row_groups:  # older readers stumble over a file without any
            with _sound(path, arrow):
                batch = next(batches, None)
                if batch is None:
                    return
                columns = [_values(arrow, column) for column in batch.columns]
            yield [row(*values) for values in zip(*columns, strict=True)]


def _values(arrow: Any, column: Any) -> list[object]:  # noqa: ANN401 - pyarrow has no types
    if arrow.types.is_timestamp(column.type):
        # As UTC proper, whatever package for time zones is installed.
        times = column.cast(arrow.timestamp("us")).to_pylist()
        return [None if time is None else time.replace(tzinfo=UTC) for time in times]
    if arrow.types.is_list(column.type):
        return [None if items is None else tuple(items) for items in column.to_pylist()]
    return list(column.to_pylist())


@contextmanager
def _sound(path: Path, arrow: Any) -> Iterator[None]:  # noqa: ANN401 - as above
    try:
        yield
    except (arrow.ArrowException, OSError, ValueError) as error:
        raise InputError(
            N_("{file} of the archive is no Parquet file that can be read: {reason}."),
            hint=N_("Take the archive from a backup, or export it anew."),
            file=path.name,
            reason=next(iter(str(error).splitlines()), "").rstrip("."),
        ) from error


def _packages() -> tuple[Any, Any]:
    return import_module("pyarrow"), import_module("pyarrow.parquet")


def _type(arrow: Any, word: str) -> Any:  # noqa: ANN401 - as above
    return {
        "int64": arrow.int64(),
        "string": arrow.string(),
        "date32": arrow.date32(),
        "timestamp[us, UTC]": arrow.timestamp("us", tz="UTC"),
        "list<string>": arrow.list_(arrow.string()),
    }[word]


def _word(arrow: Any, found: Any) -> str:  # noqa: ANN401 - as above
    """The type in our words; in Arrow's, where it is none of ours."""
    if arrow.types.is_list(found):
        return f"list<{_word(arrow, found.value_type)}>"
    if arrow.types.is_timestamp(found) and found.tz is not None:
        return f"timestamp[{found.unit}, {found.tz}]"
    return "date32" if arrow.types.is_date32(found) else str(found)
