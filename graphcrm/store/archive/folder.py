"""An archive in a folder: written whole or not at all, and looked over before it is read."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from graphcrm.errors import N_, InputError
from graphcrm.ports.history import History, Progress
from graphcrm.records.history import AuditRow, Extent, ImportRow, ReviewRow, VersionRow
from graphcrm.store.archive.manifest import (
    FORMAT,
    NAME,
    VERSION,
    Counts,
    File,
    Manifest,
    read_manifest,
    sha256_of,
)
from graphcrm.store.archive.parquet import describe, read, require_packages, write
from graphcrm.store.archive.tables import AUDITS, IMPORTS, REVIEWS, TABLES, VERSIONS, Table
from graphcrm.store.shares import Share

_AGAIN = N_("Take the archive from a backup, or export it anew.")


class Archive:
    """An archive that is in a folder, or will be; see ``graphcrm.ports.history.HistoryStore``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def history(self) -> "ArchivedHistory":
        """What it holds.

        Raises InputError unless every file is there, and is what was written.
        """
        require_packages()
        with _readable(self._folder):
            manifest = read_manifest(self._folder)
            _require_sound(self._folder, manifest)
        return ArchivedHistory(self._folder, manifest.extent)

    def take(self, history: History, progress: Progress) -> None:
        """Write a history into a new folder, or one that is empty.

        Raises InputError where anything is in the way, or it cannot be written; then nothing is there.
        """
        require_packages()
        folder = self._folder
        if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
            raise InputError(
                N_("{folder} is there already; nothing was written."),
                hint=N_("Name a folder that is not there yet."),
                folder=str(folder),
            )
        with _writable(folder), _becoming(folder) as making:
            share = Share(progress, sum(history.extent.counts().values()))
            files = (
                _written(making, IMPORTS, share.of(history.imports())),
                _written(making, VERSIONS, share.of(history.versions())),
                _written(making, AUDITS, share.of(history.audits())),
                _written(making, REVIEWS, share.of(history.reviews())),
            )
            extent = history.extent
            Manifest(
                format=FORMAT,
                format_version=VERSION,
                graphcrm=version("graphcrm"),
                made_at=datetime.now(UTC),
                latest_as_of=extent.latest_as_of,
                counts=Counts(**extent.counts()),
                files=files,
            ).write(making)


class ArchivedHistory:
    """The history in an archive that was looked over; see ``graphcrm.ports.history.History``."""

    def __init__(self, folder: Path, extent: Extent) -> None:
        self.extent = extent
        self._folder = folder

    def imports(self) -> Iterator[Sequence[ImportRow]]:
        """Every import."""
        with _readable(self._folder):
            yield from read(self._folder / IMPORTS.file, IMPORTS, ImportRow)

    def versions(self) -> Iterator[Sequence[VersionRow]]:
        """Every version."""
        with _readable(self._folder):
            yield from read(self._folder / VERSIONS.file, VERSIONS, VersionRow)

    def audits(self) -> Iterator[Sequence[AuditRow]]:
        """Every audit."""
        with _readable(self._folder):
            yield from read(self._folder / AUDITS.file, AUDITS, AuditRow)

    def reviews(self) -> Iterator[Sequence[ReviewRow]]:
        """Every review."""
        with _readable(self._folder):
            yield from read(self._folder / REVIEWS.file, REVIEWS, ReviewRow)


def _written(folder: Path, table: Table, parts: Iterator[Sequence[tuple[object, ...]]]) -> File:
    path = folder / table.file
    rows = write(path, table, parts)
    return File(
        name=path.name,
        rows=rows,
        bytes=path.stat().st_size,
        sha256=sha256_of(path),
        columns=table.columns,
    )


def _require_sound(folder: Path, manifest: Manifest) -> None:
    """Raise InputError unless the files are those of the manifest, and those of this format."""
    listed = {file.name: file for file in manifest.files}
    rows = {table.file: manifest.extent.counts()[table.name] for table in TABLES}
    if {name: file.rows for name, file in listed.items()} != rows or len(listed) != len(manifest.files):
        raise InputError(
            N_("{name} does not list the files of an archive."), hint=_AGAIN, name=str(folder / NAME)
        )
    # What begins with a dot is a file manager's own.
    for path in sorted(folder.iterdir()):
        if path.name not in {*listed, NAME} and not path.name.startswith("."):
            raise InputError(
                N_("{file} does not belong to the archive at {folder}."),
                hint=N_("Take it out of the folder, and try again."),
                file=path.name,
                folder=str(folder),
            )
    for table in TABLES:
        _require_whole(folder / table.file, table, listed[table.file])


def _require_whole(path: Path, table: Table, stated: File) -> None:
    if not path.is_file():
        raise InputError(N_("{file} of the archive is missing."), hint=_AGAIN, file=path.name)
    size = path.stat().st_size
    if size != stated.bytes:
        raise InputError(
            N_("{file} of the archive has {size} bytes, and its manifest says {stated}."),
            hint=_AGAIN,
            file=path.name,
            size=size,
            stated=stated.bytes,
        )
    if sha256_of(path) != stated.sha256:
        raise InputError(
            N_("{file} of the archive is not what was written: its SHA-256 is another."),
            hint=_AGAIN,
            file=path.name,
        )
    columns, rows = describe(path)
    if dict(columns) != dict(table.columns) or rows != stated.rows:
        raise InputError(
            N_("{file} of the archive has other columns or rows than an archive's."),
            hint=_AGAIN,
            file=path.name,
        )


@contextmanager
def _becoming(folder: Path) -> Iterator[Path]:
    """A folder beside it that takes its name when all is written, and is gone where anything is raised."""
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    # For its owner alone, as mkdtemp makes it: the data name people.
    making = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        yield making
        for path in (*making.iterdir(), making):
            _keep(path)
        if folder.exists():
            folder.rmdir()
        making.rename(folder)
        _keep(folder.parent)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise


def _keep(path: Path) -> None:
    """Have the system write it to the disk now, where it can be told so."""
    with suppress(PermissionError):  # Windows opens no folders
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _writable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            N_("The archive cannot be written to {folder}: {reason}. Nothing is left of it."),
            hint=N_("Make room, or name a folder where you may write."),
            folder=str(folder),
            reason=error.strerror or str(error),
        ) from error


@contextmanager
def _readable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            N_("The archive at {folder} cannot be read: {reason}."),
            hint=N_("Check the folder and your rights to it."),
            folder=str(folder),
            reason=error.strerror or str(error),
        ) from error
