"""``graphcrm map``: pages to look at."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from graphcrm.cli.context import Run, console
from graphcrm.cli.options import AsOfOption, KnownAtOption, LangOption, PolicyOption, StoreOption
from graphcrm.cli.output import write_file
from graphcrm.cli.progress import track
from graphcrm.errors import N_, InputError
from graphcrm.graph.facts import Facts
from graphcrm.i18n import translate as _
from graphcrm.records.review import Review
from graphcrm.services.answer import answer
from graphcrm.services.reading import read_parts, read_roster, settled
from graphcrm.services.relationship_map import map_account
from graphcrm.visualizations.pages import INDEX, account_page, file_name, index_page


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
    if account is not None:
        write_file(output, _page(run.facts_about(account), account, run.lang)[1])
        console().print(_("Wrote {file}.").format(file=output), soft_wrap=True)
        return
    with run.store() as opened:
        view = settled(opened, run.view)
        accounts = tuple(read_roster(opened, view).accounts)
        parts = read_parts(opened, view, accounts)
        drawn = track(_write_pages(parts, output, run.lang), len(accounts), _("Drawing"))
        write_file(output / INDEX, index_page(drawn, run.policy, lang=run.lang))
    wrote = _("Wrote {count} pages and their index, {file}.")
    console().print(wrote.format(count=len(accounts), file=output / INDEX), soft_wrap=True)


def _write_pages(parts: Iterable[Facts], folder: Path, lang: str) -> Iterator[Review]:
    """Write the page of every account, and give its review."""
    for facts in parts:
        for account in facts.accounts:
            review, page = _page(facts, account, lang, index=INDEX)
            write_file(folder / file_name(account), page)
            yield review


def _page(facts: Facts, account: str, lang: str, index: str | None = None) -> tuple[Review, str]:
    drawn = map_account(facts, account)
    return drawn.review, account_page(drawn, answer(drawn.review), facts.policy, lang=lang, index=index)
