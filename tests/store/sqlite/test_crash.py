"""A process that is killed while it imports leaves the store as before or as after."""

import random
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import children
import pytest
import store_child
from store_samples import AS_OF, bring, bundle, in_order

from graphcrm.store.sqlite import open_store

FEW, MANY = 1_000, 8_000


def import_in_child(path: Path, count: int, kill_after: float | None = None) -> float:
    """Import in a process of its own, killed some seconds after it began; how long it took."""
    return children.run(store_child.__file__, path, count, kill_after=kill_after)


def held(path: Path) -> Mapping[str, list[str]]:
    """All facts, from a file that is sound."""
    with open_store(path, create=True) as store:
        facts = in_order(store.facts(AS_OF))
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return facts


def kill_again_and_again(folder: Path, times: int, seed: int) -> None:
    moments = random.Random(seed)
    takes = import_in_child(folder / "measured.db", MANY)
    after = held(folder / "measured.db")
    for number in range(times):
        path = folder / f"{number}.db"
        before = in_order(bundle())
        if number % 2:  # on top of earlier facts; else the store itself is being made
            with open_store(path, create=True) as store:
                bring(store, store_child.large(FEW))
            before = held(path)
        import_in_child(path, MANY, kill_after=moments.uniform(0, 1.1 * takes))
        found = held(path)
        assert found in (before, after)
        with open_store(path, create=True) as store:
            bring(store, store_child.large(MANY))
            again = in_order(store.facts(AS_OF))
        assert {kind: sorted(records) for kind, records in again.items()} == {
            kind: sorted(records) for kind, records in after.items()
        }


@pytest.mark.slow
def test_a_killed_import_is_all_or_nothing(tmp_path: Path) -> None:
    kill_again_and_again(tmp_path, times=6, seed=1)


@pytest.mark.nightly
def test_killed_imports_are_all_or_nothing(tmp_path: Path) -> None:
    kill_again_and_again(tmp_path, times=150, seed=2)


@pytest.mark.slow
def test_several_processes_make_one_store(tmp_path: Path) -> None:
    path = tmp_path / "graphcrm.db"
    command = [sys.executable, store_child.__file__, str(path), str(FEW)]
    children = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(4)]
    for child in children:
        with child:
            child.communicate()
    assert [child.returncode for child in children] == [0, 0, 0, 0]
    with open_store(path, create=False) as store:
        assert store.status().imports == 1
        assert store.status().counts["interactions"] == FEW
