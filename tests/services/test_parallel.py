"""Work in other processes, or on any executor: in order, a few ahead, and clear where it goes wrong."""

import asyncio
import os
import pickle
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import parallel_work
import pytest

from graphcrm.errors import GraphcrmError, RefusedImport, UnknownRecord
from graphcrm.services.parallel import TIMES, in_order, processes, spread

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


def times(folder: Path, number: int) -> int:
    """How often a part was begun."""
    return len(list(folder.glob(f"{number}.*")))


def test_what_a_process_did_that_came_to_a_sudden_end_is_done_again(two: Executor, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    work = partial(parallel_work.dies_at, str(tmp_path), {3: 1, 5: 2})
    done = list(in_order(two, work, range(9), 4, lost=lambda part, number: told.append((part, number))))
    assert done == list(range(9))
    assert told == [(3, 1), (5, 1), (5, 2)]
    assert [times(tmp_path, number) for number in range(9)] == [1, 1, 1, 2, 1, 3, 1, 1, 1]


def test_what_always_loses_its_process_is_told_by_its_name_and_cure(two: Executor, tmp_path: Path) -> None:
    work = partial(parallel_work.dies_at, str(tmp_path), {3: 99})
    with pytest.raises(GraphcrmError, match="lost its worker 3 times: part 3") as told:
        list(in_order(two, work, range(50), 4, called="part {}".format))
    assert "fewer --jobs" in str(told.value.hint)
    assert times(tmp_path, 3) == TIMES == 3
    assert max(times(tmp_path, number) for number in range(50)) == TIMES
    assert times(tmp_path, 20) == 0
    assert list(in_order(two, parallel_work.doubled, range(3), 4)) == [0, 2, 4]


def test_what_the_work_itself_raises_is_not_tried_again(two: Executor, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no 3") as told:
        list(in_order(two, partial(parallel_work.fails_at, str(tmp_path), 3), range(9), 4))
    assert times(tmp_path, 3) == 1
    assert "parallel_work.py" in told.value.__notes__[0]


def test_a_pool_of_somebody_else_that_is_lost_as_a_whole_is_told_with_its_cure(tmp_path: Path) -> None:
    work = partial(parallel_work.dies_at, str(tmp_path), {3: 1})
    with (
        ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool,
        pytest.raises(GraphcrmError, match="The executor takes no more work: ") as told,
    ):
        list(in_order(pool, work, range(9), 4))
    assert "Make a new one" in str(told.value.hint)


class Losing(Executor):
    """Loses each part so often, with an error of its own."""

    def __init__(self, often: int, error: BaseException) -> None:
        self.often, self.error = often, error
        self.asked: list[tuple[object, ...]] = []

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN003, ANN201
        future: Future[object] = Future()
        if sum(asked[1] == args[1] for asked in self.asked) < self.often:
            future.set_exception(self.error)
        else:
            future.set_result(fn(*args, **kwargs))
        self.asked.append(args)
        return future


@pytest.mark.parametrize(
    "error", [OSError("the scheduler is gone"), CancelledError(), asyncio.CancelledError(), KeyError("x")]
)
def test_whatever_an_engine_raises_is_a_loss(error: BaseException) -> None:
    engine = Losing(2, error)
    assert list(in_order(engine, parallel_work.doubled, (7, 8), 2)) == [14, 16]
    assert len(engine.asked) == 6
    with pytest.raises(GraphcrmError, match="3 times: 7") as told:
        list(in_order(Losing(3, error), parallel_work.doubled, (7, 8), 2))
    assert told.value.__cause__ is error


def test_an_engine_is_never_asked_twice_in_the_same_words() -> None:
    engine = Losing(2, OSError())
    list(in_order(engine, parallel_work.doubled, (7, 8), 2))
    assert len(set(engine.asked)) == len(engine.asked) == 6


def test_one_job_is_done_here_and_more_are_not() -> None:
    here = spread(parallel_work.whose_process, range(3), jobs=None, executor=None)
    assert set(here) == {os.getpid()}
    assert os.getpid() not in set(spread(parallel_work.whose_process, range(3), jobs=2, executor=None))
