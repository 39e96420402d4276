"""Copying: the whole history of one store into another, or into an archive, or out of one."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from graphcrm.errors import N_, Problem, StoreError
from graphcrm.ports.history import History, HistoryStore, Progress, unheeded
from graphcrm.records.history import AuditRow, Extent, ImportRow, ReviewRow, VersionRow
from graphcrm.services.soundness import Audits, Bodies, Imports, Law, Reviews, Succession, Versions

T = TypeVar("T")


def copy_history(source: HistoryStore, target: HistoryStore, progress: Progress = unheeded) -> Extent:
    """Copy all there is, or nothing; how much it was.

    Imported and audited afterwards, both go on alike. Raises StoreError or InputError where the source
    cannot be read or is damaged, or the target holds anything or cannot be written to.
    """
    history = _Sound(source.history())
    target.take(history, progress)
    return history.extent


class _Sound:
    """A history that is looked at while it passes: a damaged one is not copied."""

    def __init__(self, history: History) -> None:
        self._history = history
        self.extent = history.extent

    def imports(self) -> Iterator[Sequence[ImportRow]]:
        """Every import."""
        return _held(self._history.imports(), Imports(self.extent))

    def versions(self) -> Iterator[Sequence[VersionRow]]:
        """Every version."""
        return _held(self._history.versions(), Versions(self.extent), Succession(self.extent), Bodies())

    def audits(self) -> Iterator[Sequence[AuditRow]]:
        """Every audit."""
        return _held(self._history.audits(), Audits(self.extent))

    def reviews(self) -> Iterator[Sequence[ReviewRow]]:
        """Every review."""
        return _held(self._history.reviews(), Reviews(self.extent))


def _held(parts: Iterator[Sequence[T]], *laws: Law[T]) -> Iterator[Sequence[T]]:
    """The parts, while their rows hold these laws. Raises StoreError where they do not."""
    for rows in parts:
        for row in rows:
            for law in laws:
                _refuse(law.look(row))
        yield rows
    for law in laws:
        _refuse(law.end())


def _refuse(problems: Iterator[Problem]) -> None:
    for problem in problems:
        raise StoreError(
            N_("The history is damaged, and nothing was written: {place}: {what}"),
            hint=N_("`graphcrm db check` shows all that is wrong; restore the store from a backup."),
            place=problem.path,
            what=problem.what,
        )
