"""The workbook: a sheet a kind, with notes, lists and dates. Only this file writes by openpyxl."""

import io
from collections.abc import Callable

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from graphcrm.errors import N_
from graphcrm.sources.tables.templates.sheets import SEPARATOR, Column, Form, Sheet

Translate = Callable[[str], str]

LAST_ROW = 5000
"""Down to this row the lists to choose from are offered."""

LISTS = "Lists"
_FORMATS: dict[Form, str] = {"date": "yyyy-mm-dd", "time": "yyyy-mm-dd hh:mm", "text": "@"}
_YES_NO = ("yes", "no")
_HEADER = PatternFill("solid", fgColor="DDE6EE")
_NEEDED = PatternFill("solid", fgColor="BCD0E0")
_WIDTHS = (12, 40)

README = (
    N_("graphcrm: tables to fill in"),
    N_("One sheet for each kind of record. The first row names the fields; point at a name to read what it "
       "means. Fields on darker ground are needed, all others may stay empty: what is empty is unknown."),
    N_("The example rows hang together. Read them, then write your own over them."),
    N_("Start with accounts, contacts, seats, holdings and employees; then ties and interactions."),
    N_("Records name each other by their ids: a seat its account, a holding its contact and its seat."),
    N_("Several values in one cell are separated by a semicolon: decider; user."),
    N_("Sheets you do not need may stay without rows."),
    N_("Then import the folder and look at the result:"),
)  # fmt: skip
_COMMANDS = (
    "graphcrm import tables --mapping mapping-workbook.yaml",
    "graphcrm audit run",
    "graphcrm account list",
)


def workbook_of(sheets: tuple[Sheet, ...], translate: Translate) -> bytes:
    """The workbook as the bytes of its file."""
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    _read_me(book.active, translate)
    made = [(sheet, book.create_sheet(sheet.kind)) for sheet in sheets]
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    for sheet, page in made:
        for at, column in enumerate(sheet.columns, start=1):
            _column(page, at, column, sheet, translate)
            _choices(page, lists, at, column)
        page.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _read_me(page: Worksheet, translate: Translate) -> None:
    page.title = translate(N_("Read me"))
    page.sheet_view.showGridLines = False
    page.column_dimensions["A"].width = 100
    lines = [*map(translate, README), *_COMMANDS]
    for at, line in enumerate(lines, start=1):
        cell = page.cell(at, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if line in _COMMANDS:
            cell.font = Font(name="Consolas")
    page["A1"].font = Font(bold=True, size=14)


def _column(page: Worksheet, at: int, column: Column, sheet: Sheet, translate: Translate) -> None:
    letter = get_column_letter(at)
    head = page.cell(1, at, column.name)
    head.font = Font(bold=True)
    head.fill = _NEEDED if column.required else _HEADER
    head.comment = Comment(_note(column, translate), "graphcrm", width=320, height=140)
    longest = max(len(str(row.get(column.name) or "")) for row in sheet.rows)
    page.column_dimensions[letter].width = min(max(longest, len(column.name), _WIDTHS[0]) + 2, _WIDTHS[1])
    form = _FORMATS.get(column.form)
    if form:
        # The style of the column is that of cells not yet filled in.
        page.column_dimensions[letter].number_format = form
    for index, row in enumerate(sheet.rows, start=2):
        cell = page.cell(index, at, row.get(column.name))
        if form:
            cell.number_format = form


def _note(column: Column, translate: Translate) -> str:
    parts = [translate(column.description)]
    if column.words and column.several:
        parts.append(translate(N_("Words: {words}.")).format(words=", ".join(column.words)))
    if column.several:
        parts.append(translate(N_("Several are separated by {mark}")).format(mark=SEPARATOR))
    parts.append(translate(N_("Required.")) if column.required else translate(N_("May stay empty.")))
    return "\n".join(parts)


def _choices(page: Worksheet, lists: Worksheet, at: int, column: Column) -> None:
    """Offer a list, which stands in a hidden sheet: Excel takes only short ones in the rule itself."""
    words = _YES_NO if column.form == "yes_no" else column.words
    if not words or column.several:
        return
    place = lists.max_column + 1 if lists["A1"].value else 1
    lists.cell(1, place, f"{page.title}.{column.name}")
    for row, word in enumerate(words, start=2):
        lists.cell(row, place, int(word) if column.form == "number" else word)
    letter, here = get_column_letter(place), get_column_letter(at)
    rule = DataValidation(
        type="list",
        formula1=f"{LISTS}!${letter}$2:${letter}${len(words) + 1}",
        allow_blank=True,
        showErrorMessage=not column.open,
    )
    rule.add(f"{here}2:{here}{LAST_ROW}")
    page.add_data_validation(rule)
