"""Disguises: what a file really is, where its name says something else."""

from pathlib import Path
from typing import TypeAlias

from graphcrm.errors import N_, Problem
from graphcrm.sources.tables.files.layout import Format
from graphcrm.sources.tables.files.refusal import problem

HEAD = 4096
_SEARCHED = 1 << 24

_UNPACK = N_("Unpack it, and give the table within.")
_RESAVE = N_("Open it in a spreadsheet and save it as an Excel workbook (.xlsx), or as CSV.")
_EXPORT = N_("Export the table as CSV or as an Excel workbook (.xlsx).")

_BINARY: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", N_("This is a PDF document, not a table."), _EXPORT),
    (b"\x1f\x8b", N_("This is a gzip archive."), _UNPACK),
    (b"BZh91AY&SY", N_("This is a bzip2 archive."), _UNPACK),
    (b"\xfd7zXZ", N_("This is an xz archive."), _UNPACK),
    (b"\x28\xb5\x2f\xfd", N_("This is a zstd archive."), _UNPACK),
    (b"7z\xbc\xaf", N_("This is a 7-Zip archive."), _UNPACK),
    (b"Rar!\x1a\x07", N_("This is a RAR archive."), _UNPACK),
    (b"SQLite format 3\0", N_("This is an SQLite database."), _EXPORT),
    (b"\x89PNG", N_("This is a picture."), _EXPORT),
    (b"\xff\xd8\xff", N_("This is a picture."), _EXPORT),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_PARQUET = b"PAR1\x15"
_WEB = (b"<!doctype html", b"<html", b"<table", b"<?xml", b"<meta", b"<head")
_WORKBOOK = (b"[Content_Types].xml", b"_rels/", b"xl/")

_Saying: TypeAlias = tuple[str, str]


def disguised(path: Path, name: str, taken_for: Format) -> Problem | None:
    """The problem of a file that is not what it is taken for. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        saying = (
            (None if head else (N_("The file is empty."), N_("Export it anew, with a header and rows.")))
            or _archive_or_document(head)
            or (_binary_workbook(head + file.read(_SEARCHED)) if head.startswith(_OLE) else None)
            or _other_table(head, taken_for)
        )
    return problem(name, None, *saying) if saying else None


def _archive_or_document(head: bytes) -> _Saying | None:
    for mark, what, cure in _BINARY:
        if head.startswith(mark):
            return what, cure
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB):
        return N_("This is a web page or XML, not a table."), _RESAVE
    return None


def _binary_workbook(content: bytes) -> _Saying:
    if _ENCRYPTED in content:
        return (
            N_("This workbook is protected by a password."),
            N_("Open it, remove the password, and save it."),
        )
    return N_("This is a workbook of the old binary format (.xls)."), _RESAVE


def _other_table(head: bytes, taken_for: Format) -> _Saying | None:
    if head.startswith(_PARQUET):
        found: Format | None = "parquet"
    elif head.startswith(_ZIP):
        if taken_for != "xlsx" and not any(part in head for part in _WORKBOOK):
            return N_("This is a zip archive."), _UNPACK
        found = "xlsx"
    else:
        found = None if b"\0" in head else "csv"
    if found == taken_for or (found not in {"xlsx", "parquet"} and taken_for in {"csv", "jsonl"}):
        return None
    return _REALLY[found]


_REALLY: dict[Format | None, _Saying] = {
    "parquet": (N_("This is a Parquet file."), N_("Give it a name that ends in .parquet.")),
    "xlsx": (N_("This is an Excel workbook."), N_("Give it a name that ends in .xlsx, or save it as CSV.")),
    "csv": (
        N_("This is a text file, whatever its name says."),
        N_("Give it a name that ends in .csv, or state its format."),
    ),
    None: (N_("It is damaged, or not the kind of file its name says."), N_("Export it anew.")),
}
