"""Workbooks: what a person sees in a sheet is what is read; what cannot be a value is told by its cell."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet
from table_files import read, read_file, written

from graphcrm.sources.tables.files import workbook
from graphcrm.sources.tables.files.layout import Layout
from graphcrm.sources.tables.files.opening import open_table


def saved(folder: Path, *rows: list[object], then: Callable[[Worksheet], None] | None = None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    if then is not None:
        then(sheet)
    path = folder / "a.xlsx"
    book.save(path)
    return path


def changed(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """The workbook with one of its parts rewritten, as another program may have written it."""
    content = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()).encode() if name == part else text)
    path.write_bytes(content.getvalue())
    return path


def test_values_come_as_they_are(tmp_path: Path) -> None:
    row = [
        *("text", 1, 2.0, 0.5, True, date(2024, 2, 29), datetime(2024, 2, 29, 13, 30)),  # noqa: DTZ001
        *(time(9, 30), timedelta(hours=26), None),
    ]
    names = [f"C{n}" for n in range(len(row))]

    def percent(sheet: Worksheet) -> None:
        sheet["D2"].number_format = "0%"

    table = open_table(saved(tmp_path, names, row, then=percent), Layout())
    assert table.name == "a.xlsx"
    assert table.header == tuple(names)
    assert table.understood == {"format": "xlsx", "sheet": "Sheet"}
    result = read(table)
    assert result.cells == [
        [*row[:7], "09:30:00", "26:00:00", None],
    ]
    assert [type(cell) for cell in result.cells[0][:7]] == [str, int, int, float, bool, date, datetime]
    assert read(table, ["C9", "C1"]).cells == [[None, 1]]


def test_rows_are_those_of_the_sheet_and_empty_ones_are_skipped(tmp_path: Path) -> None:
    def scatter(sheet: Worksheet) -> None:
        sheet["B3"], sheet["C3"] = "Id", " Name "
        sheet["B5"] = 1
        sheet["C5"] = ""
        sheet["C9"] = "b"
        sheet["Z12"] = "a note aside"
        sheet["B20"].number_format = "0.00"
        sheet.row_dimensions[9].hidden = True
        sheet.column_dimensions["C"].hidden = True

    table = open_table(saved(tmp_path, then=scatter), Layout())
    assert table.header == ("A", "Id", "Name")
    result = read(table)
    assert (result.rows, result.cells) == ([5, 9], [[None, 1, None], [None, None, "b"]])


def test_a_row_of_blanks_alone_is_no_row(tmp_path: Path) -> None:
    result = read_file(saved(tmp_path, ["Id", "Name"], ["  "], [1, " "], [" ", "\t"], [" ", "b"]))
    assert (result.rows, result.cells) == ([3, 5], [[1, " "], [" ", "b"]])


def test_the_header_may_stand_lower_or_be_given(tmp_path: Path) -> None:
    path = saved(tmp_path, ["Report"], ["Id", 2024], [1, "a"])
    assert open_table(path, Layout(header=2)).header == ("Id", "2024")
    assert read_file(path, Layout(header=2)).rows == [3]
    assert read_file(path, Layout(header=("X", "Y"))).rows == [1, 2, 3]
    assert read_file(path, Layout(header=9)).told == [
        "a.xlsx: There is no header in row 9: the file ends before it."
    ]
    assert read_file(saved(tmp_path)).told == ["a.xlsx: The file is empty."]


def test_a_header_alone_is_told(tmp_path: Path) -> None:
    assert read_file(saved(tmp_path, ["Id"])).told == ["a.xlsx: It has no rows."]


def test_formulas_and_errors_are_told_in_the_columns_asked_for(tmp_path: Path) -> None:
    path = saved(tmp_path, ["Id", "Sum"], [1, "=A2*2"], [2, "#N/A"], [3, "=SUM("], [4, 5])
    result = read_file(path)
    assert result.told == [
        "a.xlsx[2].Sum: This cell holds a formula.",
        "a.xlsx[3].Sum: This cell holds an error.",
        "a.xlsx[4].Sum: This cell holds a formula.",
    ]
    assert [problem.value for problem in result.problems] == ["=A2*2", "#N/A", "=SUM("]
    assert result.cells == [[4, 5]]
    assert read_file(path, columns=["Id"]).cells == [[1], [2], [3], [4]]


def test_merged_cells_are_told_in_the_columns_asked_for(tmp_path: Path) -> None:
    def merge(sheet: Worksheet) -> None:
        for area in ("A1:C1", "B4:B5", "B5:C6", "A8:C8"):
            sheet.merge_cells(area)

    rows: list[list[object]] = [["Report"], ["Id", "Name", "Sum"]]
    path = saved(tmp_path, *rows, *([n, f"n{n}", n] for n in range(3, 10)), then=merge)
    layout = Layout(header=2)
    result = read_file(path, layout)
    assert result.told == [
        "a.xlsx[4].Name: Cells are merged here: B4:B5.",
        "a.xlsx[5].Name: Cells are merged here: B5:C6.",
        "a.xlsx[8].Id: Cells are merged here: A8:C8.",
    ]
    assert result.rows == [3, 7, 9]
    assert read_file(path, layout, ["Id"]).paths == ["a.xlsx[8].Id"]


def test_many_merged_cells_are_all_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def merge(sheet: Worksheet) -> None:
        for row in range(2, 2000, 2):
            sheet.merge_cells(f"A{row}:A{row + 1}")

    path = saved(tmp_path, ["Id"], *([n] for n in range(2, 2003)), then=merge)
    for block in (1 << 20, 1000, 101):
        monkeypatch.setattr(workbook, "_BLOCK", block)
        result = read_file(path)
        assert len(result.problems) == 999
        assert result.rows == [2000, 2001, 2002]


def test_sheets_that_are_hidden_are_never_read_silently(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Orders"
    book.worksheets[0].append(["Id"])
    book.worksheets[0].append([1])
    book.create_sheet("Old").sheet_state = "hidden"
    book.create_sheet("Older").sheet_state = "veryHidden"
    book.create_chartsheet("Chart")
    path = tmp_path / "a.xlsx"
    book.save(path)
    table = open_table(path, Layout())
    assert (table.name, read(table).cells) == ("a.xlsx", [[1]])
    for name in ("Old", "Older"):
        assert read_file(path, Layout(sheet=name)).told == [f"a.xlsx: The sheet {name} is hidden."]
    assert read_file(path, Layout(sheet="Chart")).told == ["a.xlsx: Chart is no sheet with cells."]
    unknown = read_file(path, Layout(sheet="Order"))
    assert unknown.told == ["a.xlsx: There is no sheet Order in it."]
    assert str(unknown.problems[0].cure) == "Did you mean Orders? Its sheets are: Orders."
    assert str(read_file(path, Layout(sheet="Quux")).problems[0].cure) == "Use one of: Orders."


def test_of_several_sheets_one_must_be_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Orders"
    second = book.create_sheet("Kunden & Co")
    second.append(["Id"])
    second.append(["=1"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    result = read_file(path)
    assert result.told == ["a.xlsx: The workbook has several sheets: Orders, Kunden & Co."]
    assert str(result.problems[0].cure) == "Name one with sheet."
    table = open_table(path, Layout(sheet="Kunden & Co"))
    assert table.name == "a.xlsx!Kunden & Co"
    assert read(table).paths == ["a.xlsx!Kunden & Co[2].Id"]


def test_a_workbook_of_charts_alone_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.create_chartsheet("Chart")
    book.save(tmp_path / "a.xlsx")
    assert read_file(tmp_path / "a.xlsx").told == ["a.xlsx: The workbook shows no sheet with cells."]


@pytest.mark.parametrize(
    ("serial", "form", "shown"),
    [
        (1, "yyyy-mm-dd", date(1900, 1, 1)),
        (59, "yyyy-mm-dd", date(1900, 2, 28)),
        (60, "yyyy-mm-dd", None),
        (60.5, "yyyy-mm-dd hh:mm", None),
        (61, "yyyy-mm-dd", date(1900, 3, 1)),
        (0, "yyyy-mm-dd", None),
        (-1, "yyyy-mm-dd", None),
        (0, "hh:mm", "00:00:00"),
        (0.75, "hh:mm", "18:00:00"),
        (45351, 'yyyy"年"m"月"d"日"', date(2024, 2, 29)),
        (45351, "[$-409]d\\ mmm\\ yyyy;@", date(2024, 2, 29)),
        (45351.5, "dd.mm.yyyy", datetime(2024, 2, 29, 12)),  # noqa: DTZ001
        (45351, "dd.mm.yyyy hh:mm", datetime(2024, 2, 29)),  # noqa: DTZ001
        (1.5, "[h]:mm:ss", "36:00:00"),
        (-0.5, "[h]:mm:ss", "-12:00:00"),
        (3_000_000, "yyyy-mm-dd", None),
        (45351, '"day "0', 45351),
        (45351, "[Red]0", 45351),
        (45351, "General", 45351),
        (45351, "0.00E+00", 45351),
        (45351, '# ?/?"Stück";[Red]-0_d', 45351),
        (45351.75, "[$-F400]h:mm:ss AM/PM", datetime(2024, 2, 29, 18)),  # noqa: DTZ001
        (0.25, "0%", 0.25),
    ],
)
def test_days_and_times_are_what_excel_shows(
    tmp_path: Path, serial: float, form: str, shown: object
) -> None:
    def formatted(sheet: Worksheet) -> None:
        sheet["A2"].number_format = form

    result = read_file(saved(tmp_path, ["Day"], [serial], then=formatted))
    if shown is None:
        assert result.paths == ["a.xlsx[2].Day"]
    else:
        assert result.cells == [[shown]]
        assert type(result.cells[0][0]) is type(shown)


def test_the_calendar_of_1904_is_honoured(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    for cell in (["Day"], [date(2024, 2, 29)], [date(1904, 1, 1)], [date(1904, 3, 1)]):
        book.worksheets[0].append(cell)
    book.save(tmp_path / "a.xlsx")
    assert read_file(tmp_path / "a.xlsx").cells == [
        [date(2024, 2, 29)],
        [date(1904, 1, 1)],
        [date(1904, 3, 1)],
    ]


def test_formats_of_east_asian_excel_are_days_too(tmp_path: Path) -> None:
    def formatted(sheet: Worksheet) -> None:
        sheet["A2"].number_format = "0.0000"

    path = saved(tmp_path, ["Day"], [45351], then=formatted)
    changed(
        path, "xl/styles.xml", lambda text: re.sub(r'numFmtId="164"(?! formatCode)', 'numFmtId="31"', text)
    )
    assert read_file(path).cells == [[date(2024, 2, 29)]]


def test_dates_and_numbers_as_other_programs_write_them(tmp_path: Path) -> None:
    path = saved(tmp_path, ["A", "B", "C", "D", "E"], ["a", 11, 12, 13, 14])
    sheet = "xl/worksheets/sheet1.xml"

    def cells(text: str) -> str:
        text = text.replace('<c r="B2" t="n"><v>11</v></c>', '<c r="B2" t="d"><v>2024-02-29</v></c>')
        text = text.replace(
            '<c r="C2" t="n"><v>12</v></c>', '<c r="C2" t="d"><v>2024-02-29T10:00:00</v></c>'
        )
        text = text.replace('<c r="D2" t="n"><v>13</v></c>', '<c r="D2"><v>1.5E+3</v></c>')
        return text.replace('<c r="E2" t="n"><v>14</v></c>', '<c r="E2"><v>1E+999</v></c>')

    result = read_file(changed(path, sheet, cells), columns=["B", "C", "D"])
    assert result.cells == [[date(2024, 2, 29), datetime(2024, 2, 29, 10), 1500]]  # noqa: DTZ001
    assert read_file(path, columns=["E"]).paths == ["a.xlsx[2].E"]


def test_a_workbook_without_styles_is_read(tmp_path: Path) -> None:
    path = saved(tmp_path, ["A"], [45351])
    content = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            if name != "xl/styles.xml":
                new.writestr(name, old.read(name))
    assert read_file(written(tmp_path, "b.xlsx", content.getvalue())).cells == [[45351]]


def test_rich_text_is_text(tmp_path: Path) -> None:
    rich = CellRichText("a ", TextBlock(InlineFont(b=True), "bold"), " word")
    assert read_file(saved(tmp_path, ["A"], [rich])).cells == [["a bold word"]]


def test_text_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    def texts(sheet: Worksheet) -> None:
        sheet["A2"].value = "=1+1"
        sheet["A2"].data_type = "s"

    assert read_file(saved(tmp_path, ["A"], then=texts)).cells == [["=1+1"]]


def test_cells_that_excel_would_not_write_are_told_or_read(tmp_path: Path) -> None:
    path = saved(tmp_path, ["A", "B"], [1, 2])
    sheet = "xl/worksheets/sheet1.xml"
    changed(path, sheet, lambda text: text.replace('t="n"><v>2<', 't="d"><v>10:30:00<'))
    assert read_file(path).cells == [[1, "10:30:00"]]
    changed(path, sheet, lambda text: text.replace(">10:30:00<", ">never<"))
    assert read_file(path).paths == ["a.xlsx"]


def test_names_are_checked_as_in_every_table(tmp_path: Path) -> None:
    path = saved(tmp_path, ["Id", "Name", "Name"], [1, 2, 3])
    assert read_file(path, columns=["Id"]).cells == [[1]]
    assert read_file(path, columns=["Name", "Idd"]).paths == ["a.xlsx[1].Name", "a.xlsx[1].Idd"]


def test_a_workbook_that_unpacks_to_too_much_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path, ["Id"], [1])
    monkeypatch.setattr(workbook, "LARGEST", 1000)
    result = read_file(path)
    assert result.paths == ["a.xlsx"]
    assert str(result.problems[0].cure) == "Save the sheet as CSV."


def test_a_workbook_that_breaks_off_is_told(tmp_path: Path) -> None:
    path = saved(tmp_path, ["Id"], *([n] for n in range(500)))
    content = path.read_bytes()
    assert read_file(written(tmp_path, "b.xlsx", content[:-100])).told == [
        "b.xlsx: The workbook is damaged: its end is missing."
    ]
    other = written(tmp_path, "c.xlsx", content)
    changed(other, "xl/worksheets/sheet1.xml", lambda text: text[:-3000])
    result = read_file(other)
    assert result.paths == ["c.xlsx"]
    assert str(result.problems[0].what).startswith(
        "The workbook is damaged, or not one that Excel would write"
    )
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    assert read_file(written(tmp_path, "d.xlsx", b"PK\x03\x04" + empty.getvalue())).paths == ["d.xlsx"]


def test_a_workbook_that_breaks_off_below_its_header_is_told_while_reading(tmp_path: Path) -> None:
    path = saved(tmp_path, ["Id"], *([n] for n in range(5000)))
    changed(path, "xl/worksheets/sheet1.xml", lambda text: text[:-3000])
    table = open_table(path, Layout())
    result = read(table)
    assert result.paths == ["a.xlsx"]
    assert len(result.rows) >= 1000


def test_what_the_caller_raises_is_not_taken_for_damage(tmp_path: Path) -> None:
    table = open_table(saved(tmp_path, ["Id"], ["=1"]), Layout())

    def tell(problem: object) -> None:
        raise RuntimeError(problem)

    with pytest.raises(RuntimeError):
        list(table.chunks(["Id"], tell))


def test_a_workbook_that_vanishes_or_loses_its_sheet_is_told(tmp_path: Path) -> None:
    path = saved(tmp_path, ["Id"], [1])
    table = open_table(path, Layout())
    changed(path, "xl/workbook.xml", lambda text: text.replace('name="Sheet"', 'name="Other"'))
    assert read(table).told == ["a.xlsx: There is no sheet Sheet in it."]
    path.unlink()
    assert read(table).told == ["a.xlsx: The file cannot be read: No such file or directory."]


def test_progress_tells_every_byte_once(tmp_path: Path) -> None:
    path = saved(tmp_path, ["Id"], *([n] for n in range(3000)))
    consumed: list[int] = []
    list(open_table(path, Layout()).chunks(["Id"], pytest.fail, consumed.append))
    assert sum(consumed) == path.stat().st_size
    assert len(consumed) > 2
