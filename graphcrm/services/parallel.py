"""Work in several processes, or on any executor of PEP 3148: results in order, a few at a time."""

import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

from graphcrm.errors import N_, GraphcrmError

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")

_CAN_BLOCK = hasattr(signal, "pthread_sigmask")
"""Whether the system can keep a signal from a process until it is ready for it; Windows cannot."""


def in_order(executor: Executor, work: Callable[[T], R], parts: Iterable[T], ahead: int) -> Iterator[R]:
    """What ``work`` makes of each part, in their order; at most ``ahead`` are under way or wait.

    The function and the parts are sent to where the work is done. Raises what the work raises, and
    GraphcrmError where a process ended before its work did; then nothing more is begun.
    """
    under_way: deque[Future[R]] = deque()
    try:
        for part in parts:
            under_way.append(executor.submit(work, part))
            if len(under_way) == ahead:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    except BrokenExecutor as error:
        raise GraphcrmError(
            N_("One of the processes that did the work came to a sudden end."),
            hint=N_("It may have run out of memory: try again with fewer --jobs."),
        ) from error
    finally:
        for future in under_way:
            future.cancel()


def processes(jobs: int) -> Executor:
    """That many processes of this computer, as a context that ends them.

    They begin afresh, with nothing of this process in them: neither its connections nor its threads.
    """
    return _Processes(jobs, mp_context=get_context("spawn"), initializer=_ends_on_interrupt)


class _Processes(ProcessPoolExecutor):
    """Processes that say nothing when somebody presses Ctrl-C: this one does."""

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Submit the work, for which a process may be started."""
        with _interrupts_wait():
            return super().submit(fn, *args, **kwargs)


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Ctrl-C while a process is started: it hears it when it can end without a word, we when it runs."""
    if threading.current_thread() is not threading.main_thread():
        with _blocked():  # Ctrl-C interrupts the main thread only
            yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        with _blocked():
            yield
    finally:
        signal.signal(signal.SIGINT, before)
        for number in came[:1]:
            signal.raise_signal(number)


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


def _ends_on_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if _CAN_BLOCK:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
