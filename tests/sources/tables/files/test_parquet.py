"""Parquet: values as they were written, row by row; what cannot be a cell is told."""

import sys
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from table_files import read, read_file, written

from graphcrm.sources.tables.files.layout import Layout
from graphcrm.sources.tables.files.opening import open_table

pa = pytest.importorskip("pyarrow", reason="the extra graphcrm[parquet] is not installed")
pq = pytest.importorskip("pyarrow.parquet")


def saved(folder: Path, columns: dict[str, object], name: str = "a.parquet") -> Path:
    path = folder / name
    pq.write_table(pa.table(columns), path, row_group_size=3)
    return path


def test_values_come_as_they_are(tmp_path: Path) -> None:
    moment = datetime(2024, 2, 29, 13, 30, tzinfo=UTC)
    columns = {
        "text": pa.array(["a", None]),
        "large": pa.array(["b", ""], pa.large_string()),
        "whole": pa.array([1, None], pa.int8()),
        "number": pa.array([0.5, float("nan")]),
        "yes": pa.array([True, None]),
        "day": pa.array([date(2024, 2, 29), None]),
        "naive": pa.array([moment.replace(tzinfo=None), None], pa.timestamp("ms")),
        "aware": pa.array([moment, None], pa.timestamp("ns", tz="UTC")),
        "time": pa.array([time(9, 30), None], pa.time32("s")),
        "decimal": pa.array([Decimal("12.50"), None]),
        "word": pa.array(["x", None]).dictionary_encode(),
        "list": pa.array([["a", None], None]),
        "numbers": pa.array([[[1.5, float("nan")]], []]),
        "nothing": pa.nulls(2),
    }
    table = open_table(saved(tmp_path, columns), Layout())
    assert table.header == tuple(columns)
    assert table.understood == {"format": "parquet"}
    result = read(table)
    assert result.cells == [
        [
            *("a", "b", 1, 0.5, True, date(2024, 2, 29), moment.replace(tzinfo=None), moment),
            *("09:30:00", 12.5, "x", ["a", None], [[1.5, None]], None),
        ],
        [None, "", *[None] * 10, [], None],
    ]
    assert (result.rows, result.problems) == ([1, 2], [])
    aware = result.cells[0][7]
    assert isinstance(aware, datetime)
    assert aware.utcoffset() is not None


def test_nanoseconds_are_cut_to_what_a_moment_has(tmp_path: Path) -> None:
    path = saved(tmp_path, {"at": pa.array([1_700_000_000_123_456_789], pa.timestamp("ns"))})
    assert read_file(path).cells == [[datetime(2023, 11, 14, 22, 13, 20, 123456)]]  # noqa: DTZ001


def test_rows_are_counted_through_row_groups(tmp_path: Path) -> None:
    path = saved(tmp_path, {"id": list(range(20)), "name": [f"n{n}" for n in range(20)]}, "a.pq")
    result = read_file(path, columns=["name"])
    assert result.rows == list(range(1, 21))
    assert result.cells[19] == ["n19"]
    consumed: list[int] = []
    list(open_table(path, Layout()).chunks(["id"], pytest.fail, consumed.append))
    assert sum(consumed) == path.stat().st_size


def test_no_columns_are_rows_all_the_same(tmp_path: Path) -> None:
    path = saved(tmp_path, {"id": [1, 2]})
    chunks = list(open_table(path, Layout()).chunks([], pytest.fail))
    assert sum(len(chunk.rows) for chunk in chunks) == 2


@pytest.mark.parametrize(
    "column",
    [
        pa.array([b"a"]),
        pa.array([{"a": 1}]),
        pa.array([[b"a"]]),
        pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64())),
    ],
)
def test_columns_that_hold_no_cells_are_told_where_asked_for(tmp_path: Path, column: object) -> None:
    path = saved(tmp_path, {"id": [1], "x": column})
    assert read_file(path, columns=["id"]).cells == [[1]]
    result = read_file(path)
    assert result.paths == ["a.parquet.x"]
    assert not result.rows


def test_values_that_cannot_be_cells_are_told_by_row(tmp_path: Path) -> None:
    columns = {
        "n": pa.array([1.0, float("inf"), 3.0, 4.0]),
        "l": pa.array([[1.0], [1.0], [float("-inf")], [4.0]]),
        "d": pa.array([0, 0, 0, 2**60], pa.timestamp("us")),
        "t": ["a", "a", "a", "a"],
    }
    result = read_file(saved(tmp_path, columns))
    assert result.paths == ["a.parquet[2].n", "a.parquet[3].l", "a.parquet[4].d"]
    assert result.rows == [1]
    assert read_file(saved(tmp_path, {"t": ["a\0", "b"]})).paths == ["a.parquet[1].t"]


def test_names_are_checked_and_may_be_given(tmp_path: Path) -> None:
    path = saved(tmp_path, {"id": [1], "a.b": [2]})
    assert read_file(path, columns=["a.b"]).cells == [[2]]
    assert read_file(path, columns=["idd"]).told == ["a.parquet.idd: There is no column idd in a.parquet."]
    assert read_file(path, Layout(header=("X", "Y")), ["Y"]).cells == [[2]]
    assert read_file(path, Layout(header=("X",))).told == [
        "a.parquet: It has 2 columns, and 1 columns are named."
    ]


def test_no_rows_are_told(tmp_path: Path) -> None:
    assert read_file(saved(tmp_path, {"id": pa.array([], pa.int64())})).told == [
        "a.parquet: It has no rows."
    ]


def test_damage_is_told(tmp_path: Path) -> None:
    path = saved(tmp_path, {"id": list(range(1000))})
    content = path.read_bytes()
    assert read_file(written(tmp_path, "b.parquet", content[:-50])).paths == ["b.parquet"]
    middle = len(content) // 2
    broken = content[: middle - 800] + bytes(1600) + content[middle + 800 :]
    result = read_file(written(tmp_path, "c.parquet", broken))
    assert result.paths == ["c.parquet"]


def test_a_file_that_vanishes_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = saved(tmp_path, {"id": [1]})
    table = open_table(path, Layout())
    path.unlink()
    assert read(table).told == ["a.parquet: The file cannot be read: No such file or directory."]


def test_the_missing_extra_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path, {"id": [1]})
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = read_file(path)
    assert result.told == ["a.parquet: Reading Parquet files needs pyarrow, which is not installed."]
    assert str(result.problems[0].cure) == 'Run: pip install "graphcrm[parquet]"'
