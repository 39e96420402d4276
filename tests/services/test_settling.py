"""A view is made fast while somebody imports: its day and its facts are of one state of the store."""

from datetime import date
from pathlib import Path

import pytest
from editions import first_edition, second_edition
from store_samples import bring

from graphcrm.policies import load_policy
from graphcrm.services.reading import View, settled
from graphcrm.store.sqlite import SqliteStore, open_store


@pytest.mark.parametrize("asked", ["last_version", "latest_as_of"])
@pytest.mark.parametrize("late", [False, True], ids=["before the answer", "after the answer"])
def test_an_import_between_two_questions_is_seen_by_both_or_by_neither(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str, late: bool
) -> None:
    with open_store(tmp_path / "graphcrm.db", create=True) as store:
        bring(store, first_edition())
        states = {(first_edition().as_of, store.last_version())}
        answer = getattr(SqliteStore, asked)
        waiting = [second_edition()]

        def overtaken(self: SqliteStore) -> date | int | None:
            early = answer(self)
            if waiting:
                bring(self, waiting.pop())
            return early if late else answer(self)

        with monkeypatch.context() as patch:
            patch.setattr(SqliteStore, asked, overtaken)
            view = settled(store, View(load_policy()))
        states.add((second_edition().as_of, store.last_version()))
        assert (view.as_of, view.upto) in states
