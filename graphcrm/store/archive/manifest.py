"""The manifest of an archive: what it is, which files belong to it, and what tells that they are whole."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, NonNegativeInt, ValidationError

from graphcrm.errors import N_, InputError
from graphcrm.records.history import Extent

NAME = "manifest.json"
FORMAT: Literal["graphcrm archive"] = "graphcrm archive"
VERSION = 1
"""The version of the format; another one is for another graphcrm to read."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class File(_Part):
    """One file of the archive."""

    name: str
    rows: NonNegativeInt
    bytes: NonNegativeInt
    sha256: str
    columns: Mapping[str, str]


class Counts(_Part):
    """How many rows of each sort."""

    imports: NonNegativeInt
    versions: NonNegativeInt
    audits: NonNegativeInt
    reviews: NonNegativeInt


class Manifest(_Part):
    """All that stands in ``manifest.json``."""

    format: Literal["graphcrm archive"]
    format_version: Literal[1]
    graphcrm: str
    made_at: datetime
    latest_as_of: date | None
    counts: Counts
    files: tuple[File, ...]

    @property
    def extent(self) -> Extent:
        """How much history the archive holds."""
        return Extent(**self.counts.model_dump(), latest_as_of=self.latest_as_of)

    def write(self, folder: Path) -> None:
        """Write it into a folder. Raises OSError."""
        text = json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1)
        (folder / NAME).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest in a folder. Raises InputError where there is none that this graphcrm understands."""
    path = folder / NAME
    if not folder.is_dir() or not path.is_file():
        raise InputError(
            N_("There is no archive at {folder}: it holds no {name}."),
            hint=N_("Name the folder that `graphcrm db export DIR` wrote."),
            folder=str(folder),
            name=NAME,
        )
    try:
        document: Any = json.loads(path.read_bytes())
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise _none_of_ours(path)
        stated = document.get("format_version")
        if isinstance(stated, int) and stated > VERSION:
            raise InputError(
                N_("The archive at {folder} is of format {stated}, from a newer graphcrm."),
                hint=N_("Install the latest graphcrm."),
                folder=str(folder),
                stated=stated,
            )
        return Manifest.model_validate(document)
    except (ValidationError, ValueError, RecursionError):
        raise _none_of_ours(path) from None


def sha256_of(path: Path) -> str:
    """What tells whether a file is what was written. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _none_of_ours(path: Path) -> InputError:
    return InputError(
        N_("{file} is not the manifest of an archive, or is damaged."),
        hint=N_("Take the archive from a backup, or export it anew."),
        file=str(path),
    )
