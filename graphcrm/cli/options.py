"""The options commands share, each defined once."""

from enum import StrEnum
from typing import Annotated

import typer

from graphcrm.i18n import LANGUAGES, Language
from graphcrm.i18n import translate as _


class Format(StrEnum):
    """How results are written."""

    table = "table"
    json = "json"
    csv = "csv"


StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URL",
        help=_("Where the data are: sqlite:///path, neo4j://host. [GRAPHCRM_STORE]"),
    ),
]
PolicyOption = Annotated[
    str | None,
    typer.Option(
        "--policy",
        metavar="NAME|FILE",
        help=_("Method pack: a shipped name or a YAML file. [GRAPHCRM_POLICY]"),
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="YYYY-MM-DD",
        help=_("Review as of this day; without it, the day of the latest import. [GRAPHCRM_AS_OF]"),
    ),
]
KnownAtOption = Annotated[
    str | None,
    typer.Option(
        "--known-at",
        metavar="YYYY-MM-DD",
        help=_("Leave out what was recorded after this day. [GRAPHCRM_KNOWN_AT]"),
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format", metavar="|".join(Format), help=_("How to write the result. [GRAPHCRM_FORMAT]")
    ),
]
JobsOption = Annotated[
    int,
    typer.Option("--jobs", metavar="N", min=1, help=_("How many processes do the work.")),
]
LangOption = Annotated[
    Language | None,
    typer.Option(
        "--lang", metavar="|".join(LANGUAGES), help=_("Language of what people read. [GRAPHCRM_LANG]")
    ),
]
