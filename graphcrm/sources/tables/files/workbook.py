"""Workbooks: the sheets of an Excel file and their cells, row by row. Only this file knows openpyxl."""

import re
from collections.abc import Container, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from math import isfinite
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import ARC_STYLE
from openpyxl.xml.functions import fromstring, iterparse

from graphcrm.errors import N_, Problem
from graphcrm.records.checks.problems import shown
from graphcrm.sources.tables.files.chunk import Cell
from graphcrm.sources.tables.files.damage import guarded
from graphcrm.sources.tables.files.excel_formats import Kind, dated, kind_of
from graphcrm.sources.tables.files.refusal import Stopped, problem
from graphcrm.sources.tables.files.sound import Wrong

LARGEST = 1 << 29
"""How many bytes a workbook may have when unpacked."""

MOST_COLUMNS = 16_384
ROWS = 1_000
"""How many rows are read at a time."""

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_MERGED_AT_MOST = 100
_BLOCK = 1 << 20
_WHOLE = 1 << 53
"""Up to here a float tells whole numbers apart."""

_FORMULA = (
    N_("This cell holds a formula."),
    N_("Replace it by its value: copy it, and paste it as values."),
)
_ERROR = (N_("This cell holds an error."), N_("Correct it, or empty the cell."))
_INFINITE = (N_("This number is not finite, or far too large."), N_("Write an ordinary number."))


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its name, whether it is shown, and whether it has cells."""

    title: str
    visible: bool
    has_cells: bool
    part: str


@dataclass(frozen=True)
class Area:
    """Cells that are merged into one, rows and columns counted from 1."""

    ref: str
    first_column: int
    first_row: int
    last_column: int
    last_row: int


Raw = dict[str, Any]
"""A cell as openpyxl's parser gives it."""


@dataclass(frozen=True)
class Row:
    """A row of a sheet: its number, its cells by column, and how many bytes have been read with it."""

    number: int
    cells: dict[int, Raw]
    read: int


