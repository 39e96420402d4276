"""``graphcrm portfolio``: what the whole portfolio hangs on, the worst first."""

from collections.abc import Iterator
from typing import Annotated

import typer

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
from graphcrm.cli.portfolio_view import print_ranking
from graphcrm.cli.progress import filling
from graphcrm.cli.reviewing import reviews
from graphcrm.i18n import translate as _
from graphcrm.records.portfolio import Ranking
from graphcrm.services.portfolio import TOP, rank_portfolio, ranking_document, read_portfolio
from graphcrm.services.reading import settled

COLUMNS = (
    "list", "rank", "id", "name", "other_id", "other_name", "risk.low", "risk.high", "high_findings",
    "loss", "lost", "share", "beyond", "accounts", "starred", "departments", "blind",
    "revenue_at_risk.low", "revenue_at_risk.high", "annual_revenue", "currency",
)  # fmt: skip
"""Every list as rows under the same columns; what a list does not say stays empty."""


def portfolio_(
    top: Annotated[
        int, typer.Option("--top", metavar="N", min=1, help=_("How many of each list to show."))
    ] = TOP,
    screen: Annotated[
        bool,
        typer.Option(
            "--screen",
            help=_("Do not review the accounts: rank them by what the worst departure would take."),
        ),
    ] = False,
    jobs: JobsOption = 1,
    store: StoreOption = None,
    policy: PolicyOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    format_: FormatOption = None,
    lang: LangOption = None,
) -> None:
    """Rank accounts, employees, pairs and departments."""
    run = Run.of(store=store, policy=policy, as_of=as_of, known_at=known_at, format=format_, lang=lang)
    ranking = _ranking(run, top=top, jobs=None if screen else jobs)
    if run.format is Format.json:
        write_json(ranking_document(ranking, _))
    elif run.format is Format.csv:
        write_csv(COLUMNS, _rows(ranking))
    else:
        print_ranking(console(), ranking)


def _ranking(run: Run, *, top: int, jobs: int | None) -> Ranking:
    """The ranking; without ``jobs`` nothing is reviewed."""
    with run.store() as store:
        view = settled(store, run.view)
        with filling(_("Reading")) as told:
            portfolio = read_portfolio(store, view, told)
    if jobs is None:
        return rank_portfolio(portfolio, top=top)
    return rank_portfolio(portfolio, top=top, reviews=reviews(run, view, portfolio.columns.accounts, jobs))


def _rows(ranking: Ranking) -> Iterator[dict[str, object]]:
    for n, account in enumerate(ranking.accounts, start=1):
        told = account.model_dump(exclude={"account", "worst", "worst_name"})
        worst = {"other_id": account.worst, "other_name": account.worst_name}
        yield {"list": "accounts", "rank": n, "id": account.account, **worst, **told}
    for n, employee in enumerate(ranking.employees, start=1):
        money = employee.revenue_at_risk
        told = employee.model_dump(exclude={"employee", "revenue_at_risk"})
        at_risk = {"revenue_at_risk": money.total, "currency": money.currency}
        yield {"list": "employees", "rank": n, "id": employee.employee, **at_risk, **told}
    for n, pair in enumerate(ranking.pairs, start=1):
        (one, other), (name, other_name) = pair.employees, pair.names
        who = {"id": one, "name": name, "other_id": other, "other_name": other_name}
        yield {"list": "pairs", "rank": n, **who, **pair.model_dump(exclude={"employees", "names"})}
    for n, function in enumerate(ranking.functions, start=1):
        yield {"list": "functions", "rank": n, "name": function.function, **function.model_dump()}
