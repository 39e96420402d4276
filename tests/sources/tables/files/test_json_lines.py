"""JSON lines: an object a line, nested objects by dots, what is wrong by its line."""

import codecs
import json
from pathlib import Path

import pytest
from table_files import read, read_file, written

from graphcrm.sources.tables.files import json_lines, text_stream
from graphcrm.sources.tables.files.layout import Layout
from graphcrm.sources.tables.files.opening import open_table

SIMPLE = '{"id": 1, "name": "Ann"}\n{"id": 2, "name": null}\n'


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.json"])
def test_values_come_as_they_are(tmp_path: Path, name: str) -> None:
    table = open_table(written(tmp_path, name, SIMPLE + '\n{"id": 2.5, "name": ["a", [true]]}'), Layout())
    assert table.header == ("id", "name")
    assert table.understood == {"format": "jsonl", "encoding": "utf-8"}
    assert table.name == name
    result = read(table)
    assert result.cells == [[1, "Ann"], [2, None], [2.5, ["a", [True]]]]
    assert (result.rows, result.problems) == ([1, 2, 4], [])
    assert read(table, ["name"]).cells == [["Ann"], [None], [["a", [True]]]]


def test_objects_within_are_addressed_with_dots(tmp_path: Path) -> None:
    text = '{"a": {"b": {"c": 1}, "d": 2}, "a.e": 3, "f.g": {"h": 4}}\n{"a": 5}\n'
    result = read_file(written(tmp_path, "a.jsonl", text), columns=["a.b.c", "a.d", "a.e", "f.g.h"])
    assert result.cells == [[1, 2, 3, 4], [None, None, None, None]]
    table = open_table(written(tmp_path, "a.jsonl", text), Layout())
    assert table.header == ("a.b.c", "a.d", "a.e", "f.g.h", "a")
    wrong = read(table, ["a"])
    assert wrong.told == ["a.jsonl[1].a: This is an object, not a value."]
    assert wrong.cells == [[5]]


def test_a_name_that_comes_late_may_be_asked_for_and_one_that_never_comes_is_told(tmp_path: Path) -> None:
    lines = [{"id": n} for n in range(5000)] + [{"id": 5000, "late": 1}]
    path = written(tmp_path, "a.jsonl", "\n".join(map(json.dumps, lines)))
    result = read_file(path, columns=["late"])
    assert result.cells == [[None]] * 5000 + [[1]]
    assert not result.problems
    assert read_file(path, columns=["id", "iid"]).told == [
        "a.jsonl.iid: There is no column iid in a.jsonl."
    ]


def test_wrong_lines_are_told_and_the_others_read(tmp_path: Path) -> None:
    lines = ['{"id": 1}', '{"id": 2', "[3]", '{"id": 4, "id": 5}', '{"id": {"x": 1, "x": 2}}', '{"id": 6}']
    result = read_file(written(tmp_path, "a.jsonl", "\n".join(lines)), columns=["id"])
    assert result.told == [
        "a.jsonl[2]: This line is not JSON: it cannot be read on from column 9.",
        "a.jsonl[3]: This is not an object.",
        "a.jsonl[4].id: id is stated 2 times.",
        "a.jsonl[5].id.x: x is stated 2 times.",
        "a.jsonl[5].id: This is an object, not a value.",
    ]
    assert result.rows == [1, 6]


def test_wrong_values_are_told_where_they_are_asked_for(tmp_path: Path) -> None:
    values = ["NaN", "-Infinity", "1e999", "9" * 400, '"a\\u0000"', '"\\ud800"', "[{}]", "[NaN]", "1"]
    lines = [f'{{"id": {n}, "x": {value}}}' for n, value in enumerate(values)]
    path = written(tmp_path, "a.jsonl", "\n".join(lines))
    result = read_file(path, columns=["id", "x"])
    assert result.paths == [f"a.jsonl[{n}].x" for n in range(1, 9)]
    assert str(result.problems[5].what) == "This text holds half a character."
    assert result.cells == [[8, 1]]
    assert len(read_file(path, columns=["id"]).cells) == 9


