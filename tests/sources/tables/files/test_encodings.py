"""Encodings: a mark is believed, a name too, and else the encoding is found out."""

import codecs
from pathlib import Path

import pytest
from table_files import read, read_file, written

from graphcrm.sources.tables.files import csv_opening
from graphcrm.sources.tables.files.layout import Layout
from graphcrm.sources.tables.files.opening import open_table

CHINESE = "编号,姓名,公司\n1,王伟,北京科技有限公司\n2,李娜,上海贸易公司\n"
TRADITIONAL = "編號,姓名,公司\n1,王偉,台北科技有限公司\n2,李娜,高雄貿易公司\n"
JAPANESE = "番号,氏名,会社\n1,田中太郎,株式会社日本\n2,スズキ,トヨタ自動車\n"
WESTERN = "Id,Name,City\n1,Müller,Köln\n2,José,São Paulo\n"
EURO = "Id,Name,Sum\n1,Müller,5 €\n2,Zoë,“6”\n"

FOUND = [
    ("utf-8", CHINESE, "utf-8"),
    ("utf-8-sig", CHINESE, "utf-8"),
    ("utf-16", CHINESE, "utf-16-le"),
    ("utf-16-le", WESTERN, "utf-16-le"),
    ("utf-16-be", WESTERN, "utf-16-be"),
    ("utf-32", JAPANESE, "utf-32-le"),
    ("gb18030", CHINESE, "gb18030"),
    ("gb2312", CHINESE, "gb18030"),
    ("big5", TRADITIONAL, "big5"),
    ("shift_jis", JAPANESE, "cp932"),
    ("cp1252", EURO, "cp1252"),
    ("iso-8859-1", WESTERN, "cp1252"),
    ("cp1251", "Имя,Город\nИван,Москва\nПётр,Санкт-Петербург\n", "cp1251"),
]


@pytest.mark.parametrize(("encoding", "text", "found"), FOUND)
def test_the_encoding_is_found_out(tmp_path: Path, encoding: str, text: str, found: str) -> None:
    table = open_table(written(tmp_path, "a.csv", text.encode(encoding)), Layout())
    header, *rows = (line.split(",") for line in text.splitlines())
    assert table.understood["encoding"] == found
    assert list(table.header) == header
    assert read(table).cells == rows


@pytest.mark.parametrize(("encoding", "text", "found"), FOUND)
def test_the_encoding_may_be_named(tmp_path: Path, encoding: str, text: str, found: str) -> None:
    del found
    path = written(tmp_path, "a.csv", text.encode(encoding))
    assert read_file(path, Layout(encoding=encoding)).cells == [
        line.split(",") for line in text.splitlines()[1:]
    ]


def test_the_mark_is_believed_more_than_a_name(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", CHINESE.encode("utf-8-sig"))
    table = open_table(path, Layout(encoding="gb18030"))
    assert table.understood["encoding"] == "utf-8"
    assert table.header[0] == "编号"


@pytest.mark.parametrize("name", ["utf-9", "base64", "unicode_escape", "", "a\0b"])
def test_a_name_of_no_encoding_is_told(tmp_path: Path, name: str) -> None:
    result = read_file(written(tmp_path, "a.csv", WESTERN), Layout(encoding=name))
    assert result.told == ["a.csv: There is no encoding of this name."]


def test_bytes_of_another_encoding_are_told_by_row_and_column(tmp_path: Path) -> None:
    content = CHINESE.encode() + "3,Müller,Köln\n".encode("cp1252") + "4,王伟,北京\n".encode()
    path = written(tmp_path, "a.csv", content)
    result = read_file(path, Layout(encoding="utf-8"))
    assert result.told == [
        "a.csv[4].姓名: This cell holds bytes that are no text in utf-8.",
        "a.csv[4].公司: This cell holds bytes that are no text in utf-8.",
    ]
    assert result.problems[0].value == r"M\xfcller"
    assert result.rows == [2, 3, 5]
    assert read_file(path, Layout(encoding="utf-8"), ["编号"]).cells == [["1"], ["2"], ["3"], ["4"]]


def test_bytes_of_another_encoding_after_the_sample_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_opening, "SAMPLE", 100)
    content = CHINESE.encode() * 20 + "3,Müller,Köln\n".encode("cp1252")
    assert read_file(written(tmp_path, "a.csv", content)).paths == ["a.csv[61].姓名", "a.csv[61].公司"]


def test_the_end_of_the_sample_may_cut_a_character(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "a.csv", CHINESE)
    for size in range(1, len(CHINESE.encode())):
        monkeypatch.setattr(csv_opening, "SAMPLE", size)
        assert open_table(path, Layout()).understood["encoding"] == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "shift_jis", "cp1252", "utf-8"])
def test_a_file_cut_in_a_character_is_told(tmp_path: Path, encoding: str) -> None:
    content = codecs.encode("Id,Name\n1,a\n2,b", encoding)
    cut = {"utf-16": b"\x61", "cp1252": b"\x81"}.get(encoding, b"\x81" if encoding != "utf-8" else b"\xe4")
    result = read_file(written(tmp_path, "a.csv", content + cut), Layout(encoding=encoding))
    assert result.paths == ["a.csv[3].Name"]
    assert result.rows == [2]


def test_half_a_character_in_utf_16_is_told(tmp_path: Path) -> None:
    content = (
        codecs.BOM_UTF16_LE
        + "Id,Name\n1,a".encode("utf-16-le")
        + b"\x00\xd8"
        + "\n2,b\n".encode("utf-16-le")
    )
    result = read_file(written(tmp_path, "a.csv", content))
    assert result.paths == ["a.csv[2].Name"]
    assert result.rows == [3]


def test_an_encoding_that_cannot_be_found_out_is_told(tmp_path: Path) -> None:
    content = bytes(range(1, 256)) * 20
    result = read_file(written(tmp_path, "a.csv", content))
    assert result.told == ["a.csv: How this text is encoded cannot be found out."]
