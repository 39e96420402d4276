"""Reviewing a portfolio in a command: by as many processes as asked for, with a bar that fills."""

import os
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from graphcrm.bootstrap import partitions_in, review_partitions, review_portfolio
from graphcrm.cli.context import Run, messages
from graphcrm.cli.progress import track
from graphcrm.errors import N_, InputError
from graphcrm.i18n import say
from graphcrm.i18n import translate as _
from graphcrm.ports.store import Store
from graphcrm.records.review import Review
from graphcrm.services.reading import View
from graphcrm.services.spreading import called, view_over


class Who(StrEnum):
    """Who does the work."""

    serial = "serial"
    processes = "processes"


def processes_of(who: Who | None, jobs: int | None) -> int:
    """How many processes do the work; one is this one. Raises InputError where the two disagree."""
    if who is Who.serial and jobs not in {None, 1}:
        raise InputError(
            N_("--executor serial is one process, and --jobs {jobs} are more."),
            hint=N_("Leave one of the two out."),
            jobs=jobs,
        )
    if who is Who.processes and jobs is None:
        return os.cpu_count() or 1
    return jobs or 1


def reviews(run: Run, view: View, accounts: Sequence[str], jobs: int) -> Iterator[Review]:
    """These accounts of the run's store, in their order."""
    url = run.settings.store
    reviewed = review_portfolio(url, view, accounts, jobs=jobs, lost=tell_lost, settings=run.settings)
    return track(reviewed, len(accounts), _("Reviewing"))


def reviews_shared(run: Run, store: Store, folder: Path, jobs: int) -> tuple[View, Iterator[Review]]:
    """Every account of a folder of partitions, which come from the store; and the view they show.

    Raises InputError where the run asks for another one.
    """
    manifest = partitions_in(folder)
    view = view_over(store, manifest)
    for option, asked, shown in (
        ("--as-of", run.settings.as_of, view.as_of),
        ("--known-at", run.settings.known_at, view.known_at),
        ("--policy", run.policy.label if "policy" in run.given else None, view.policy.label),
    ):
        if asked not in {None, shown}:
            raise InputError(
                N_("The partitions in {folder} show {option} {shown}, and not {asked}."),
                hint=N_("Leave {option} out, or write partitions that show it into another folder."),
                folder=folder,
                option=option,
                shown=shown or "–",
                asked=asked,
            )
    reviewed = review_partitions(folder, jobs=jobs, lost=tell_lost)
    return view, track(reviewed, len(manifest.accounts), _("Reviewing"))


def tell_lost(accounts: Sequence[str], _times: int) -> None:
    """Say that a process was lost, and what is done about it."""
    again = _("A process came to a sudden end at {accounts}; another one does that part again.")
    console = messages()
    # In a log a sentence is one line.
    console.print(
        again.format(accounts=say(called(accounts))), style="dim", soft_wrap=not console.is_terminal
    )
