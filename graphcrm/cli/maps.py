"""``graphcrm map``: pages to look at."""

from pathlib import Path
from typing import Annotated

import typer

from graphcrm.cli.context import Run
from graphcrm.cli.options import AsOfOption, KnownAtOption, LangOption, PolicyOption, StoreOption
from graphcrm.errors import N_, InputError
from graphcrm.i18n import translate as _


def map_(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE|FOLDER", help=_("Where to write."))
    ],
    account: Annotated[str | None, typer.Argument(metavar="ID", help=_("The account's id."))] = None,
    every: Annotated[
        bool, typer.Option("--all", help=_("Every account and an index, into a folder."))
    ] = False,
    store: StoreOption = None,
    policy: PolicyOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    lang: LangOption = None,
) -> None:
    """Write pages."""
    run = Run.of(store=store, policy=policy, as_of=as_of, known_at=known_at, lang=lang)
    if every == (account is not None):
        raise InputError(
            N_("Give one account's id, or --all."), hint=N_("`graphcrm account list` shows the ids.")
        )
