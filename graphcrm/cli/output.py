"""Results in the form asked for: rows for programs, tables for people."""

import csv
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from stat import S_IMODE

from graphcrm.errors import N_, InputError

FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula."""

BEFORE_AND_AFTER = ("before", "before.low", "before.high", "after", "after.low", "after.high")
"""Columns of a comparison, whose values are words or intervals."""


def write_json(document: object) -> None:
    """The document as JSON on standard output, escaped where that cannot carry every script."""
    any_script = (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    sys.stdout.write(json.dumps(document, ensure_ascii=not any_script, indent=2, allow_nan=False) + "\n")


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Rows as CSV on standard output, under exactly these columns.

    An interval under ``x`` fills ``x.low`` and ``x.high``. Text that leads a formula is quoted by an
    apostrophe, as OWASP's advice on CSV injection has it.
    """
    sys.stdout.write(csv_text(columns, rows))


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Rows as CSV, see ``write_csv``."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(key)) for key in columns] for row in map(_flat, rows))
    return text.getvalue()


def refuse_existing(paths: Iterable[Path], *, force: bool) -> None:
    """Raise InputError where one of these files is there already, unless it is to be replaced."""
    there = [path for path in paths if path.is_file()]
    if there and not force:
        raise InputError(
            N_("{files} is there already."),
            hint=N_("Give another name, or --force to replace it."),
            files=", ".join(map(str, there)),
        )


def write_file(path: Path, text: str | bytes, *, private: bool = False) -> None:
    """The whole text in the file, or the file as it was; ``private`` is for its owner alone.

    A file that is there keeps its mode. Raises InputError where it cannot be written.
    """
    content = text.encode() if isinstance(text, str) else text
    try:
        if path.exists() and not path.is_file():
            # A device or a pipe takes the text; it must not be replaced by a file. A folder refuses.
            path.write_bytes(content)
            return
        path = path.resolve()  # a link is written through, not replaced
        path.parent.mkdir(parents=True, exist_ok=True)
        new = 0o600 if private else 0o666 & ~_umask()
        mode = S_IMODE(path.stat().st_mode) if path.exists() else new
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(mode)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(
            N_("{file} cannot be written: {reason}."),
            hint=N_("Give a path in a folder you may write to."),
            file=str(path),
            reason=error.strerror or str(error),
        ) from None


def _umask() -> int:
    """What the user keeps from others in new files; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _flat(row: Mapping[str, object]) -> dict[str, object]:
    flat: dict[str, object] = {}
    for key, value in row.items():
        if isinstance(value, (list, tuple)) and len(value) == 2:  # noqa: PLR2004 - an interval
            flat[f"{key}.low"], flat[f"{key}.high"] = value
        else:
            flat[key] = value
    return flat


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULA_LEADS):
        return "'" + value
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value
