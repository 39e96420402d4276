"""Whatever mapping and tables are given: only errors for people come out; refused, they leave no trace."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from draft_samples import POLICY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mappings import DAY

from graphcrm.bootstrap import open_store
from graphcrm.errors import GraphcrmError, Problem, RefusedImport
from graphcrm.ports.store import Store
from graphcrm.records.bundle import RECORDS
from graphcrm.services.importing import import_draft, rehearse
from graphcrm.sources.tables.reading import TableSource

COLUMNS = ("a", "b", "c", "d.e", "[1]#2")
WORDS = [
    "",
    "1",
    "a",
    "a;b",
    "0,5",
    "50%",
    "2026-06-30",
    "2026-06-30T09:00:00Z",
    "mail",
    "yes",
    "x\x07",
    "NULL",
    "é",
]
COLUMN = st.sampled_from((*COLUMNS, "u.a", "u.b", "nowhere"))
SCALARS: st.SearchStrategy[Any] = st.sampled_from([*WORDS, 5, 0.5, True, None, 10**30])
JUNK: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda each: st.lists(each, max_size=2) | st.dictionaries(st.sampled_from("ab"), each),
    max_leaves=3,
)
VALUE = st.fixed_dictionaries(
    {},
    optional={
        "column": COLUMN,
        "text": st.sampled_from(["{a}{b}", "x", "{", "{nowhere}"]),
        "value": SCALARS | st.lists(SCALARS, max_size=2),
        "match": st.sampled_from(["(.)?x", ".+", "("]),
        "split": st.sampled_from([";", [";", ","]]),
        "part": st.integers(-2, 3),
        "map": st.dictionaries(
            st.sampled_from(["a", "1", "true"]), SCALARS | st.lists(SCALARS, max_size=2)
        ),
        "otherwise": SCALARS | st.just("keep"),
        "default": SCALARS,
        "dates": st.sampled_from(["%d.%m.%Y", "%Y", "x"]),
        "time_zone": st.sampled_from(["Europe/Berlin", "Mars"]),
    },
)
TAME = st.sampled_from(COLUMNS[:3])
SENSIBLE = COLUMN | TAME.map(lambda name: {"column": name, "default": "x"})
SOURCE = st.one_of(SENSIBLE, SENSIBLE, VALUE, st.lists(SENSIBLE, max_size=2), JUNK)


@st.composite
def entries(draw: st.DrawFn, *, wild: bool) -> dict[str, Any]:
    kind = draw(st.sampled_from([*RECORDS, *(["contact"] if wild else [])]))
    infos = RECORDS[kind].model_fields if kind in RECORDS else {}
    named = {info.alias or name: info for name, info in infos.items()}
    optional = [name for name, info in named.items() if not info.is_required()]
    chosen = [name for name, info in named.items() if info.is_required()]
    chosen += draw(
        st.lists(st.sampled_from([*optional, *(["x"] if wild else [])]), unique=True, max_size=3)
    )
    chosen += {"interactions": ["participants"], "ties": ["assessed_on"]}.get(kind, [])
    entry: dict[str, Any] = {
        "kind": kind,
        "from": draw(st.sampled_from(["t", "t", "u", *(["v"] if wild else [])])),
    }
    if not wild:
        days = {"at", "valid_from", "valid_to", "assessed_on", "recorded_at", "due"}
        entry["fields"] = {name: "c" if name in days else draw(TAME) for name in chosen}
        joins = [{"table": "u", "on": {"a": "a"}, "missing": draw(st.sampled_from(["empty", "refuse"]))}]
        more = {
            "join": joins,
            "where": {"b": draw(SCALARS)},
            "unless": {"b": draw(SCALARS)},
            "repeats": "last",
        }
        return {**entry, **{key: more[key] for key in draw(st.sets(st.sampled_from([*more])))}}
    entry["fields"] = {name: draw(SENSIBLE if draw(st.integers(0, 3)) else SOURCE) for name in chosen}
    extra = st.fixed_dictionaries(
        {},
        optional={
            "join": st.lists(
                st.fixed_dictionaries(
                    {
                        "table": st.sampled_from("ut"),
                        "on": st.dictionaries(COLUMN, COLUMN, min_size=1, max_size=2),
                    },
                    optional={"missing": st.sampled_from(["empty", "refuse"])},
                ),
                max_size=2,
            ),
            "where": st.dictionaries(COLUMN, SCALARS, max_size=1),
            "unless": st.dictionaries(COLUMN, SCALARS | st.lists(SCALARS), max_size=1),
            "repeats": st.sampled_from(["first", "last", "refuse", "x"]),
            "complete": st.booleans(),
        },
    )
    return {**entry, **(draw(extra) if draw(st.booleans()) else {})}


@st.composite
def mappings(draw: st.DrawFn) -> Any:
    wild = draw(st.integers(0, 3)) == 0
    mapping: dict[str, Any] = {
        "tables": {"t": {"files": "t.jsonl"}, "u": {"files": ["u.csv"]}},
        "records": draw(st.lists(entries(wild=wild), min_size=1, max_size=3)),
    }
    if draw(st.booleans()):
        mapping["source"] = "crm"
    if wild and draw(st.booleans()):
        mapping[draw(st.sampled_from(["tables", "records", "as_of", "dates", "empty", "x"]))] = draw(JUNK)
    return mapping


CELL: st.SearchStrategy[Any] = st.one_of(
    SCALARS, SCALARS, st.lists(SCALARS, max_size=2), JUNK, st.text(max_size=3)
)
IDS, DAYS = st.sampled_from(["a", "b", "1", "0.5"]), st.sampled_from(["2026-06-30", "2026-06-30T09:00:00Z"])
TAME_ROW = st.fixed_dictionaries({"a": IDS, "b": IDS | CELL, "c": DAYS})
WILD_ROW = st.dictionaries(st.sampled_from((*COLUMNS[:3], "d", "[1]#2")), CELL, min_size=2)
ROWS = st.lists(TAME_ROW, min_size=1, max_size=5) | st.lists(TAME_ROW | WILD_ROW, min_size=1, max_size=5)
LINE = st.tuples(st.sampled_from([*WORDS, "b"]), IDS, DAYS).map(list)
LINES = st.lists(LINE, min_size=1, max_size=4)


class Clock:
    def now(self) -> datetime:
        return datetime(2026, 7, 1, tzinfo=UTC)


def sayable(problems: Iterator[Problem] | tuple[Problem, ...]) -> None:
    for problem in problems:
        line = f"{problem.path} {problem.value} {problem.what} {problem.cure}"
        line.encode()
        json.dumps([problem.path, problem.value], allow_nan=False)
        assert "datetime.datetime(" not in line
        assert "#0" not in problem.path or "[1]#2" in problem.path


def brought(
    folder: Path, store: Store, mapping: Any, rows: list[dict[str, Any]], table: list[list[str]]
) -> None:
    (folder / "m.yaml").write_text(json.dumps(mapping))
    (folder / "t.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "u.csv").write_text(
        "a,b,c\n" + "".join(",".join(f'"{c}"' for c in line) + "\n" for line in table)
    )
    db = sqlite3.connect(folder / "store.db")
    before = list(db.iterdump())
    try:
        rehearsal = rehearse(TableSource(folder / "m.yaml", ()).draft(DAY), store, POLICY, Clock())
        assert list(db.iterdump()) == before
        sayable(rehearsal.problems)
        try:
            summary = import_draft(TableSource(folder / "m.yaml", ()).draft(DAY), store, POLICY, Clock())
        except RefusedImport as error:
            assert error.problems == rehearsal.problems  # noqa: PT017 - and what it says is looked at
            assert list(db.iterdump()) == before
        else:
            assert not rehearsal.problems
            assert summary == rehearsal.summary
    except RefusedImport as error:
        sayable(error.problems)
    except GraphcrmError as error:
        assert str(error.message)  # noqa: PT017 - that it can be said is all
    finally:
        db.close()


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[Path, Store]]:
    with TemporaryDirectory() as name, open_store(f"sqlite:///{name}/store.db", create=True) as store:
        yield Path(name), store


def fuzzed(place: tuple[Path, Store], data: st.DataObject) -> None:
    brought(*place, data.draw(mappings()), data.draw(ROWS), data.draw(LINES))


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_random_tables_and_mappings(place: tuple[Path, Store], data: st.DataObject) -> None:
    fuzzed(place, data)


@pytest.mark.nightly
@settings(max_examples=10_000, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_many_random_tables_and_mappings(place: tuple[Path, Store], data: st.DataObject) -> None:
    fuzzed(place, data)
