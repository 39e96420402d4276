"""Work in other processes, or on any executor: in order, a few ahead, and clear where it goes wrong."""

import os
import pickle
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import parallel_work
import pytest

from graphcrm.errors import GraphcrmError, RefusedImport, UnknownRecord
from graphcrm.services.parallel import in_order, processes

pytestmark = pytest.mark.skipif(not hasattr(os, "kill"), reason="processes end otherwise here")


@pytest.fixture(scope="module")
def two() -> Iterator[Executor]:
    with processes(2) as executor:
        yield executor


def test_results_come_in_the_order_of_the_parts(two: Executor) -> None:
    assert list(in_order(two, parallel_work.doubled, range(20), 4)) == [2 * n for n in range(20)]
    assert list(in_order(two, parallel_work.doubled, (), 4)) == []


def test_the_work_is_done_in_processes_of_their_own(two: Executor) -> None:
    done_in = set(in_order(two, parallel_work.whose_process, range(20), 4))
    assert os.getpid() not in done_in
    assert len(done_in) <= 2


def test_any_executor_does_the_work() -> None:
    with ThreadPoolExecutor(3) as threads:
        assert list(in_order(threads, parallel_work.doubled, range(9), 2)) == [2 * n for n in range(9)]


class Counting(Executor):
    """Does the work at once, and counts what was asked for."""

    def __init__(self) -> None:
        self.asked = 0

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN003, ANN201
        self.asked += 1
        future: Future[object] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def test_no_more_is_begun_than_so_many_ahead_of_what_was_taken() -> None:
    executor = Counting()
    results = in_order(executor, parallel_work.doubled, range(1000), 6)
    for taken in range(1, 10):
        next(results)
        assert executor.asked == taken + 5


def test_after_an_error_nothing_more_is_begun(tmp_path: Path) -> None:
    def parts() -> Iterator[int]:
        yield from range(3)
        raise RuntimeError("no more")

    with ThreadPoolExecutor(1) as threads, pytest.raises(RuntimeError, match="no more"):
        list(in_order(threads, partial(parallel_work.noted, str(tmp_path)), parts(), 10))
    assert len(list(tmp_path.iterdir())) <= 3


def test_an_error_comes_from_another_process_as_it_was(two: Executor) -> None:
    with pytest.raises(UnknownRecord) as told:
        list(in_order(two, parallel_work.refuses, [7], 1))
    assert str(told.value.message) == "There is no {x}."
    assert str(told.value.hint) == "Look at 7."
    with pytest.raises(RefusedImport, match=r"a\.json: 0 problems") as refused:
        list(in_order(two, parallel_work.refuses_an_import, [7], 1))
    assert refused.value.problems == ()


def test_an_error_is_the_same_after_a_journey() -> None:
    error = UnknownRecord("No {a}.", hint="See {a}.", a="{b}")
    again = pickle.loads(pickle.dumps(error))
    assert (again.message, again.hint, again.args, type(again)) == (
        error.message, error.hint, error.args, UnknownRecord,
    )  # fmt: skip


def test_a_process_that_comes_to_a_sudden_end_is_told_with_its_cure() -> None:
    with processes(2) as executor, pytest.raises(GraphcrmError, match="sudden end") as told:
        list(in_order(executor, parallel_work.dies, range(50), 4))
    assert "fewer --jobs" in str(told.value.hint)