class Workbook:
    """An Excel file that is open. Everything but the values raises Stopped, and OSError."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self._name = name
        with self._guarded():
            _bearable(name, file)
            reader = ExcelReader(file, read_only=True, keep_vba=False, data_only=False, keep_links=False)
            reader.read_manifest()
            reader.read_workbook()
            self._reader = reader
            self._strings_read = False
            self._archive: ZipFile = reader.archive
            self._epoch = reader.wb.epoch
            parts = set(self._archive.namelist())
            self.sheets = tuple(
                Sheet(sheet.name, sheet.state == "visible", "worksheet" in rel.Type, rel.target)
                for sheet, rel in reader.parser.find_sheets()
                if rel.target in parts
            )
            self._kinds = self._kinds_of_styles()

    def size(self, sheet: Sheet) -> int:
        """How many bytes a sheet has."""
        return self._archive.getinfo(sheet.part).file_size

    def rows(
        self, sheet: Sheet, width: int = MOST_COLUMNS, wanted: Container[int] = range(MOST_COLUMNS + 1)
    ) -> Iterator[list[Row]]:
        """The rows that are not empty up to the column ``width``, with the cells of the columns wanted."""
        with self._guarded():
            if not self._strings_read:
                self._reader.read_strings()
                self._strings_read = True
            source = self._archive.open(sheet.part)
        with source:
            rows = self._parsed(source, width, wanted)
            while True:
                with self._guarded():
                    batch = list(islice(rows, ROWS))
                if not batch:
                    return
                yield batch

    def _parsed(self, source: IO[bytes], width: int, wanted: Container[int]) -> Iterator[Row]:
        parser = _Parser(source, self._reader.shared_strings, epoch=self._epoch)
        for _, element in iterparse(source):
            if not element.tag.endswith("}row"):
                continue
            row, cells = parser.parse_row(element)
            element.clear()
            stated = [cell for cell in cells if cell["column"] <= width and not _nothing(cell["value"])]
            if not all(_blank(cell["value"]) for cell in stated):
                raw = {cell["column"]: cell for cell in stated if cell["column"] in wanted}
                yield Row(row, raw, source.tell())

    def merged(self, sheet: Sheet) -> list[Area]:
        """The merged cells of a sheet."""
        areas = []
        rest = b""
        with self._guarded(), self._archive.open(sheet.part) as source:
            while block := source.read(_BLOCK):
                text = rest + block
                end = 0
                for found in _MERGED.finditer(text):
                    end = found.end()
                    areas.append(_area(*(part.decode() for part in found.groups())))
                rest = text[max(end, len(text) - _MERGED_AT_MOST) :]
        return areas

    def _kinds_of_styles(self) -> list[Kind]:
        """What the number format of each style does."""
        if ARC_STYLE not in self._archive.namelist():
            return []
        styles = fromstring(self._archive.read(ARC_STYLE))
        codes = {
            int(element.get("numFmtId") or 0): element.get("formatCode")
            for element in styles.iter()
            if element.tag.endswith("}numFmt") and (element.get("numFmtId") or "").isdigit()
        }
        cells = next((element for element in styles if element.tag.endswith("}cellXfs")), ())
        numbers = [int(element.get("numFmtId") or 0) for element in cells]
        return [kind_of(number, codes.get(number)) for number in numbers]

    def _guarded(self) -> AbstractContextManager[None]:
        return guarded(self._damaged)

    def _damaged(self, reason: str) -> Problem:
        return problem(
            self._name,
            None,
            N_("The workbook is damaged, or not one that Excel would write: {reason}."),
            N_("Open it in a spreadsheet and save it anew as .xlsx, or as CSV."),
            reason=shown(reason),
        )

    def value(self, raw: Raw) -> Cell | Wrong:
        """What a cell holds."""
        value, how = raw["value"], raw["data_type"]
        if how == "f":
            return Wrong(value, *_FORMULA)
        if how == "e":
            return Wrong(value, *_ERROR)
        if isinstance(value, bool | str):
            return value
        if isinstance(value, int | float):
            style = int(raw["style_id"])
            return _number(
                value, self._kinds[style] if style < len(self._kinds) else Kind.NUMBER, self._epoch
            )
        if isinstance(value, time | timedelta):
            return str(value)
        assert isinstance(value, date)
        return value


def _area(left: str, top: str, right: str, bottom: str) -> Area:
    first, last = column_index_from_string(left), column_index_from_string(right)
    return Area(f"{left}{top}:{right}{bottom}", first, int(top), last, int(bottom))


def _nothing(value: object) -> bool:
    return value is None or value == ""


def _blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


class _Parser(WorkSheetParser):
    """openpyxl's parser of cells, without working formulas out."""

    def parse_formula(self, element: Any) -> str:  # noqa: ANN401 - an element of either XML library
        """The formula as it is written."""
        return f"={next((part.text for part in element if part.tag.endswith('}f')), '') or ''}"


def _number(value: float, kind: Kind, epoch: datetime) -> Cell | Wrong:
    if isinstance(value, float):
        if not isfinite(value):
            return Wrong(value, *_INFINITE)
        if value.is_integer() and abs(value) < _WHOLE:
            value = int(value)
    return value if kind is Kind.NUMBER else dated(value, kind, epoch)


def _bearable(name: str, file: IO[bytes]) -> None:
    try:
        with ZipFile(file) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except BadZipFile:
        raise Stopped(
            problem(
                name,
                None,
                N_("The workbook is damaged: its end is missing."),
                N_("Copy or export it anew."),
            )
        ) from None
    if size > LARGEST:
        raise Stopped(
            problem(
                name,
                None,
                N_("The workbook has {size} MiB when unpacked; {limit} MiB are the most that is read."),
                N_("Save the sheet as CSV."),
                size=size >> 20,
                limit=LARGEST >> 20,
            )
        )
    file.seek(0)
