"""Sheets: a sheet of a workbook as a table."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from graphcrm.errors import N_, Problem
from graphcrm.records.checks.nearest import Nearest
from graphcrm.records.checks.problems import shown
from graphcrm.sources.tables.files.chunk import Cell, Chunk
from graphcrm.sources.tables.files.header import named, no_header, positions
from graphcrm.sources.tables.files.layout import Layout
from graphcrm.sources.tables.files.refusal import RefusedTable, Stopped, place, problem, unread
from graphcrm.sources.tables.files.sound import Wrong, no_rows, sound
from graphcrm.sources.tables.files.table_file import Progress, Tell, unheeded
from graphcrm.sources.tables.files.workbook import Area, Row, Sheet, Workbook


@dataclass(frozen=True)
class SheetTable:
    """A sheet whose header is known; ``header_row`` is 0 where it has none."""

    path: Path
    name: str
    header: tuple[str, ...]
    understood: Mapping[str, str]
    title: str
    header_row: int

    def chunks(
        self, columns: Collection[str], tell: Tell, progress: Progress = unheeded
    ) -> Iterator[Chunk]:
        """The sound rows in chunks; rows and columns that are hidden count like others."""
        wanted = positions(self.name, self.header_row or None, self.header, columns, tell)
        if wanted is None:
            return
        try:
            with self.path.open("rb") as file:
                book = Workbook(self.path.name, file)
                sheet = _named(self.path.name, book.sheets, self.title)
                yield from _Reading(self, book, sheet, wanted, progress).chunks(tell)
        except Stopped as stopped:
            tell(stopped.problem)
        except OSError as error:
            tell(unread(self.name, error))


class _Reading:
    """One reading of a sheet."""

    def __init__(
        self, table: SheetTable, book: Workbook, sheet: Sheet, wanted: Mapping[str, int], progress: Progress
    ) -> None:
        self._table = table
        self._book = book
        self._sheet = sheet
        self._wanted = {column: at + 1 for column, at in wanted.items()}
        self._progress = progress
        self._size = table.path.stat().st_size
        self._consumed = 0

    def chunks(self, tell: Tell) -> Iterator[Chunk]:
        """The sound rows."""
        merged = []
        for area in sorted(self._book.merged(self._sheet), key=_top_left):
            if wrong := self._merged(area):
                tell(wrong)
                merged.append(area)
        spans = _Spans(merged)
        any_rows = False
        for batch in self._book.rows(self._sheet, len(self._table.header), set(self._wanted.values())):
            rows = [row for row in batch if row.number > self._table.header_row]
            any_rows = any_rows or bool(rows)
            chunk = self._chunk([row for row in rows if row.number not in spans], tell)
            if chunk.rows:
                yield chunk
            self._heed(batch[-1].read / (self._book.size(self._sheet) or 1))
        self._heed(1)
        if not any_rows:
            tell(no_rows(self._table.name))

    def _heed(self, share: float) -> None:
        consumed = min(self._size, int(self._size * share))
        self._progress(consumed - self._consumed)
        self._consumed = consumed

    def _chunk(self, rows: list[Row], tell: Tell) -> Chunk:
        name = self._table.name
        columns: dict[str, list[Cell]] = {}
        wrong: dict[int, list[Problem]] = {}
        for column, at in self._wanted.items():
            columns[column] = cells = []
            for index, row in enumerate(rows):
                value = self._book.value(row.cells[at]) if at in row.cells else None
                if isinstance(value, Wrong):
                    wrong.setdefault(index, []).append(value.at(place(name, row.number, column)))
                    value = None
                cells.append(value)
        return sound(Chunk([row.number for row in rows], columns), wrong, tell)

    def _merged(self, area: Area) -> Problem | None:
        """The problem of merged cells, if they are of the data asked for."""
        row = max(area.first_row, self._table.header_row + 1)
        within = range(area.first_column, area.last_column + 1)
        column = next((name for name, at in self._wanted.items() if at in within), None)
        if row > area.last_row or column is None:
            return None
        return problem(
            place(self._table.name, row, column),
            area.ref,
            N_("Cells are merged here: {area}."),
            N_("Unmerge them, and fill in each."),
            area=area.ref,
        )


def _top_left(area: Area) -> tuple[int, int]:
    return area.first_row, area.first_column


class _Spans:
    """Rows in which cells are merged, as spans that do not touch each other."""

    def __init__(self, areas: list[Area]) -> None:
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        for first, last in sorted((area.first_row, area.last_row) for area in areas):
            if self._lasts and first <= self._lasts[-1]:
                self._lasts[-1] = max(last, self._lasts[-1])
            else:
                self._firsts.append(first)
                self._lasts.append(last)

    def __contains__(self, row: int) -> bool:
        at = bisect_right(self._firsts, row) - 1
        return at >= 0 and row <= self._lasts[at]


def open_sheet(path: Path, name: str, layout: Layout) -> SheetTable:
    """The sheet of a workbook that is asked for, or its only one. Raises RefusedTable or OSError."""
    try:
        with path.open("rb") as file:
            return _table(Workbook(name, file), path, name, layout)
    except Stopped as stopped:
        raise RefusedTable(stopped.problem) from None


def _table(book: Workbook, path: Path, name: str, layout: Layout) -> SheetTable:
    visible = [sheet for sheet in book.sheets if sheet.visible and sheet.has_cells]
    if layout.sheet is not None:
        sheet = _named(name, book.sheets, layout.sheet)
    elif len(visible) == 1:
        sheet = visible[0]
    else:
        raise Stopped(_not_one(name, [each.title for each in visible]))
    called = f"{name}!{shown(sheet.title)}" if len(visible) > 1 else name
    understood = {"format": "xlsx", "sheet": sheet.title}
    if not isinstance(layout.header, int):
        return SheetTable(path, called, layout.header, understood, sheet.title, 0)
    for row in chain.from_iterable(book.rows(sheet)):
        if row.number >= layout.header:
            values = {at: book.value(raw) for at, raw in row.cells.items()}
            texts = [_text(values.get(at)) for at in range(1, max(values) + 1)]
            return SheetTable(path, called, named(texts), understood, sheet.title, row.number)
    raise Stopped(no_header(called, layout.header))


def _text(value: Cell | Wrong) -> str:
    return "" if value is None or isinstance(value, Wrong) else str(value)


def _not_one(name: str, titles: list[str]) -> Problem:
    if titles:
        return problem(
            name,
            None,
            N_("The workbook has several sheets: {titles}."),
            N_("Name one with sheet."),
            titles=shown(", ".join(titles)),
        )
    return problem(
        name,
        None,
        N_("The workbook shows no sheet with cells."),
        N_("Unhide the sheet with the table, and save the workbook."),
    )


def _named(name: str, sheets: tuple[Sheet, ...], asked: str) -> Sheet:
    titles = [sheet.title for sheet in sheets if sheet.visible and sheet.has_cells]
    sheet = next((each for each in sheets if each.title == asked), None)
    nearest = Nearest().to(asked, titles) if sheet is None else None
    if sheet is None:
        what = N_("There is no sheet {sheet} in it.")
        cure = N_("Did you mean {nearest}? Its sheets are: {titles}.") if nearest else _USE
    elif not sheet.has_cells:
        what, cure = N_("{sheet} is no sheet with cells."), _USE
    elif not sheet.visible:
        what, cure = N_("The sheet {sheet} is hidden."), N_("Unhide it, and save the workbook.")
    else:
        return sheet
    titled = shown(", ".join(titles))
    raise Stopped(
        problem(name, asked, what, cure, sheet=shown(asked), nearest=shown(nearest), titles=titled)
    )


_USE = N_("Use one of: {titles}.")
