"""CSV: what a person sees in the file is what is read, and what is wrong is told where it stands."""

import codecs
from pathlib import Path

import pytest
from table_files import read, read_file, written

from graphcrm.sources.tables.files import csv_rows, text_stream
from graphcrm.sources.tables.files.layout import Layout
from graphcrm.sources.tables.files.opening import open_table

ADVENTURE_WORKS = Path(__file__).parents[4].parent / "shared" / "data" / "adventureworks_lt"

SIMPLE = "Id,Name\n1,Ann\n2,Bob\n"


def test_rows_come_with_their_lines_and_only_the_columns_asked_for(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, "a.csv", SIMPLE), Layout())
    assert table.name == "a.csv"
    assert table.header == ("Id", "Name")
    assert table.understood == {"format": "csv", "separator": ",", "encoding": "utf-8"}
    assert read(table).cells == [["1", "Ann"], ["2", "Bob"]]
    again = read(table, ["Name"])
    assert (again.rows, again.cells, again.problems) == ([2, 3], [["Ann"], ["Bob"]], [])


def test_progress_tells_every_byte_once(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", codecs.BOM_UTF8 + (SIMPLE + "3,Eve\n" * 200_000).encode())
    consumed: list[int] = []
    list(open_table(path, Layout()).chunks(["Id"], pytest.fail, consumed.append))
    assert sum(consumed) == path.stat().st_size
    assert len(consumed) > 2


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("Name;Sum\nAnn;1,5\nBob;2,5\n", ";"),
        ("Id,Name\n1,a|b\n2,c\n", ","),
        ("Id\tName\n1\tDoe, John\n2\tRoe, Jane\n", "\t"),
        ("Id|Name\n1|Doe, John\n", "|"),
        ("Id|+|Name\n1|+|a|b\n2|+|c\n", "|+|"),
        ("Id||Name\n1||a\n", "||"),
        ('Id,Name\n1,"a;b;c;d"\n2,"e;f\n;g"\n', ","),
        ("Last, First;Age\nDoe, John;5\n", ";"),
        ("Id,Name,Sum\n", ","),
        ("sep=^\nId^Name\n1^a\n", "^"),
        ("Id;Name\n1;a\n2\n3;c\n", ";"),
    ],
)
def test_the_separator_is_found_out(tmp_path: Path, text: str, separator: str) -> None:
    assert open_table(written(tmp_path, "a.txt", text), Layout()).understood["separator"] == separator


def test_a_table_of_one_column_has_no_separator_to_find(tmp_path: Path) -> None:
    result = read_file(written(tmp_path, "a.csv", "Name\nDoe, John\nRoe\nPoe, Jane\n"))
    assert result.cells == [["Doe, John"], ["Roe"], ["Poe, Jane"]]
    assert not result.problems


def test_the_line_that_tells_excel_the_separator_is_no_header(tmp_path: Path) -> None:
    result = read_file(written(tmp_path, "a.csv", "sep=;\nId;Name\n1;a\n"))
    assert (result.rows, result.cells) == ([3], [["1", "a"]])


