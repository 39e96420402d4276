"""The stream of interactions: read as often as asked for, and what it tells of people, rows and repeats."""

import json
import tracemalloc
from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path
from random import Random
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mappings import DAY, lines, source

from graphcrm.records.stream import Stream
from graphcrm.sources.tables import told as told_module
from graphcrm.sources.tables.reading import TableSource

MAPPING = """\
    tables: {t: {files: "t*.csv"}}
    records:
      - kind: interactions
        from: t
        fields: {id: Id, at: At, channel: {column: C, default: mail}, recorded_at: R,
                 participants: [A, {column: B, split: ";"}]}
    """
AT = "2026-06-30T09:00:00Z"


def stream_of(folder: Path, rows: str, mapping: str = MAPPING, **more: str) -> Stream:
    tables = {f"{name}.csv": f"Id,At,C,A,B,R\n{text}" for name, text in {"t": rows, **more}.items()}
    stream = source(folder, mapping, tables).draft(DAY).stream
    assert stream is not None
    return stream


def ids(stream: Stream) -> list[list[str]]:
    return [list(batch.ids) for batch in stream.batches()]


def test_a_stream_is_read_as_often_as_asked_for(tmp_path: Path) -> None:
    stream = stream_of(tmp_path, f"1,{AT},call,a,b,2026-06-01\n2,soon,,a,b,\n3,{AT},,a,,\n")
    for _ in range(3):
        (batch,) = stream.batches()
        assert (list(batch.ids), list(batch.rows)) == (["1", "3"], [2, 4])
        assert list(batch.recorded_on) == ["2026-06-01", None]
        assert list(batch.sources) == [None, None]
        assert [json.loads(body)["participants"] for body in batch.bodies] == [["a", "b"], ["a"]]
        assert batch.at(1) == "t.csv[4]#0"
        assert lines(list(stream.problems)) == ["t.csv[3]#0.at: This is neither a date nor a time."]
        assert stream.mentions["channel"] == {
            "call": ("t.csv[2]#0.channel", 1),
            "mail": ("t.csv[4]#0.channel", 1),
        }
        assert [json.loads(body)["id"] for body in stream.first] == ["1", "3"]


def test_an_id_stands_once_in_a_batch(tmp_path: Path) -> None:
    stream = stream_of(tmp_path, "".join(f"{i},{AT},,a,b,\n" for i in "xyxzxy"), t2=f"x,{AT},,a,b,\n")
    assert ids(stream) == [["x", "y", "z"], ["x", "y"], ["x"], ["x"]]
    assert [[batch.at(i) for i in range(len(batch.ids))] for batch in stream.batches()] == [
        ["t.csv[2]#0", "t.csv[3]#0", "t.csv[5]#0"],
        ["t.csv[4]#0", "t.csv[7]#0"],
        ["t.csv[6]#0"],
        ["t2.csv[2]#0"],
    ]


def test_looking_for_places_leaves_what_was_told(tmp_path: Path) -> None:
    stream = stream_of(tmp_path, f"1,{AT},,a,b,\n2,{AT},call,c,d,\n3,soon,,a,b,\n1,{AT},,a,b,\n")
    list(stream.batches())
    before = (list(stream.problems), dict(stream.mentions), list(stream.first))
    assert stream.places_of(frozenset(("1",))) == {"1": "t.csv[2]#0"}
    assert stream.places_of(frozenset(("2", "nowhere"))) == {"2": "t.csv[3]#0"}
    assert (list(stream.problems), dict(stream.mentions), list(stream.first)) == before


def test_looking_for_places_counts_no_rows_anew(tmp_path: Path) -> None:
    heard = [0, 0]

    def progress(consumed: int, rows: int) -> None:
        heard[0] += consumed
        heard[1] += rows

    table = "Id,At,C,A,B,R\n" + "".join(f"{n},{AT},,a,b,\n" for n in range(9))
    tables = source(tmp_path, MAPPING, {"t.csv": table})
    stream = tables.draft(DAY, progress).stream
    assert stream is not None
    list(stream.batches())
    stream.places_of(frozenset(("0",)))
    assert heard == [tables.size, 9]
    assert [each.rows for each in tables.understood()] == [9]


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", "mail", "call", "soon"]), st.sampled_from(["", "a", "b"]),
        st.sampled_from(["", "a", "c;d", "d;d;e", ";"]),
    ),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=150, deadline=None, derandomize=True)
