"""``graphcrm why``: how an account's figures come about, down to records, days and the method pack."""

from typing import Annotated

import typer

from graphcrm.cli.accounts import AccountArgument
from graphcrm.cli.context import Run, console
from graphcrm.cli.options import (
    AsOfOption,
    Format,
    FormatOption,
    KnownAtOption,
    LangOption,
    PolicyOption,
    StoreOption,
)
from graphcrm.cli.output import write_csv, write_json
from graphcrm.cli.why_view import print_explanation, rows
from graphcrm.i18n import translate as _
from graphcrm.services.why import why_account
from graphcrm.services.why_document import DEEPEST, DEPTH, why_document

COLUMNS = (
    "level", "id", "text", "operator", "unit", "value", "value.low", "value.high", "entry",
    "kind", "record", "by", "source", "recorded_at",
)  # fmt: skip
"""What a row says of a node."""


def why_(
    account: AccountArgument,
    axis: Annotated[
        str | None,
        typer.Option("--axis", metavar="NAME", help=_("One axis: key_points, breadth or organisation.")),
    ] = None,
    seat: Annotated[
        str | None,
        typer.Option("--seat", metavar="ID", help=_("One seat: its part in the key points, its routes.")),
    ] = None,
    finding: Annotated[
        str | None,
        typer.Option("--finding", metavar="IDENTITY", help=_("One finding, or all findings of a rule.")),
    ] = None,
    figure: Annotated[
        str | None,
        typer.Option(
            "--figure",
            metavar="NAME",
            help=_("A figure as `account show` names it, such as departure_loss/ID; or a node's id."),
        ),
    ] = None,
    risk: Annotated[bool, typer.Option("--risk", help=_("The risk."))] = False,
    depth: Annotated[
        int,
        typer.Option("--depth", metavar="N", min=1, max=DEEPEST, help=_("How many levels to show.")),
    ] = DEPTH,
    every: Annotated[
        bool, typer.Option("--all", help=_("Show every contribution, not the greatest only."))
    ] = False,
    store: StoreOption = None,
    policy: PolicyOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    format_: FormatOption = None,
    lang: LangOption = None,
) -> None:
    """Explain figures."""
    run = Run.of(store=store, policy=policy, as_of=as_of, known_at=known_at, format=format_, lang=lang)
    result = why_account(
        run.facts_about(account), account, axis=axis, seat=seat, finding=finding, figure=figure, risk=risk
    )
    if run.format is Format.table:
        print_explanation(console(), result, depth, every=every)
        return
    document = why_document(result, depth, _)
    if run.format is Format.json:
        write_json(document)
    else:
        write_csv(COLUMNS, rows(document))