def test_a_separator_of_several_characters_is_restored_within_quotes(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", 'Id|+|"Na|+|me"\n1|+|"a|+|b|"\n2|+|c\x1fd\n3|+|"\x1f|+|"\n')
    result = read_file(path, Layout(separator="|+|"))
    assert result.cells == [["1", "a|+|b|"], ["2", "c\x1fd"], ["3", "\x1f|+|"]]
    assert open_table(path, Layout(separator="|+|")).header == ("Id", "Na|+|me")


def test_without_a_quote_quotes_are_characters_like_others(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", 'Id,Name\n1,"a\n2,b"\n')
    for nothing in (None, ""):
        assert read_file(path, Layout(quote=nothing)).cells == [["1", '"a'], ["2", 'b"']]
    assert read_file(written(tmp_path, "b.csv", "Id,Name\n1,'a,b'\n"), Layout(quote="'")).cells == [
        ["1", "a,b"]
    ]


@pytest.mark.parametrize(
    "layout",
    [Layout(separator=""), Layout(separator="\n"), Layout(separator='a"'), Layout(quote="''")],
)
def test_a_layout_that_makes_no_sense_is_told(tmp_path: Path, layout: Layout) -> None:
    assert read_file(written(tmp_path, "a.csv", SIMPLE), layout).paths == ["a.csv"]


def test_a_file_without_header_gets_the_names_given(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "1;x,y\n\n2;z\n")
    result = read_file(path, Layout(header=("Id", "Name")))
    assert (result.rows, result.cells) == ([1, 3], [["1", "x,y"], ["2", "z"]])


def test_more_names_than_cells_are_told_once(tmp_path: Path) -> None:
    result = read_file(
        written(tmp_path, "a.csv", "1;x\n2;z\n"), Layout(separator=";", header=("Id", "Name", "Sum"))
    )
    assert result.told == ["a.csv: Its rows have 2 cells, and 3 columns are named."]


def test_rows_above_the_header_are_skipped(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "Report, of\n\n \nId,Name\n1,a\n")
    for row in (2, 3, 4):
        result = read_file(path, Layout(header=row))
        assert (result.rows, result.cells) == ([5], [["1", "a"]])
    assert read_file(path, Layout(header=9)).told == [
        "a.csv: There is no header in row 9: the file ends before it."
    ]


def test_header_names_lose_their_blanks_and_nameless_columns_get_their_letter(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, "a.csv", "\ufeff Id , D,\t,\n1,2,3,4\n"), Layout(separator=","))
    assert table.header == ("Id", "D", "C", "D'")
    assert read(table).cells == [["1", "2", "3", "4"]]


def test_a_name_twice_is_told_where_it_is_asked_for(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, "a.csv", "Id,Name,Name\n1,a,b\n"), Layout())
    assert read(table, ["Id"]).cells == [["1"]]
    result = read(table, ["Id", "Name"])
    assert result.told == ["a.csv[1].Name: Several columns have this name: B, C."]
    assert not result.rows


def test_a_column_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    table = open_table(written(tmp_path, "a.csv", SIMPLE), Layout())
    result = read(table, ["Nmae", "Quux"])
    assert result.paths == ["a.csv[1].Nmae", "a.csv[1].Quux"]
    assert str(result.problems[0].cure) == "Did you mean Name? Its columns are: Id, Name."
    assert str(result.problems[1].cure) == "Use one of: Id, Name."


def test_lines_are_counted_through_cells_of_several_lines(tmp_path: Path) -> None:
    text = 'Id,"Na\nme"\n1,a\n2,"b\r\nb\n"\n\n3,c\n4,"d\rd"\n5,e\n'
    result = read_file(written(tmp_path, "a.csv", text))
    assert result.rows == [3, 4, 8, 9, 11]
    assert [row[0] for row in result.cells] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_system(tmp_path: Path, end: str) -> None:
    result = read_file(written(tmp_path, "a.csv", SIMPLE.replace("\n", end)))
    assert (result.rows, result.cells) == ([2, 3], [["1", "Ann"], ["2", "Bob"]])


def test_what_unicode_calls_a_line_end_is_none_here(tmp_path: Path) -> None:
    for odd in "\v\f\x1c\x1d\x1e\x85\u2028\u2029":
        result = read_file(
            written(tmp_path, "a.csv", f"Id,Name\n1,a{odd}b\n2,c\n"), Layout(encoding="utf-8")
        )
        assert (result.rows, result.cells) == ([2, 3], [["1", f"a{odd}b"], ["2", "c"]])


def test_ragged_rows_are_told_and_the_others_read(tmp_path: Path) -> None:
    result = read_file(written(tmp_path, "a.csv", "Id,Name\n1\n2,b\n3,c,d,e\n  \n4,d\n"))
    assert result.told == [
        "a.csv[2]: This row has 1 cells, too few: the table has 2 columns.",
        "a.csv[4]: This row has 4 cells, too many: the table has 2 columns.",
    ]
    assert result.problems[1].value == ["3", "c", "d", "e"]
    assert result.rows == [3, 6]


def test_a_quote_never_closed_is_told_where_it_opens(tmp_path: Path) -> None:
    result = read_file(written(tmp_path, "a.csv", 'Id,Name\n1,a\n2,"b\n3,c\n4,d\n'))
    assert result.rows == [2]
    assert result.told == [
        "a.csv[3]: A quote that opens in this row is never closed; nothing after it was read."
    ]
    assert result.problems[0].value == '2,"b'


def test_a_quote_closed_by_another_is_told_where_it_opens_and_reading_goes_on(tmp_path: Path) -> None:
    result = read_file(written(tmp_path, "a.csv", 'Id,Name\n1,"a\n2,b\n3,"c"\n4,d\n5,"e"x\n6,f\n'))
    assert result.told == [
        "a.csv[2]: A quote that opens in this row closes in line 4, and not at the end of a cell.",
        "a.csv[6]: A quoted cell of this row goes on after its closing quote.",
    ]
    assert result.rows == [5, 7]