@given(ROWS)
def test_mentions_are_those_of_a_naive_count(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    table = "".join(
        f"{n},{'soon' if c == 'soon' else AT},{c},{a},{b},\n" for n, (c, a, b) in enumerate(rows)
    )
    stream = stream_of(tmp_path_factory.getbasetemp(), table)
    list(stream.batches())
    people: Counter[str] = Counter()
    channels: Counter[str] = Counter()
    first: dict[tuple[str, str], int] = {}
    for row, (c, a, b) in enumerate(rows, 2):
        named = [word for word in (a, *b.split(";")) if word]
        if c == "soon" or not named:
            continue
        people.update(named)
        channels[c or "mail"] += 1
        for key in (*(("participants", name) for name in named), ("channel", c or "mail")):
            first.setdefault(key, row)
    told = {
        field: {value: mention.times for value, mention in values.items()}
        for field, values in stream.mentions.items()
    }
    assert told == {"channel": channels, "participants": people, "from": {}, "to": {}}
    for (field, value), row in first.items():
        assert stream.mentions[field][value].path.startswith(f"t.csv[{row}]#0.{field}")


def test_a_mention_leads_to_the_cell_that_names_somebody(tmp_path: Path) -> None:
    table = f"Id,At,C,A,B,R\n1,{AT},,,x;y,\n2,{AT},,z,,\n3,{AT},,v,w,\n"
    draft = source(tmp_path, MAPPING, {"t.csv": table}).draft(DAY)
    assert draft.stream is not None
    list(draft.stream.batches())
    paths = {name: draft.origin.shown(m.path) for name, m in draft.stream.mentions["participants"].items()}
    assert paths == {
        "x": "t.csv[2].B", "y": "t.csv[2].B", "z": "t.csv[3].A", "v": "t.csv[4].A", "w": "t.csv[4].B",
    }  # fmt: skip


def test_reading_stops_after_many_problems_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(told_module, "LIMIT", 3)
    stream = stream_of(tmp_path, "".join(f"{n},soon,,a,b,\n" for n in range(9)))
    for _ in range(2):
        assert ids(stream) == []
        assert lines(list(stream.problems)) == [
            "t.csv[2]#0.at: This is neither a date nor a time.",
            "t.csv[3]#0.at: This is neither a date nor a time.",
            "t.csv[4]#0.at: This is neither a date nor a time.",
            "m.yaml: Reading stopped after 3 problems.",
        ]


def test_records_stop_after_many_problems_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told_module, "LIMIT", 2)
    mapping = (
        "tables: {t: {files: t.csv}}\nrecords:\n  - {kind: contacts, from: t, fields: {id: Id, name: N}}\n"
    )
    draft = source(tmp_path, mapping, {"t.csv": "Id,N\n1,\n2,\n3,\n"}).draft(DAY)
    assert lines(list(draft.problems))[1:] == [
        "t.csv[3]#0.name: name is missing.", "m.yaml: Reading stopped after 2 problems.",
    ]  # fmt: skip
    assert not draft.bundle.contacts


def table_of(rows: int, people: int) -> str:
    randomness = Random(20260630)
    body = (f"{n},{AT},mail,p{randomness.randrange(people)},q,\n" for n in range(rows))
    return "Id,At,C,A,B,R\n" + "".join(body)


@pytest.mark.slow
def test_memory_grows_with_people_and_not_with_rows(tmp_path: Path) -> None:
    def most(rows: int, people: int) -> int:
        found = source(tmp_path, MAPPING, {"t.csv": table_of(rows, people)})
        stream = found.draft(date(2026, 6, 30)).stream
        assert stream is not None
        tracemalloc.start()
        for _ in stream.batches():
            pass
        assert len(stream.mentions["participants"]) == people + 1
        kept, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return kept

    most(1_000, 100)  # what is imported and compiled once
    few, many = most(10_000, 100), most(60_000, 100)
    assert many < few + 100_000, (few, many)


def test_a_table_that_feeds_records_and_interactions_is_read_for_each(tmp_path: Path) -> None:
    mapping = f"{dedent(MAPPING)}  - {{kind: contacts, from: t, fields: {{id: A, name: A}}}}\n"
    tables = source(tmp_path, mapping, {"t.csv": f"Id,At,C,A,B,R\n1,{AT},,a,b,\n2,{AT},,c,,\n"})
    draft = tables.draft(DAY)
    assert [each.id for each in draft.bundle.contacts] == ["a", "c"]
    assert draft.stream is not None
    assert ids(draft.stream) == [["1", "2"]]
    assert tables.size == 2 * (tmp_path / "t.csv").stat().st_size


@pytest.mark.parametrize(("a", "b"), list(product(["", "a"], ["", "b"])))
def test_from_and_to_or_participants(tmp_path: Path, a: str, b: str) -> None:
    mapping = MAPPING.replace(
        'participants: [A, {column: B, split: ";"}]', 'from: A, to: {column: B, split: ";"}'
    )
    stream = stream_of(tmp_path, f"1,{AT},,{a},{b},\n", mapping)
    bodies: list[dict[str, Any]] = [json.loads(body) for batch in stream.batches() for body in batch.bodies]
    if a and b:
        assert [(each["from"], each["to"]) for each in bodies] == [("a", ["b"])]
    else:
        assert not bodies
        assert [str(problem.what)[:12] for problem in stream.problems] == ["It must name"]


def test_no_interactions_no_stream(tmp_path: Path) -> None:
    mapping = (
        "tables: {t: {files: t.csv}}\nrecords:\n  - {kind: contacts, from: t, fields: {id: Id, name: N}}\n"
    )
    found: TableSource = source(tmp_path, mapping, {"t.csv": "Id,N\n1,a\n"})
    assert found.draft(DAY).stream is None
