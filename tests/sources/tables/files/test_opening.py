"""Opening: what cannot be a table is said to be what it is, with what to do about it."""

import gzip
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from table_files import read_file, written

from graphcrm.errors import InputError
from graphcrm.sources.tables.files.layout import Layout
from graphcrm.sources.tables.files.opening import open_table
from graphcrm.sources.tables.files.refusal import RefusedTable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
CSV = b"Id,Name\n1,a\n"


def workbook() -> bytes:
    content = io.BytesIO()
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Id"])
    book.save(content)
    return content.getvalue()


def zipped() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.csv", CSV)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.csv", workbook(), "This is an Excel workbook."),
        ("a.jsonl", workbook(), "This is an Excel workbook."),
        ("a.parquet", workbook(), "This is an Excel workbook."),
        ("a.csv", zipped(), "This is a zip archive."),
        ("a.csv", gzip.compress(CSV, mtime=0), "This is a gzip archive."),
        ("a.xlsx", gzip.compress(CSV, mtime=0), "This is a gzip archive."),
        ("a.csv", b"%PDF-1.7\n", "This is a PDF document, not a table."),
        ("a.csv", b"PAR1\x15\x04", "This is a Parquet file."),
        ("a.xlsx", b"PAR1\x15\x04", "This is a Parquet file."),
        ("a.csv", b"\n<!DOCTYPE HTML><table>", "This is a web page or XML, not a table."),
        ("a.xls", b"\xef\xbb\xbf<html><table>", "This is a web page or XML, not a table."),
        ("a.xlsx", b"<?xml version='1.0'?><Workbook>", "This is a web page or XML, not a table."),
        ("a.xls", CSV, "This is a text file, whatever its name says."),
        ("a.xlsx", CSV, "This is a text file, whatever its name says."),
        ("a.parquet", CSV, "This is a text file, whatever its name says."),
        ("a.xlsx", bytes(100), "It is damaged, or not the kind of file its name says."),
        ("a.xls", OLE, "This is a workbook of the old binary format (.xls)."),
        ("a.csv", OLE, "This is a workbook of the old binary format (.xls)."),
        (
            "a.xlsx",
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "This workbook is protected by a password.",
        ),
        ("a.xlsx", b"", "The file is empty."),
        ("a.parquet", b"", "The file is empty."),
        ("a.jsonl", b"", "The file is empty."),
        ("a.dat", CSV, "What kind of table this is cannot be told from the ending of its name."),
        ("a", CSV, "What kind of table this is cannot be told from the ending of its name."),
    ],
)
def test_what_is_no_such_table_is_told_once(tmp_path: Path, name: str, content: bytes, what: str) -> None:
    result = read_file(written(tmp_path, name, content))
    assert result.told == [f"{name}: {what}"]
    assert str(result.problems[0].cure)


def test_a_format_that_is_stated_stands_above_the_ending(tmp_path: Path) -> None:
    assert read_file(written(tmp_path, "a.dat", CSV), Layout(format="csv")).cells == [["1", "a"]]
    assert read_file(written(tmp_path, "A.CSV", CSV)).cells == [["1", "a"]]
    result = read_file(written(tmp_path, "a.csv", workbook()), Layout(format="xlsx"))
    assert result.told == ["a.csv: It has no rows."]


def test_a_csv_file_may_begin_like_something_else(tmp_path: Path) -> None:
    for word in ("PAR1", "BZh", "Rar!", "PK"):
        assert read_file(written(tmp_path, "a.csv", f"{word},Name\n1,a\n")).cells == [["1", "a"]]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    for name in ("a.csv", "a.xlsx", "a.jsonl", "a.parquet", "a.dat"):
        result = read_file(tmp_path / name)
        assert result.told == [f"{name}: The file cannot be read: No such file or directory."]


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    assert read_file(tmp_path / "a.csv").told == ["a.csv: This is no file."]
    assert read_file(Path("/dev/null")).told == ["null: This is no file."]
    assert read_file(tmp_path / "a\0b.csv").told == ["a\0b.csv: This is no file."]


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    path = written(tmp_path, "a.csv", CSV)
    monkeypatch.setattr(Path, "open", refuse)
    assert read_file(path).told == ["a.csv: The file cannot be read: Permission denied."]


def test_what_the_system_says_while_a_workbook_is_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    path = written(tmp_path, "a.xlsx", workbook())
    monkeypatch.setattr("graphcrm.sources.tables.files.workbook.ExcelReader", fail)
    assert read_file(path).told == ["a.xlsx: The file cannot be read: Input/output error."]


def test_a_refusal_is_an_error_of_input_that_lists_its_problems(tmp_path: Path) -> None:
    with pytest.raises(RefusedTable) as refused:
        open_table(tmp_path / "a.csv", Layout())
    assert isinstance(refused.value, InputError)
    assert refused.value.exit_code == 2
    assert str(refused.value) == "a.csv: one problem; nothing was written."
