"""What `db check` finds in an embedded store that was changed behind its back."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from histories import everything, problems, write_history
from store_samples import bring

from graphcrm.errors import StoreError
from graphcrm.services.checking import check_store
from graphcrm.store.sqlite import open_store

NO_GUARDS = (
    "DROP TRIGGER version_is_never_overwritten",
    "DROP TRIGGER audit_never_changes",
    "DROP TRIGGER audit_stays",
    "DROP TRIGGER audit_review_never_changes",
    "DROP TRIGGER audit_review_stays",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with open_store(tmp_path / "store.db", create=True) as store:
        write_history(store, 3)
    return tmp_path / "store.db"


def behind_its_back(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for statement in (*NO_GUARDS, *statements):
            raw.execute(statement)


def found(path: Path) -> list[str]:
    with open_store(path, create=False) as store:
        return problems(store)


def test_of_a_sound_store_it_looks_at_every_row_there_is(path: Path) -> None:
    with open_store(path, create=False) as store:
        extent = store.history().extent
        looked_at = {check.name: (check.looked_at, check.in_all) for check in check_store(store)}
    assert looked_at.pop("schema")[1] == looked_at.pop("file")[1] == 0
    assert looked_at.pop("pointing")[0] > extent.versions / 2
    assert looked_at == {
        "imports": (extent.imports, 0),
        **dict.fromkeys(("versions", "succession", "records", "references"), (extent.versions, 0)),
        "audits": (extent.audits, 0),
        "reviews": (extent.reviews, 0),
    }


CHANGES: dict[str, tuple[Sequence[str], str]] = {
    "a version that is gone": (
        ["DELETE FROM version WHERE seq = 12"],
        "versions: version 13: It follows on number 11.",
    ),
    "a body that is no record": (
        ["""UPDATE version SET body = '{"id": 1}' WHERE seq = 5"""],
        "records: version 5: It is no record that can be read.",
    ),
    "a kind of another program": (
        ["UPDATE version SET kind = 'planets' WHERE seq = 5"],
        "records: version 5: planets is no kind of record.",
    ),
    "another key": (
        ["""UPDATE version SET key = '["zz"]' WHERE seq = 1"""],
        "records: version 1: It stands under the key of another record.",
    ),
    "an import that is gone": (
        ["DELETE FROM import WHERE id = 2"],
        "imports: import 3: It follows on number 1.",
    ),
    "a statement of no import": (
        ["DELETE FROM import WHERE id = 4"],
        "file: version",
    ),
    "an audit that is gone": (
        ["DELETE FROM audit WHERE id = 1"],
        "audits: audit 2: It follows on number 0.",
    ),
    "a method pack that cannot be read": (
        ["UPDATE audit SET policy_pack = 'x' WHERE id = 1"],
        "audits: audit 1: Its method pack cannot be read.",
    ),
    "a method pack of another name": (
        ["UPDATE audit SET policy = 'mine 7' WHERE id = 1"],
        "audits: audit 1: Its method pack is default 1, and its policy mine 7.",
    ),
    "a review that is gone": (
        ["DELETE FROM audit_review WHERE audit_id = 1 AND position = 0"],
        "reviews: audit 1, review 1: It follows on review -1 of audit 0.",
    ),
    "a review that cannot be read": (
        ["UPDATE audit_review SET body = '{}' WHERE audit_id = 1 AND position = 0"],
        "reviews: audit 1, review 0: It is no review that can be read.",
    ),
    "a review of another account": (
        ["UPDATE audit_review SET account = 'zz' WHERE audit_id = 1 AND position = 0"],
        "reviews: audit 1, review 0: It is of another account.",
    ),
    "a reference that is not kept": (
        ["DELETE FROM reference WHERE seq = (SELECT min(seq) FROM reference)"],
        "which is not kept: reviews of one account would miss it.",
    ),
    "a reference that nobody states": (
        ["INSERT INTO reference VALUES ('zz', 1)"],
        "pointing: version 1: It is kept as pointing at zz, and does not.",
    ),
    "a name of nobody": (
        ["""UPDATE version SET body = replace(body, '"account":"a1"', '"account":"zz"') WHERE id = 'd1'"""],
        "It names zz, which nothing in accounts has ever been called.",
    ),
    "a retirement of nothing": (
        [
            """INSERT INTO version SELECT max(seq) + 1, max(import), 'accounts', '["zz"]', 0, 'zz', NULL,
            '2026-01-01', '2026-01-01', NULL FROM version"""
        ],
        "It retires nothing.",
    ),
}


@pytest.mark.parametrize(("statements", "told"), CHANGES.values(), ids=CHANGES)
def test_what_was_changed_is_found(path: Path, statements: Sequence[str], told: str) -> None:
    assert found(path) == []
    behind_its_back(path, *statements)
    said = found(path)
    assert any(told in line for line in said), said


def test_every_problem_has_a_cure_and_only_the_first_are_told(path: Path) -> None:
    behind_its_back(path, "DELETE FROM reference")
    with open_store(path, create=False) as store:
        (broken,) = [check for check in check_store(store) if check.in_all]
    assert (broken.name, len(broken.problems)) == ("pointing", 50)
    assert broken.in_all > 50
    assert all("db copy" in str(problem.cure) for problem in broken.problems)


def test_a_store_of_an_older_schema_is_told_to_migrate_and_looked_over_no_further(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DELETE FROM migration WHERE version > 2")
        raw.commit()
    assert found(path) == ["schema: store: Its schema is 2; this graphcrm needs 3."]


def test_a_file_that_is_damaged_within_is_told(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (root,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'version_key'").fetchone()
        (size,) = raw.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    content[(root - 1) * size + 8 : (root - 1) * size + 60] = b"\xff" * 52
    path.write_bytes(content)
    with pytest.raises(StoreError, match="is damaged"):
        found(path)


def test_it_writes_nothing(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = path.read_bytes()
    assert found(path) == []
    assert path.read_bytes() == before


def test_a_store_of_one_import_is_sound(tmp_path: Path) -> None:
    with open_store(tmp_path / "new.db", create=True) as store:
        assert problems(store) == []
        bring(store, everything())
        assert problems(store) == []
