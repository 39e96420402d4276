"""Mappings: what imports the tables as they are; each column is called as its field."""

from collections.abc import Callable, Iterator

from graphcrm.errors import N_
from graphcrm.sources.tables.suggesting.writing import scalar
from graphcrm.sources.tables.templates.sheets import SEPARATOR, Column, Sheet

OURS = N_("For the tables that graphcrm template wrote.")
NONE = N_("A table without rows is left out; optional says so.")
ZONE = N_("of the times in interactions; such as Europe/Berlin")


def mapping_of(
    sheets: tuple[Sheet, ...], translate: Callable[[str], str], workbook: str | None = None
) -> str:
    """The mapping of the CSV files, or of the sheets of the workbook."""
    return "\n".join(_lines(sheets, translate, workbook)) + "\n"


def _lines(
    sheets: tuple[Sheet, ...], translate: Callable[[str], str], workbook: str | None
) -> Iterator[str]:
    yield f"# {translate(OURS)}"
    yield f"# {translate(NONE)}"
    yield ""
    yield "source: template"
    yield f"time_zone: UTC  # {translate(ZONE)}"
    yield ""
    yield "tables:"
    for sheet in sheets:
        where = f"files: {workbook}, sheet: {sheet.kind}" if workbook else f"files: {sheet.kind}.csv"
        yield f"  {sheet.kind}: {{{where}, optional: true}}"
    yield ""
    yield "records:"
    for sheet in sheets:
        yield f"  - kind: {sheet.kind}"
        yield f"    from: {sheet.kind}"
        yield "    fields:"
        for column in sheet.columns:
            yield f"      {column.name}: {_said(column)}"


def _said(column: Column) -> str:
    return scalar({"column": column.name, "split": SEPARATOR}) if column.several else column.name
