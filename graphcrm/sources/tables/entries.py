"""Entries: from a table's rows to the fields of one kind of record, column by column."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import compress

from pydantic import ValidationError

from graphcrm.errors import N_, Message, Problem
from graphcrm.records.bundle import RECORDS
from graphcrm.records.checks.nearest import Nearest
from graphcrm.records.checks.problems import shown
from graphcrm.sources.problems import validation_problems
from graphcrm.sources.tables.conversions import Wrong, text
from graphcrm.sources.tables.expressions import Expression, compiled
from graphcrm.sources.tables.files.chunk import Cell, Chunk
from graphcrm.sources.tables.lookups import Lookup, keys_of
from graphcrm.sources.tables.mapping import Entry, Join, Notation, several
from graphcrm.sources.tables.yaml_text import Location

Tell = Callable[[Problem], None]


def place_of(name: str, row: int, entry: int) -> str:
    """The place of a record: its file and row, and the entry of the mapping that made it."""
    return f"{name}[{row}]#{entry}"


Fields = Mapping[str, Sequence[object]]
"""Values by field, one a row; None is unknown."""


class Reader:
    """Reads one entry of the mapping: joins other rows beside its own, chooses, works out fields.

    ``lookups`` are those of its joins, in their order.
    """

    def __init__(self, number: int, entry: Entry, notation: Notation) -> None:
        self.number = number
        self.entry = entry
        self.lookups: list[Lookup] = []
        self._model = model = RECORDS[entry.kind]
        self._nearest = Nearest()
        self._fields: dict[str, Expression] = {
            field: compiled(source, model, field, notation) for field, source in entry.fields.items()
        }
        self._empty = frozenset(("", *(notation.empty or ())))

    @property
    def kind(self) -> str:
        """The kind of record."""
        return self.entry.kind

    @property
    def needs(self) -> frozenset[str]:
        """Every column it reads; those of joined tables as table.column."""
        return frozenset(column for _, column in self.named())

    def named(self) -> Iterator[tuple[Location, str]]:
        """Every column the entry names, and where in it."""
        entry = self.entry
        for field, expression in self._fields.items():
            yield from ((("fields", field), name) for name in expression.needs)
        yield from ((("where", name), name) for name in entry.where)
        yield from ((("unless", name), name) for name in entry.unless)
        for at, join in enumerate(entry.join):
            yield from ((("join", at, "on", name), name) for name in join.on)

    def table_of(self, column: str) -> tuple[str, str]:
        """The table a column is of, and its name there."""
        for join in self.entry.join:
            if column.startswith(f"{join.table}."):
                return join.table, column.removeprefix(f"{join.table}.")
        return self.entry.table, column

    def own_columns(self) -> frozenset[str]:
        """The columns it reads of its own table."""
        return frozenset(name for name in self.needs if self.table_of(name) == (self.entry.table, name))

    def column_of(self, field: str, item: int | None = None) -> str | None:
        """Where a person finds a field's value: its first column; None for a constant."""
        expression = self._fields.get(field)
        if expression and item is not None and item < len(expression.parts):
            expression = expression.parts[item]
        return expression.needs[0] if expression and expression.needs else None

    def read(self, name: str, chunk: Chunk, tell: Tell) -> tuple[Sequence[int], Fields]:
        """The rows that are meant, and their fields; a row with something wrong is told and left out."""
        chunk = self._chosen(self._with_joined(name, chunk, tell))
        count = len(chunk.rows)
        fields = {
            field: expression.values(chunk.columns, count) for field, expression in self._fields.items()
        }
        unread = [field for field, values in fields.items() if Wrong in set(map(type, values))]
        if not unread:
            return chunk.rows, fields
        wrong = {i for field in unread for i, value in enumerate(fields[field]) if isinstance(value, Wrong)}
        for index in sorted(wrong):
            place = place_of(name, chunk.rows[index], self.number)
            self._tell(place, {field: values[index] for field, values in fields.items()}, tell)
        sound = [index not in wrong for index in range(count)]
        kept = {field: list(compress(values, sound)) for field, values in fields.items()}
        return list(compress(chunk.rows, sound)), kept

    def _with_joined(self, name: str, chunk: Chunk, tell: Tell) -> Chunk:
        for join, lookup in zip(self.entry.join, self.lookups, strict=True):
            keys = keys_of([chunk.columns[column] for column in join.on])
            if join.missing == "refuse":
                for index, key in enumerate(keys):
                    if key is not None and not lookup.knows(key):
                        tell(_no_row(f"{name}[{chunk.rows[index]}]", join, key))
            beside = {f"{join.table}.{column}": cells for column, cells in lookup.beside(keys).items()}
            chunk = Chunk(chunk.rows, {**chunk.columns, **beside})
        return chunk

    def _chosen(self, chunk: Chunk) -> Chunk:
        for conditions, wanted in ((self.entry.where, True), (self.entry.unless, False)):
            for column, stated in conditions.items():
                words = {"" if each is None else text(each) for each in several(stated)}
                meant = [(self._word(cell) in words) == wanted for cell in chunk.columns[column]]
                if not all(meant):
                    columns = {name: list(compress(cells, meant)) for name, cells in chunk.columns.items()}
                    chunk = Chunk(list(compress(chunk.rows, meant)), columns)
        return chunk

    def _word(self, cell: Cell) -> str:
        word = "" if cell is None else text(cell).strip()
        return "" if word in self._empty else word

    def _tell(self, place: str, values: Mapping[str, object], tell: Tell) -> None:
        """Tell of each value that could not be read, and of what else is wrong with the row."""
        for field, value in values.items():
            if isinstance(value, Wrong):
                tell(Problem(f"{place}.{field}", shown(value.value), value.what, value.cure))
        sound = {f: v for f, v in values.items() if v is not None and not isinstance(v, Wrong)}
        try:
            self._model.model_validate(sound)
        except ValidationError as error:
            for problem in validation_problems(error, place, self._model, self._nearest):
                field = problem.path.removeprefix(f"{place}.").partition("[")[0]
                # What is missing only because it could not be read has been told.
                if field in values and not isinstance(values[field], Wrong):
                    tell(problem)


def _no_row(place: str, join: Join, key: tuple[str, ...]) -> Problem:
    column = next(iter(join.on))
    params = {"table": join.table, "key": shown(", ".join(key))}
    return Problem(
        f"{place}.{column}",
        params["key"],
        Message(N_("Table {table} has no row of the key {key}."), params),
        Message(N_("Correct the key, or add the row to {table}."), params),
    )
