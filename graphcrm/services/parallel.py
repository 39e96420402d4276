"""Work in several processes, or on any executor of PEP 3148: in order, a few at a time, again if lost."""

import gc
import signal
from asyncio import CancelledError
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from queue import SimpleQueue
from traceback import format_exc
from typing import Generic, ParamSpec, TypeVar

from graphcrm.errors import N_, GraphcrmError

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")

TIMES = 3
"""How often a part of the work is begun at most, where whoever does it is lost."""

_CAN_BLOCK = hasattr(signal, "pthread_sigmask")
"""Whether the system can keep a signal from a process until it is ready for it; Windows cannot."""
RARER = 3
"""How many times as rarely as Python by itself our processes look for cycles, as dask's workers do."""
ASSUMED = 16
"""How many workers an executor is taken to have, where nobody says."""


def unheeded(_part: object, _number: int) -> None:
    """Nobody wants to be told."""


def spread(
    work: Callable[[T], R],
    parts: Iterable[T],
    *,
    jobs: int | None,
    executor: Executor | None,
    lost: Callable[[T, int], None] = unheeded,
    called: Callable[[T], object] = str,
) -> Iterator[R]:
    """What ``work`` makes of each part, in their order: done here, by ``jobs`` processes or by an executor.

    Here is where one job does it, or nobody says who. Of an executor ``jobs`` says how many it works with.
    ``in_order`` says the rest.
    """
    if executor is None and (jobs or 1) == 1:
        yield from map(work, parts)
        return
    with nullcontext(executor) if executor is not None else processes(jobs or 1) as workers:
        yield from in_order(workers, work, parts, 2 * (jobs or ASSUMED), lost=lost, called=called)


def in_order(
    executor: Executor,
    work: Callable[[T], R],
    parts: Iterable[T],
    ahead: int,
    *,
    lost: Callable[[T, int], None] = unheeded,
    called: Callable[[T], object] = str,
) -> Iterator[R]:
    """What ``work`` makes of each part, in their order; at most ``ahead`` are under way or wait.

    The function and the parts are sent to where the work is done. What the work itself raises is raised
    here. Whatever else keeps a result away means that its worker was lost: the part is begun again, and
    ``lost`` is told which, and how often it was lost. After any error nothing more is begun.

    Raises GraphcrmError where a part, by what it is ``called``, lost its worker ``TIMES`` times, or where
    the executor takes no more work.
    """
    under_way: deque[_Part[T, R]] = deque()

    def first() -> R:
        result = under_way[0].result(lost, called)
        under_way.popleft()
        return result

    try:
        for part in parts:
            under_way.append(_Part(executor, work, part))
            if len(under_way) == ahead:
                yield first()
        while under_way:
            yield first()
    finally:
        for each in under_way:
            each.cancel()


class _Part(Generic[T, R]):
    """A part of the work, under way."""

    def __init__(self, executor: Executor, work: Callable[[T], R], part: T) -> None:
        self._executor = executor
        self._work = work
        self._part = part
        self._begin(1)

    def result(self, lost: Callable[[T, int], None], called: Callable[[T], object]) -> R:
        """What the work makes of it, begun again where it is lost."""
        while True:
            try:
                done = self._future.result()
            except (Exception, CancelledError) as loss:
                if self._times == TIMES:
                    raise GraphcrmError(
                        N_("This part of the work lost its worker {times} times: {part}."),
                        hint=N_("It may have run out of memory: try again with fewer --jobs."),
                        times=TIMES,
                        part=called(self._part),
                    ) from loss
                lost(self._part, self._times)
                self._begin(self._times + 1)
            else:
                if isinstance(done, _Raised):
                    raise done.error
                return done

    def cancel(self) -> None:
        """Do not begin it, unless it is begun."""
        self._future.cancel()

    def _begin(self, times: int) -> None:
        self._times = times
        try:
            self._future = self._executor.submit(_done, self._work, self._part, times)
        except Exception as error:
            raise GraphcrmError(
                N_("The executor takes no more work: {reason}."),
                hint=N_("Make a new one, or leave it out and say how many `jobs` should do the work."),
                reason=error,
            ) from error


@dataclass(frozen=True)
class _Raised:
    """What the work itself raised: so it is told from what an engine raises that lost it."""

    error: Exception


def _done(work: Callable[[T], R], part: T, _times: int) -> R | _Raised:
    """The work, where it is done; ``_times`` makes each time another call, for engines keep results."""
    try:
        return work(part)
    except Exception as error:  # noqa: BLE001 - it is raised where the work was asked for
        error.add_note(format_exc())
        return _Raised(error)


def processes(jobs: int) -> Executor:
    """That many processes of this computer, as a context that ends them.

    They begin afresh, with nothing of this process in them: neither its connections nor its threads. A
    process that comes to a sudden end takes what it was doing with it and nothing else; another one takes
    its place.
    """
    return _Processes(jobs)


class _Processes(Executor):
    """As many threads, each of which has work done by a process.

    The one pool of processes there is in the standard library is lost as a whole with any of them.
    """

    def __init__(self, jobs: int) -> None:
        self._threads = ThreadPoolExecutor(jobs)
        self._idle: SimpleQueue[Executor] = SimpleQueue()
        for _ in range(jobs):
            self._idle.put(_process())

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Submit the work, for which a process may be started."""
        return self._threads.submit(self._do, partial(fn, *args, **kwargs))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes once they have done what was submitted."""
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        while not self._idle.empty():
            self._idle.get().shutdown(wait, cancel_futures=cancel_futures)

    def _do(self, work: Callable[[], R]) -> R:
        process = self._idle.get()
        try:
            with _blocked():
                future = process.submit(work)
            return future.result()
        except BrokenExecutor:
            process.shutdown()
            process = _process()
            raise
        finally:
            self._idle.put(process)


def _process() -> Executor:
    """A process, not started before there is work for it; it says nothing when somebody presses Ctrl-C."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_begins)


@contextmanager
def _blocked() -> Iterator[None]:
    """What is kept from this thread is kept from processes it starts, until they let it through."""
    if not _CAN_BLOCK:
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def seldom_look_for_cycles() -> None:
    """Let this process, which has imported what it needs, look seldom for cycles, and not among that.

    Else that takes a third of a review, and finds nothing.
    """
    gc.freeze()
    gc.set_threshold(*(RARER * number for number in gc.get_threshold()))


def _begins() -> None:
    """A new process: Ctrl-C ends it."""
    seldom_look_for_cycles()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if _CAN_BLOCK:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
