"""Progress of long work, on standard error, gone when it is done."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Column
from rich.text import Text

from graphcrm.cli.context import messages
from graphcrm.i18n import translate as _

T = TypeVar("T")


def track(items: Iterable[T], total: int, title: str) -> Iterator[T]:
    """The items, with a bar that fills as they pass; nothing is drawn where nobody watches."""
    console = messages()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield from progress.track(items, total=total, description=title)


@contextmanager
def filling(title: str) -> Iterator[Callable[[float], None]]:
    """A bar that is told which share of the work is done, 0 to 1."""
    console = messages()
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(title, total=1.0)
        yield lambda share: progress.update(task, completed=share)


@contextmanager
def reading(total: int, title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar of bytes, with rows, their rate and the time that remains; tell it of bytes and rows read."""
    console = messages()
    rows_read = _Rows(table_column=Column(no_wrap=True))
    columns = (TextColumn("{task.description}"), BarColumn(20), rows_read, TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(title, total=total, rows=0)
        rows = 0

        def advance(more_bytes: int, more_rows: int) -> None:
            nonlocal rows
            rows += more_rows
            progress.update(task, advance=more_bytes, rows=rows)

        yield advance


class _Rows(ProgressColumn):
    """How many rows were read, and how many a second."""

    def render(self, task: Task) -> Text:
        rows = task.fields["rows"]
        rate = int(rows / task.elapsed) if task.elapsed else 0
        return Text(_("{rows:,} rows, {rate:,}/s").format(rows=rows, rate=rate))
