"""``graphcrm account``: the portfolio's accounts, and one of them."""

from typing import Annotated

import typer

from graphcrm.cli.account_view import print_account
from graphcrm.cli.context import Run, console
from graphcrm.cli.options import (
    AsOfOption,
    Format,
    FormatOption,
    JobsOption,
    KnownAtOption,
    LangOption,
    PolicyOption,
    StoreOption,
)
from graphcrm.cli.output import write_csv, write_json
from graphcrm.cli.portfolio_table import COLUMNS, Row, print_portfolio, print_totals, stamp
from graphcrm.cli.reviewing import reviews
from graphcrm.cli.structure_view import structure_rows
from graphcrm.cli.totals_view import print_portfolio_totals
from graphcrm.i18n import translate as _
from graphcrm.records.review import Review
from graphcrm.services.documents import account_document
from graphcrm.services.reading import read_roster, settled
from graphcrm.services.structure import review_with_structure, structure_document, with_structure
from graphcrm.services.totals import PortfolioTotals, open_amount, portfolio_totals

app = typer.Typer(no_args_is_help=True, help=_("Look at the accounts."))

AccountArgument = Annotated[str, typer.Argument(metavar="ID", help=_("The account's id."))]


@app.command("list", help=_("List every account with its verdicts and risk, the riskiest first."))
def list_accounts(
    store: StoreOption = None,
    policy: PolicyOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    format_: FormatOption = None,
    lang: LangOption = None,
    jobs: JobsOption = 1,
) -> None:
    """Review the whole portfolio without keeping it."""
    run = Run.of(store=store, policy=policy, as_of=as_of, known_at=known_at, format=format_, lang=lang)
    with run.store() as opened:
        view = settled(opened, run.view)
        roster = read_roster(opened, view)
    rows = [Row.of(review) for review in reviews(run, view, tuple(roster.accounts), jobs)]
    if run.format is Format.table and rows:
        console().print(stamp(rows[0].summary), style="bold")
    print_rows(run, rows, portfolio_totals(roster))


@app.command("show", help=_("Show one account: the answer, the axes, who is missing, what hangs on whom."))
def show_account(
    account: AccountArgument,
    store: StoreOption = None,
    policy: PolicyOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    format_: FormatOption = None,
    lang: LangOption = None,
) -> None:
    """Review one account."""
    run = Run.of(store=store, policy=policy, as_of=as_of, known_at=known_at, format=format_, lang=lang)
    facts = run.facts_about(account)
    result, found = review_with_structure(facts, account)
    opened = open_amount(facts, account)
    if run.format is Format.table:
        print_account(console(), facts.accounts[account], result, found, facts.policy, opened)
    elif run.format is Format.json:
        write_json(with_structure(account_document(result, opened, _), found, _))
    else:
        structured = [] if found is None else structure_rows(structure_document(found, _))
        write_csv(("measure", "value", "low", "high"), [*_figures(result), *structured])


def print_rows(run: Run, rows: list[Row], totals: PortfolioTotals | None = None) -> None:
    """The portfolio in the form asked for; people also see what it adds up to, if that is given."""
    summaries = [row.summary.model_dump(mode="json") for row in rows]
    if run.format is Format.json:
        write_json(summaries)
    elif run.format is Format.csv:
        write_csv(COLUMNS, summaries)
    else:
        print_portfolio(console(), rows)
        if totals is not None:
            print_portfolio_totals(console(), totals)
        print_totals(console(), rows)


def _figures(result: Review) -> list[dict[str, object]]:
    """Every figure of a review as a row: its dotted name, and its value or its two ends."""
    rows: list[dict[str, object]] = []

    def walk(name: str, value: object) -> None:
        if isinstance(value, tuple):
            low, high = value
            rows.append({"measure": name, "low": low, "high": high})
        elif isinstance(value, dict):
            for key, part in value.items():
                walk(f"{name}.{key}" if name else str(key), part)
        else:
            rows.append({"measure": name, "value": value})

    known_at = result.known_at and result.known_at.isoformat()
    walk("", {"account": result.account, "as_of": result.as_of.isoformat(), "known_at": known_at})
    walk("", {"policy": result.policy, "observed": result.observed, "risk": result.risk})
    if result.measures is not None:
        walk("", result.measures.model_dump())
    return rows
