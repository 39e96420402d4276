"""Entries: from a table's rows to the fields of one kind of record, column by column."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress

from pydantic import ValidationError

from graphcrm.errors import N_, Message, Problem
from graphcrm.records.bundle import RECORDS
from graphcrm.records.checks.nearest import Nearest
from graphcrm.records.checks.problems import shown
from graphcrm.sources.tables.conversions import Wrong, text
from graphcrm.sources.tables.expressions import Expression, compiled
from graphcrm.sources.tables.files.chunk import Cell, Chunk
from graphcrm.sources.tables.lookups import Lookup, keys_of
from graphcrm.sources.tables.mapping import Entry, Join, Notation, several
from graphcrm.sources.tables.row_problems import row_problems
from graphcrm.sources.tables.yaml_text import Location

Tell = Callable[[Problem], None]


def place_of(name: str, row: int, entry: int) -> str:
    """The place of a record: its file and row, and the entry of the mapping that made it."""
    return f"{name}[{row}]#{entry}"


Fields = Mapping[str, Sequence[object]]
"""Values by field, one a row; None is unknown."""

Declare = Callable[[str, Mapping[str, object]], None]
"""Told of the kind and the fields of a row that is left out, as far as they could be read."""


def unheard(_kind: str, _stated: Mapping[str, object]) -> None:
    """Declarations that nobody needs."""


def words_of_nothing(notation: Notation) -> frozenset[str]:
    """The words that stand for an unknown value."""
    return frozenset(("", *(notation.empty or ())))


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
        self._empty = words_of_nothing(notation)
        self._conditions = [
            (column, frozenset(map(self._word, several(stated))), wanted)
            for conditions, wanted in ((entry.where, True), (entry.unless, False))
            for column, stated in conditions.items()
        ]

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
        """Where a person finds a field's value: its first column, a joined one as table.column.

        None for a constant, and for a field that the mapping does not name.
        """
        expression = self._fields.get(field)
        if expression and item is not None and item < len(expression.parts):
            expression = expression.parts[item]
        return expression.needs[0] if expression and expression.needs else None

    def read(
        self, name: str, chunk: Chunk, tell: Tell, declare: Declare = unheard
    ) -> tuple[Sequence[int], Fields]:
        """The rows that are meant, and their fields; a row with something wrong is told and left out."""
        chunk, lone = self._meant(name, chunk, tell)
        count = len(chunk.rows)
        fields = {
            field: expression.values(chunk.columns, count) for field, expression in self._fields.items()
        }
        unread = [field for field, values in fields.items() if Wrong in set(map(type, values))]
        if not unread and not lone:
            return chunk.rows, fields
        wrong = {i for field in unread for i, value in enumerate(fields[field]) if isinstance(value, Wrong)}
        wrong.update(index for index, row in enumerate(chunk.rows) if row in lone)
        for index in sorted(wrong):
            row = chunk.rows[index]
            values = {field: each[index] for field, each in fields.items()}
            # What joined columns would say is not missed where their row is missing.
            joined = self._joined_fields if row in lone else frozenset[str]()
            self._tell(place_of(name, row, self.number), values, joined, tell)
            sound = {f: v for f, v in values.items() if v is not None and not isinstance(v, Wrong)}
            declare(self.kind, sound)
        kept = [index not in wrong for index in range(count)]
        sound_fields = {field: list(compress(values, kept)) for field, values in fields.items()}
        return list(compress(chunk.rows, kept)), sound_fields

    @cached_property
    def _joined_fields(self) -> frozenset[str]:
        own = self.own_columns()
        return frozenset(
            f for f, expression in self._fields.items() if not own.issuperset(expression.needs)
        )

    def _meant(self, name: str, chunk: Chunk, tell: Tell) -> tuple[Chunk, set[int]]:
        """The rows that are meant, with joined columns; and which of them lack a row they must have."""
        own = self.own_columns()
        lone = set[int]()
        chunk = self._chosen(chunk, [each for each in self._conditions if each[0] in own])
        for join, lookup in zip(self.entry.join, self.lookups, strict=True):
            keys = keys_of([chunk.columns[column] for column in join.on], self._empty)
            if join.missing == "refuse":
                for row, key in zip(chunk.rows, keys, strict=True):
                    if key is not None and not lookup.knows(key):
                        lone.add(row)
                        tell(_no_row(f"{name}[{row}]", join, key))
            beside = {f"{join.table}.{column}": cells for column, cells in lookup.beside(keys).items()}
            chunk = Chunk(chunk.rows, {**chunk.columns, **beside})
        return self._chosen(chunk, [each for each in self._conditions if each[0] not in own]), lone

    def _chosen(self, chunk: Chunk, conditions: Sequence[tuple[str, frozenset[str], bool]]) -> Chunk:
        for column, words, wanted in conditions:
            meant = [(self._word(cell) in words) == wanted for cell in chunk.columns[column]]
            if not all(meant):
                columns = {name: list(compress(cells, meant)) for name, cells in chunk.columns.items()}
                chunk = Chunk(list(compress(chunk.rows, meant)), columns)
        return chunk

    def _word(self, cell: Cell) -> str:
        """A cell as conditions compare it: spreadsheets write TRUE what others write true."""
        word = "" if cell is None else text(cell).strip()
        if word in self._empty:
            return ""
        return word.lower() if word.lower() in {"true", "false"} else word

    def _tell(self, place: str, values: Mapping[str, object], joined: Collection[str], tell: Tell) -> None:
        """Tell of each value that could not be read, and of what else is wrong with the row."""
        for field, value in values.items():
            if isinstance(value, Wrong) and field not in joined:
                path = f"{place}.{field}" if value.item is None else f"{place}.{field}[{value.item}]"
                tell(Problem(path, shown(value.value), value.what, value.cure))
        sound = {f: v for f, v in values.items() if v is not None and not isinstance(v, Wrong)}
        try:
            self._model.model_validate(sound)
        except ValidationError as error:
            for problem in row_problems(error, place, self._model, self._nearest):
                field = problem.path.removeprefix(f"{place}.").partition("[")[0]
                # What is missing only because it could not be read has been told.
                if field in values and field not in joined and not isinstance(values[field], Wrong):
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
