"""Map data: everything the page's script needs to draw a map, as one JSON document that is safe in HTML."""

import json
from collections.abc import Mapping

from markupsafe import Markup

from graphcrm.i18n import say
from graphcrm.policies import Policy
from graphcrm.visualizations.labels import wrap
from graphcrm.visualizations.pyvis_export import network_data
from graphcrm.visualizations.view_models import Cell, Heading, MapView

TITLE_COLUMN = 7.0
"""Pixels a column of text takes in a heading."""
ROW_TITLE = 70.0
"""Pixels a row's heading has."""

_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def map_data(view: MapView, policy: Policy) -> dict[str, object]:
    """Size, headings, cells, and the network."""
    return {
        "width": view.width,
        "height": view.height,
        "ours": _heading(view.ours, view.ours.span.length),
        "columns": [_heading(column, column.span.length) for column in view.columns],
        "rows": [_heading(row, ROW_TITLE) for row in view.rows],
        "levels": len(view.rows) - (view.firm is not None),
        "cells": [_cell(cell) for cell in view.cells],
        **network_data(view, policy),
    }


def in_html(document: Mapping[str, object]) -> Markup:
    r"""JSON that ends no script element and no line of a script, whatever names stand in it.

    >>> print(in_html({"name": "</script>"}))
    {"name": "\u003c/script\u003e"}
    """
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))
    return Markup(text.translate(_ESCAPES))  # noqa: S704 - nothing that HTML reads is left in it


def _heading(heading: Heading, width: float) -> dict[str, object]:
    title = heading.title if isinstance(heading.title, str) else say(heading.title)
    return {
        "start": heading.span.start,
        "length": heading.span.length,
        "lines": wrap(title, int(width / TITLE_COLUMN)),
    }


def _cell(cell: Cell) -> dict[str, object]:
    return {
        "x": cell.column.start,
        "y": cell.row.start,
        "width": cell.column.length,
        "height": cell.row.length,
        "seats": cell.seats,
        "reached": cell.reached,
    }
