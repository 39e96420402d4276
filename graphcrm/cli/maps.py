"""``graphcrm map``: pages to look at."""

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
    facts = run.facts()
    if account is not None:
        write_file(output, _page(facts, account, run.lang)[1])
        console().print(_("Wrote {file}.").format(file=output), soft_wrap=True)
        return
    reviews = []
    for each in track(sorted(facts.accounts), len(facts.accounts), _("Drawing")):
        result, page = _page(facts, each, run.lang, index=INDEX)
        reviews.append(result)
        write_file(output / file_name(each), page)
    write_file(output / INDEX, index_page(reviews, facts.policy, lang=run.lang))
    wrote = _("Wrote {count} pages and their index, {file}.")
    console().print(wrote.format(count=len(reviews), file=output / INDEX), soft_wrap=True)


def _page(facts: Facts, account: str, lang: str, index: str | None = None) -> tuple[Review, str]:
    drawn = map_account(facts, account)
    return drawn.review, account_page(drawn, answer(drawn.review), facts.policy, lang=lang, index=index)
