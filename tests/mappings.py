"""Mappings and tables for tests: written beside each other in a folder, and what is told of them."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from textwrap import dedent

from graphcrm.errors import GraphcrmError, Problem, RefusedImport
from graphcrm.records.draft import Draft
from graphcrm.sources.tables.reading import TableSource

DAY = date(2026, 6, 30)


def laid_out(folder: Path, mapping: str, files: Mapping[str, str] | None = None) -> Path:
    """The mapping's file, with the tables beside it; all texts are dedented."""
    for name, text in (files or {}).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")
    path = folder / "m.yaml"
    path.write_text(dedent(mapping), encoding="utf-8")
    return path


def source(folder: Path, mapping: str, files: Mapping[str, str] | None = None) -> TableSource:
    return TableSource(laid_out(folder, mapping, files), ())


def draft(folder: Path, mapping: str, files: Mapping[str, str] | None = None) -> Draft:
    """The draft, its stream not yet read."""
    return source(folder, mapping, files).draft(DAY)


def refused(work: Callable[[], object]) -> list[Problem]:
    """The problems that the work is refused with."""
    try:
        work()
    except RefusedImport as error:
        return list(error.problems)
    raise AssertionError("it was not refused")


def failed(work: Callable[[], object]) -> GraphcrmError:
    """The error that the work ends with."""
    try:
        work()
    except GraphcrmError as error:
        return error
    raise AssertionError("it did not fail")


def lines(problems: list[Problem]) -> list[str]:
    """Where and what, a line each."""
    return [f"{each.path}: {each.what}" for each in problems]
