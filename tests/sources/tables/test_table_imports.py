"""Tables on their way into a store: a rehearsal tells what the import does; refused, it leaves no trace."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from draft_samples import POLICY
from mappings import DAY, draft, laid_out, refused, source

from graphcrm.bootstrap import open_store
from graphcrm.errors import Problem
from graphcrm.ports.store import Store
from graphcrm.services.importing import Rehearsal, import_draft, rehearse

MAPPING = """\
    tables: {p: {files: p.csv}, e: {files: e.csv}, t: {files: t.csv}}
    records:
      - {kind: contacts, from: p, fields: {id: Id, name: Name, recorded_at: R}}
      - {kind: employees, from: e, fields: {id: Id, name: Name, manager: M, valid_from: V, valid_to: W}}
      - kind: interactions
        from: t
        fields: {id: Id, at: At, channel: {value: mail}, participants: [A, B]}
    """
AT = "2026-06-30T09:00:00Z"
SOUND = {
    "p.csv": "Id,Name,R\nc1,Cai,\nc2,Cao,2026-06-01\n",
    "e.csv": "Id,Name,M,V,W\ne1,Eva,,,\ne2,Ede,e1,,\n",
    "t.csv": f"Id,At,A,B\n1,{AT},e1,c1\n2,{AT},e2,c2\n1,{AT},e1,c1\n",
}
WRONG = {
    "p.csv": "Id,Name,R\nc1,Cai,soon\nc2,,\nc3,Cid,\ne1,Cem,\n",
    "e.csv": "Id,Name,M,V,W\ne1,Eva,e1,,\ne2,Ede,e9,2026-01-02,2026-01-01\n",
    "t.csv": f"Id,At,A,B\n1,{AT},e1,c1\n2,{AT},e8,c2\n3,noon,e8,\n4,{AT},,e8\n2,{AT},e2,c3\n5,{AT},e8,c3\n"
    f"6,{AT},,\n",
}


class Clock:
    """Always the same time."""

    def now(self) -> datetime:
        return datetime(2026, 7, 1, tzinfo=UTC)


def opened(folder: Path) -> Store:
    return open_store(f"sqlite:///{folder}/store.db", create=True)


def contents(folder: Path) -> list[str]:
    db = sqlite3.connect(folder / "store.db")
    dumped = list(db.iterdump())
    db.close()
    return dumped


def imported(folder: Path, files: dict[str, str]) -> Rehearsal:
    """What a rehearsal told, before the same import was done or refused with the same problems."""
    with opened(folder) as store:
        before = contents(folder)
        rehearsal = rehearse(draft(folder, MAPPING, files), store, POLICY, Clock())
        assert contents(folder) == before
        if rehearsal.problems:
            problems = refused(lambda: import_draft(draft(folder, MAPPING, files), store, POLICY, Clock()))
            assert problems == list(rehearsal.problems)
            assert contents(folder) == before
        else:
            assert import_draft(draft(folder, MAPPING, files), store, POLICY, Clock()) == rehearsal.summary
            assert contents(folder) != before
    return rehearsal


def said(problems: tuple[Problem, ...]) -> list[tuple[str, object, str, int]]:
    return [(p.path, p.value, str(p.what), p.times) for p in problems]


def test_a_sound_import_does_what_its_rehearsal_said(tmp_path: Path) -> None:
    rehearsal = imported(tmp_path, SOUND)
    assert {kind: (c.new, c.changed) for kind, c in rehearsal.summary.kinds.items()} == {
        "contacts": (2, 0), "employees": (2, 0), "interactions": (2, 0),
    }  # fmt: skip
    assert not rehearsal.refused
    first = {kind: [getattr(r, "id") for r in records] for kind, records in rehearsal.first.items()}  # noqa: B009
    assert first == {"contacts": ["c1", "c2"], "employees": ["e1", "e2"], "interactions": ["1", "2", "1"]}


def test_what_was_imported_is_unchanged_when_it_comes_again(tmp_path: Path) -> None:
    imported(tmp_path, SOUND)
    with opened(tmp_path) as store:
        again = import_draft(draft(tmp_path, MAPPING, SOUND), store, POLICY, Clock())
        assert not again.changed
        more = {**SOUND, "p.csv": "Id,Name,R\nc1,Cai,\nc2,Coa,2026-06-01\n"}
        changed = import_draft(draft(tmp_path, MAPPING, more), store, POLICY, Clock())
    assert changed.kinds["contacts"].changed == 1


def test_all_that_is_wrong_is_told_once_in_order_and_at_its_cell(tmp_path: Path) -> None:
    rehearsal = imported(tmp_path, WRONG)
    assert said(rehearsal.problems) == [
        ("e.csv[2].Id", "e1", "e1 is the id of both a contact and an employee.", 1),
        ("e.csv[2].M", "e1", "Employees cannot manage themselves.", 1),
        ("e.csv[3].M", "e9", "Nothing in employees has the id e9, here or in the store.", 1),
        ("e.csv[3].W", "2026-01-01", "It ends on or before the day it starts, 2026-01-02.", 1),
        ("p.csv[2].R", "soon", "This is neither a date nor a time.", 1),
        ("p.csv[3].Name", None, "name is missing.", 1),
        ("t.csv[3].A", "e8", "Nothing in employees, contacts has the id e8, here or in the store.", 3),
        ("t.csv[4].At", "noon", "This is neither a date nor a time.", 1),
        ("t.csv[6].Id", "2", "t.csv[3] has the id 2 already, with other values.", 1),
        (
            "t.csv[8]",
            None,
            "It must name either its participants, or who it came from and whom it went to.",
            1,
        ),
    ]
    assert rehearsal.refused == {"contacts": 2, "employees": 2, "interactions": 4}


def test_a_constant_that_nobody_knows_is_told_once_in_the_mapping(tmp_path: Path) -> None:
    mapping = MAPPING.replace("participants: [A, B]", "participants: [A, {value: nobody}]")
    with opened(tmp_path) as store:
        problems = rehearse(draft(tmp_path, mapping, SOUND), store, POLICY, Clock()).problems
    assert [(p.path, p.value, p.times) for p in problems] == [
        ("m.yaml[7].records[2].fields.participants[1]", "nobody", 3)
    ]


def test_what_is_complete_is_retired_when_it_is_gone(tmp_path: Path) -> None:
    mapping = """\
        source: crm
        tables: {p: {files: p.csv}}
        records:
          - {kind: contacts, from: p, complete: true, fields: {id: Id, name: Name}}
        """
    with opened(tmp_path) as store:
        import_draft(draft(tmp_path, mapping, SOUND), store, POLICY, Clock())
        gone = draft(tmp_path, mapping, {"p.csv": "Id,Name\nc1,Cai\n"})
        before = contents(tmp_path)
        expected = rehearse(gone, store, POLICY, Clock()).summary
        assert contents(tmp_path) == before
        assert import_draft(gone, store, POLICY, Clock()) == expected
    assert expected.kinds["contacts"].retired == 1


def test_reading_that_stopped_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphcrm.sources.tables.told.LIMIT", 2)
    rehearsal = imported(tmp_path, {**SOUND, "t.csv": "Id,At,A,B\n" + "1,noon,e1,c1\n" * 5})
    assert [str(p.what) for p in rehearsal.problems] == [
        "Reading stopped after 2 problems.",
        "This is neither a date nor a time.",
        "This is neither a date nor a time.",
    ]


def test_the_day_of_the_tables_is_that_of_the_mapping(tmp_path: Path) -> None:
    found = source(
        tmp_path, f"as_of: {DAY}\n" + "\n".join(line[4:] for line in MAPPING.splitlines()), SOUND
    )
    assert found.as_of == DAY
    assert laid_out(tmp_path, MAPPING).name == found.file.name
