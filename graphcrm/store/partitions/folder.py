"""A folder of partitions: each file is written whole, the manifest last, and checked when it is read."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from stat import S_IMODE

from pydantic import ValidationError

from graphcrm.errors import N_, StoreError
from graphcrm.records.bundle import Bundle
from graphcrm.records.partitions import Manifest, Partition
from graphcrm.store.partitions.parquet import packed, unpacked

MANIFEST = "manifest.json"
_NEW = ".new"
_UNFINISHED = re.compile(rf"part-\d+\.parquet({_NEW})?|{MANIFEST}{_NEW}")
"""What a writer leaves that came to a sudden end: no manifest names these files."""

_ANEW = N_("Write the partitions anew, into another folder: see `graphcrm audit share --help`.")


@contextmanager
def begun(folder: Path) -> Iterator[None]:
    """A new or empty folder to write partitions into, for its owner alone if it is new.

    What an earlier writer left that came to a sudden end is cleared, and so is all after an error. Raises
    StoreError where anything else is in it, or nothing can be written.
    """
    with _written(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not all(_UNFINISHED.fullmatch(path.name) for path in folder.iterdir()):
            raise StoreError(
                N_("The folder {folder} is not empty."),
                hint=N_("Name a new one: partitions are written once and never changed."),
                folder=folder,
            )
        _clear(folder)
    try:
        yield
    except BaseException:
        _clear(folder)
        raise


def write_partition(folder: Path, number: int, accounts: Sequence[str], facts: Bundle) -> Partition:
    """All that bears on some accounts as a file of the folder."""
    content = packed(facts.records())
    name = f"part-{number:06}.parquet"
    _put(folder / name, content)
    return Partition(
        file=name,
        accounts=tuple(accounts),
        records=len(facts),
        bytes=len(content),
        sha256=sha256(content).hexdigest(),
    )


def finish(folder: Path, manifest: Manifest) -> None:
    """Write the manifest: from now on there are partitions."""
    _put(folder / MANIFEST, manifest.model_dump_json(indent=1).encode())


def read_manifest(folder: Path) -> Manifest:
    """What is in a folder. Raises StoreError where there are no partitions that this version can read."""
    path = folder / MANIFEST
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise StoreError(
            N_("There are no partitions in {folder}."),
            hint=N_("Write them: see `graphcrm audit share --help`."),
            folder=folder,
        ) from None
    except OSError as error:
        raise _unread(path, error) from error
    except ValidationError as error:
        raise StoreError(
            N_("{file} is damaged, or of a kind that this version of graphcrm does not know."),
            hint=_ANEW,
            file=path,
        ) from error


def read_partition(folder: Path, partition: Partition, as_of: date) -> Bundle:
    """The facts of a partition. Raises StoreError where its file is not what was written."""
    path = folder / partition.file
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unread(path, error) from error
    if sha256(content).hexdigest() != partition.sha256:
        raise StoreError(N_("{file} is damaged: it is not what was written there."), hint=_ANEW, file=path)
    try:
        return Bundle.model_validate({"as_of": as_of, **unpacked(content)})
    except ValueError as error:
        raise StoreError(
            N_("{file} holds something that cannot be read here: {reason}."),
            hint=N_("Install the same versions of graphcrm and pyarrow wherever partitions are read."),
            file=path,
            reason=error,
        ) from error


def _put(path: Path, content: bytes) -> None:
    """The file whole or not at all, for whom the folder is."""
    new = path.with_name(path.name + _NEW)
    with _written(path.parent):
        with new.open("wb") as file:
            new.chmod(S_IMODE(path.parent.stat().st_mode) & 0o666)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)


def _clear(folder: Path) -> None:
    for path in folder.iterdir():
        if _UNFINISHED.fullmatch(path.name):
            path.unlink()


@contextmanager
def _written(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            N_("Partitions cannot be written to {folder}: {reason}."),
            hint=N_("Look for a full disk, or for your rights to the folder."),
            folder=folder,
            reason=error.strerror or error,
        ) from error


def _unread(path: Path, error: OSError) -> StoreError:
    return StoreError(
        N_("{file} cannot be read: {reason}."),
        hint=N_("Every worker must reach the folder of the partitions under this path."),
        file=path,
        reason=error.strerror or error,
    )
