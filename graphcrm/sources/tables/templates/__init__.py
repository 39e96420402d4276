"""graphcrm's own tables to fill in: a workbook and CSV files, with the mappings that import them."""

from collections.abc import Callable

from graphcrm.policies import Policy
from graphcrm.sources.tables.templates.csv_files import csv_of
from graphcrm.sources.tables.templates.mappings import mapping_of
from graphcrm.sources.tables.templates.sheets import sheets_of
from graphcrm.sources.tables.templates.workbook import workbook_of

WORKBOOK = "graphcrm.xlsx"


def template_files(policy: Policy, translate: Callable[[str], str]) -> dict[str, bytes]:
    """The files by their names: notes in the user's language, words from the method pack's lists."""
    sheets = sheets_of(policy)
    return {
        WORKBOOK: workbook_of(sheets, translate),
        "mapping-workbook.yaml": mapping_of(sheets, translate, WORKBOOK).encode(),
        **{f"{sheet.kind}.csv": csv_of(sheet) for sheet in sheets},
        "mapping.yaml": mapping_of(sheets, translate).encode(),
    }
