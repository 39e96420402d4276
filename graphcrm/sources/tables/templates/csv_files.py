"""CSV files: a table to fill in, in UTF-8 with its mark, so that Excel reads every script rightly."""

import csv
import io
from datetime import datetime

from graphcrm.sources.tables.templates.sheets import Filled, Sheet


def csv_of(sheet: Sheet) -> bytes:
    """The table with its header and example rows."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    names = [column.name for column in sheet.columns]
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Filled) -> object:
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return "" if value is None else value