def test_a_quote_never_closed_does_not_swallow_a_large_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_rows, "LONGEST_CELL", 100)
    result = read_file(written(tmp_path, "a.csv", 'Id,Name\n1,a\n2,"b\n' + "3,c\n" * 100))
    assert result.told == [
        (
            "a.csv[3]: A quote that opens in this row is not closed within 100 characters; "
            "nothing after it was read."
        )
    ]


def test_a_huge_cell_is_told_and_reading_goes_on(tmp_path: Path) -> None:
    huge = "x" * (csv_rows.LONGEST_CELL + 1)
    result = read_file(written(tmp_path, "a.csv", f"Id,Name\n1,{huge}\n2,{huge[2:]}\n"))
    assert result.told == ["a.csv[2]: A cell of this row is longer than 1048576 characters."]
    assert result.rows == [3]


def test_a_line_without_end_stops_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_stream, "LONGEST_LINE", 1000)
    monkeypatch.setattr(text_stream, "BLOCK", 500)
    path = written(tmp_path, "a.csv", SIMPLE * 10 + "3," + "x" * 5000)
    result = read_file(path)
    assert result.told == ["a.csv: It has a line of more than 1000 characters."]
    assert len(result.rows) == 29
    assert read_file(written(tmp_path, "b.csv", "x" * 5000)).paths == ["b.csv"]


def test_a_character_of_code_0_is_told(tmp_path: Path) -> None:
    result = read_file(written(tmp_path, "a.csv", "Id,Name\n1,a\0b\n2,b\n"))
    assert result.told == ["a.csv[2].Name: This cell holds a character of code 0, which no text has."]
    assert result.rows == [3]


@pytest.mark.parametrize("text", ["Id,Name\n", "Id,Name", "Id,Name\n\n  \n"])
def test_a_header_alone_is_told(tmp_path: Path, text: str) -> None:
    assert read_file(written(tmp_path, "a.csv", text)).told == ["a.csv: It has no rows."]


@pytest.mark.parametrize("content", [b"", b"\n", b"  \r\n\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_an_empty_file_is_told(tmp_path: Path, content: bytes) -> None:
    assert read_file(written(tmp_path, "a.csv", content)).told == ["a.csv: The file is empty."]


def test_a_header_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert read_file(written(tmp_path, "a.csv", 'Id,"Name\n1,a\n')).paths == ["a.csv[1]"]
    path = written(tmp_path, "a.csv", b"Id,N\xe4me\n1,a\n")
    assert read_file(path, Layout(encoding="utf-8")).told == [
        "a.csv[1]: The header holds what is no text in utf-8."
    ]


def test_a_file_that_vanishes_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", SIMPLE)
    table = open_table(path, Layout())
    path.unlink()
    assert read(table).told == ["a.csv: The file cannot be read: No such file or directory."]


def test_wide_tables_are_read_by_the_columns_asked_for(tmp_path: Path) -> None:
    names = [f"C{n}" for n in range(300)]
    rows = [",".join(f"{row}.{n}" for n in range(300)) for row in range(2000)]
    path = written(tmp_path, "a.csv", "\n".join([",".join(names), *rows]))
    result = read_file(path, columns=["C7", "C299"])
    assert result.cells == [[f"{row}.7", f"{row}.299"] for row in range(2000)]


@pytest.mark.skipif(not ADVENTURE_WORKS.is_dir(), reason="the AdventureWorks files are not beside us")
def test_adventure_works_customers_are_read_as_they_are() -> None:
    path = ADVENTURE_WORKS / "Customer.csv"
    names = tuple(f"C{n}" for n in range(15))
    table = open_table(path, Layout(header=names))
    assert table.understood == {"format": "csv", "separator": "|+|", "encoding": "cp1252"}
    result = read(table)
    assert not result.problems
    assert result.rows == list(range(1, 848))
    text = path.read_bytes().decode("iso-8859-1")
    assert result.cells == [line.split("|+|") for line in text.splitlines()]


def test_rows_of_separators_and_blanks_alone_are_no_rows(tmp_path: Path) -> None:
    content = "Id;Name\n;\n1;a\n  ; \n;b\n;;;\n\n ; ;\n"
    result = read_file(written(tmp_path, "a.csv", content))
    assert (result.rows, result.cells, result.told) == ([3, 5], [["1", "a"], ["", "b"]], [])
    assert read_file(written(tmp_path, "b.csv", "Id;Name\n;\n ;\n")).told == ["b.csv: It has no rows."]