def test_depth_without_end_is_told(tmp_path: Path) -> None:
    deep = '{"a":' * 100_000 + "1" + "}" * 100_000
    result = read_file(written(tmp_path, "a.jsonl", f'{{"id": 1}}\n{deep}\n'), columns=["id"])
    assert result.paths == ["a.jsonl[2]"]
    assert result.cells == [[1]]


def test_bytes_of_another_encoding_are_told(tmp_path: Path) -> None:
    content = b'{"id": "\xe4\xb8\xad"}\n{"id": "\xfc"}\n{"id": "b"}\n'
    result = read_file(written(tmp_path, "a.jsonl", content))
    assert result.told == ["a.jsonl[2]: This line holds bytes that are no text in utf-8."]
    assert result.cells == [["中"], ["b"]]


def test_other_encodings_are_read(tmp_path: Path) -> None:
    for content in (
        SIMPLE.encode("utf-8-sig"),
        SIMPLE.encode("utf-16"),
        codecs.encode(SIMPLE, "utf-16-le"),
    ):
        assert read_file(written(tmp_path, "a.jsonl", content)).cells == [[1, "Ann"], [2, None]]
    path = written(tmp_path, "a.jsonl", '{"a": "中文"}'.encode("gb18030"))
    assert read_file(path, Layout(encoding="gb18030")).cells == [["中文"]]


def test_a_list_of_objects_is_the_same_table(tmp_path: Path) -> None:
    text = '\ufeff\n[\n  {"id": 1},\n  {"id": NaN},\n  {"id": 3, "id": 4},\n  5,\n  {"id": 6}\n]\n'
    result = read_file(written(tmp_path, "a.json", text))
    assert result.paths == ["a.json[2].id", "a.json[3].id", "a.json[4]"]
    assert (result.rows, result.cells) == ([1, 5], [[1], [6]])


def test_a_list_that_is_broken_or_too_large_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_file(written(tmp_path, "a.json", "[{},")).told == [
        "a.json: This is not JSON: it cannot be read on from line 1, column 5."
    ]
    assert read_file(written(tmp_path, "a.json", b'[{"a": "\xfc"}]'), Layout(encoding="utf-8")).told == [
        "a.json: The file holds bytes that are no text in utf-8."
    ]
    monkeypatch.setattr(json_lines, "LARGEST_LIST", 10)
    assert read_file(written(tmp_path, "a.json", '[{"id": 1}]')).told == [
        "a.json: This list of objects is larger than 10 bytes."
    ]


def test_one_object_over_several_lines_is_told_once(tmp_path: Path) -> None:
    result = read_file(written(tmp_path, "a.json", '{\n  "id": 1\n}\n'))
    assert result.told == ["a.json: This is one object over several lines, not one a line."]


@pytest.mark.parametrize("text", ["\n", " \n\n", "[]"])
def test_no_objects_are_told(tmp_path: Path, text: str) -> None:
    assert read_file(written(tmp_path, "a.json", text)).told == ["a.json: It has no rows."]


def test_a_line_without_end_stops_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_stream, "LONGEST_LINE", 1000)
    monkeypatch.setattr(text_stream, "BLOCK", 500)
    assert read_file(written(tmp_path, "a.jsonl", '{"id": "' + "x" * 9000)).paths == ["a.jsonl"]
    path = written(tmp_path, "a.jsonl", '{"id": 1}\n' * 200 + "x" * 9000)
    assert read_file(path).told == ["a.jsonl: It has a line of more than 1000 characters."]


def test_a_file_that_vanishes_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "a.jsonl", SIMPLE)
    table = open_table(path, Layout())
    path.unlink()
    assert read(table).told == ["a.jsonl: The file cannot be read: No such file or directory."]


def test_progress_tells_every_byte_once(tmp_path: Path) -> None:
    for text in (SIMPLE * 10_000, "[1]"):
        path = written(tmp_path, "a.json", text)
        consumed: list[int] = []
        list(open_table(path, Layout()).chunks([], lambda _: None, consumed.append))
        assert sum(consumed) == path.stat().st_size
