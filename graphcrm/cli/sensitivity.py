"""``graphcrm sensitivity``: how verdicts and ranks move when the policy's numbers move by a quarter."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

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
from graphcrm.cli.progress import track
from graphcrm.cli.words import verdict
from graphcrm.errors import N_, InputError
from graphcrm.i18n import translate as _
from graphcrm.records.sensitivity import (
    Amount,
    EntryRanks,
    EntrySensitivity,
    MovedPortfolio,
    MovedReview,
    PortfolioSensitivity,
    Sensitivity,
)
from graphcrm.records.words import VERDICT_NAMES, number
from graphcrm.services.portfolio_sensitivity import portfolio_sensitivity
from graphcrm.services.quality import read_snapshot
from graphcrm.services.sensitivity import sensitivity

MOVED = ("entry", "factor", "before.low", "before.high", "after.low", "after.high")
COLUMNS = (*MOVED, "risk.low", "risk.high", "verdicts")
"""What a row says of one account under one move."""
PORTFOLIO_COLUMNS = (*MOVED, "tau_b", "flips", "accounts", "largest_move", "moved")
"""What a row says of the portfolio under one move."""
MOST = 12
"""How many entries are printed before the rest is counted."""


def sensitivity_(
    account: Annotated[
        str | None, typer.Argument(metavar="ID", help=_("The account's id; or give --portfolio."))
    ] = None,
    *,
    portfolio: Annotated[
        bool, typer.Option("--portfolio", help=_("All accounts: who flips, and how their ranks move."))
    ] = False,
    store: StoreOption = None,
    policy: PolicyOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    format_: FormatOption = None,
    lang: LangOption = None,
) -> None:
    """Move each number of the policy."""
    run = Run.of(store=store, policy=policy, as_of=as_of, known_at=known_at, format=format_, lang=lang)
    if (account is None) != portfolio:
        raise InputError(
            N_("Sensitivity is that of one account or of the portfolio."),
            hint=N_("Name an account, or give --portfolio; not both."),
        )
    with run.store() as opened:
        snapshot = read_snapshot(opened, run.view)
    title = _("Moving numbers")
    if account is None:
        _tell_portfolio(run, portfolio_sensitivity(snapshot, lambda every: track(every, len(every), title)))
    else:
        graph = snapshot.graph(account)
        _tell(run, sensitivity(graph, snapshot, lambda every: track(every, len(every), title)))


def _tell(run: Run, result: Sensitivity) -> None:
    if run.format is Format.json:
        write_json(result.model_dump(mode="json"))
    elif run.format is Format.csv:
        write_csv(COLUMNS, (_row(e, m) for e in result.entries for m in e.moves))
    else:
        _print(console(), result)


def _tell_portfolio(run: Run, result: PortfolioSensitivity) -> None:
    if run.format is Format.json:
        write_json(result.model_dump(mode="json"))
    elif run.format is Format.csv:
        write_csv(PORTFOLIO_COLUMNS, (_portfolio_row(e, m) for e in result.entries for m in e.moves))
    else:
        _print_portfolio(console(), result)


def _row(entry: EntrySensitivity, move: MovedReview) -> dict[str, object]:
    return {
        **_move_row(entry.entry, move.factor, move.before, move.after),
        "risk": move.risk,
        "verdicts": " ".join(f"{name}:{now}>{then}" for name, (now, then) in move.verdicts.items()),
    }


def _portfolio_row(entry: EntryRanks, move: MovedPortfolio) -> dict[str, object]:
    return {
        **_move_row(entry.entry, move.factor, move.before, move.after),
        **move.model_dump(include={"tau_b", "largest_move", "moved"}),
        "flips": len(move.flips),
        "accounts": " ".join(move.flips),
    }


def _move_row(entry: str, factor: float, before: Amount, after: Amount) -> dict[str, object]:
    """A move; a number alone is both ends."""
    ends = {
        name: v if isinstance(v, tuple) else (v, v) for name, v in (("before", before), ("after", after))
    }
    return {"entry": entry, "factor": factor, **ends}


def _print(out: Console, result: Sensitivity) -> None:
    """The entries for people: what flips verdicts first, then what moves the risk most."""
    out.print(Text(result.name, style="bold") + Text(f"  {result.account}", style="dim"))
    if not result.observed:
        out.print(_("Nothing is known of it: no number of the policy changes that."), style="bold")
        return
    flipping = [e for e in result.entries if e.verdicts]
    out.print(
        _("Risk {risk} of 100. Numbers of the policy on which a verdict hangs: {count}.").format(
            risk=number(result.risk, 1), count=len(flipping)
        ),
        style="bold",
    )
    _print_stamp(out, result)
    table = _table(_("Entry moved by a quarter"), _("moves"), _("risk then"))
    for title in (_("3-D"), "−1", _("Adeq."), "−1"):
        table.add_column(title, no_wrap=True)
    for entry in result.entries[:MOST]:
        for move in entry.moves:
            told = move.verdicts
            table.add_row(
                Text(entry.entry if move is entry.moves[0] else ""),
                f"{_amount(move.before)} → {_amount(move.after)}",
                number(move.risk, 1),
                *(verdict(told[name][1]) if name in told else Text("") for name in VERDICT_NAMES),
            )
    if result.entries:
        out.print(table)
    _print_rest(out, result, _("Numbers that change neither verdict nor risk: {count}."))
    legend = _("A word stands where a verdict changes. −1: if any one of ours leaves.")
    out.print(Text(legend, style="dim"))


def _print_portfolio(out: Console, result: PortfolioSensitivity) -> None:
    """The entries for people: what flips most accounts first, then what changes ranks most."""
    flipping = sum(bool(e.flips) for e in result.entries)
    head = _("Accounts: {accounts}. Numbers of the policy on which a verdict hangs: {count}.")
    out.print(head.format(accounts=result.accounts, count=flipping), style="bold")
    _print_stamp(out, result)
    if result.verdicts_hang_on is not None:
        says = _("Most verdicts hang on {entry}; accounts that flip with it: {count}.")
        out.print(says.format(entry=result.verdicts_hang_on, count=len(result.entries[0].flips)))
    if result.ranks_hang_on is not None:
        (least,) = (e for e in result.entries if e.entry == result.ranks_hang_on)
        says = _("Ranks hang most on {entry}: τ-b {tau} with those of today.")
        out.print(says.format(entry=least.entry, tau=_tau(least.tau_b)))
    table = _table(_("Entry moved by a quarter"), _("flips"), "τ-b", _("ranks"))
    table.add_column(_("who moves farthest"), overflow="fold")
    for entry in result.entries[:MOST]:
        farthest = max(entry.moves, key=lambda move: move.largest_move)
        table.add_row(
            Text(entry.entry),
            str(len(entry.flips)),
            _tau(entry.tau_b),
            str(entry.largest_move),
            Text("" if farthest.moved is None else result.names[farthest.moved]),
        )
    if result.entries:
        out.print(table)
    _print_rest(out, result, _("Numbers that change neither verdict nor rank: {count}."))
    legend = _(
        "Flips: accounts of which a verdict changes; τ-b: how alike the ranks by risk stay, 1 is the same "
        "(Kendall); ranks: the farthest any account moves. Accounts that share their rank today: {tied}."
    )
    out.print(Text(legend.format(tied=result.tied), style="dim"))


def _print_stamp(out: Console, result: Sensitivity | PortfolioSensitivity) -> None:
    known = _(", known at {day}").format(day=result.known_at) if result.known_at else ""
    words = _("As of {day}{known}, policy {policy}.")
    out.print(Text(words.format(day=result.as_of, known=known, policy=result.policy), style="dim"))


def _print_rest(out: Console, result: Sensitivity | PortfolioSensitivity, unchanged: str) -> None:
    said = {
        _("… and {count} more: `--format csv` shows all."): max(0, len(result.entries) - MOST),
        unchanged: result.unchanged,
        _("Numbers that cannot move, being 0, a switch or at the end of their range: {count}."): len(
            result.fixed
        ),
    }
    told = " ".join(words.format(count=count) for words, count in said.items() if count)
    out.print(Text(told, style="dim"))


def _table(entry: str, *figures: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column(entry, overflow="fold")
    for title in figures:
        table.add_column(title, justify="right", no_wrap=True)
    return table


def _amount(value: Amount) -> str:
    """A number, or both ends of an interval, to four digits."""
    ends: Sequence[float] = value if isinstance(value, tuple) else (value,)
    return "–".join(f"{end:.4g}" for end in ends)


def _tau(value: float | None) -> str:
    """A correlation; undefined is a dash."""
    return "–" if value is None else f"{value:.3f}"
