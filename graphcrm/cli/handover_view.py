"""A handover and a rotation on a terminal: who takes over what, when, and what is lost all the same."""

from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from graphcrm.cli.portfolio_table import print_caution, stamp
from graphcrm.cli.totals_view import print_total
from graphcrm.cli.words import percent
from graphcrm.i18n import listed
from graphcrm.i18n import translate as _
from graphcrm.planning.rotation import ALL_TAKEN
from graphcrm.records.plan import AccountHandover, Handing, HandoverPlan, Held, Move, Rotation, Standing
from graphcrm.records.review import Verdict
from graphcrm.records.words import MECHANISMS, number, word


def print_handover(out: Console, plan: HandoverPlan) -> None:
    """Every account the employee matters at, most at stake first."""
    title = _("Handover of {name}").format(name=plan.name)
    out.print(Text(title, style="bold") + Text(f"  {plan.employee}", style="dim"))
    out.print(Text(_dates(plan), style="bold"))
    out.print(Text(stamp(plan), style="dim"))
    if not plan.accounts:
        out.print(_("There is nothing to hand over: no live tie and no mechanism."))
    for account in plan.accounts:
        _print_account(out, account, plan.names)
    if plan.accounts:
        out.print()
        print_total(out, _("Revenue at risk"), plan.revenue_at_risk)
        out.print(Text(_handover_legend(plan), style="dim"))
    print_caution(out)


def _dates(plan: HandoverPlan) -> str:
    if plan.leaves_on is None or plan.begin_by is None:
        if plan.on_notice:
            return _("On notice; the last day is not on record.")
        return _("No last day is on record.")
    words = _("Not there any more from {day} on. {days} days together mean to begin by {begin}.")
    told = words.format(day=plan.leaves_on, days=plan.overlap_days, begin=plan.begin_by)
    if plan.begin_by < plan.as_of:
        left = (plan.leaves_on - plan.as_of).days
        passed = _("That day has passed: {left} days are left.").format(left=left)
        told = _("{first} {second}").format(first=told, second=passed)
    return told


def _print_account(out: Console, account: AccountHandover, names: Mapping[str, str]) -> None:
    out.print()
    out.print(Text(account.name, style="bold") + Text(f"  {account.account}", style="dim"))
    told = _(
        "Lost meanwhile {meanwhile} %, after {after} %. Risk {today}, meanwhile {then}, after {at_last}."
    )
    out.print(
        told.format(
            meanwhile=percent(account.lost_meanwhile),
            after=percent(account.lost_after),
            today=_risk(account.today),
            then=_risk(account.meanwhile),
            at_last=_risk(account.after),
        )
    )
    table = _table(
        (_("Contact"), ""), (_("strength"), "right"), (_("Successor"), ""), (_("alike %"), "right"),
        (_("after"), "right"), (_("stake"), "right"),
    )  # fmt: skip
    for contact in account.contacts:
        table.add_row(*_contact(contact, names))
    for mechanism in account.mechanisms:
        taker = mechanism.successor
        who = _nobody() if taker is None else names[taker]
        table.add_row(Text(_(word(MECHANISMS, mechanism.mechanism_kind)), style="italic"), "", who)
    out.print(table)


def _contact(contact: Handing, names: Mapping[str, str]) -> list[Text | str]:
    return [
        names[contact.contact],
        number(contact.strength, 2),
        _nobody() if contact.successor is None else _taker(names[contact.successor], contact.fits),
        percent(contact.similarity),
        "–" if contact.handed is None else number(contact.handed, 2),
        f"{contact.stake:.2f}",
    ]


def _handover_legend(plan: HandoverPlan) -> str:
    order = {
        "revenue_at_risk": _("Accounts by revenue at risk."),
        "departure_loss": _("Accounts by what is lost: revenue is not known in one currency."),
    }[plan.ordered_by]
    words = _(
        "Lost: share of reach; meanwhile, once the employee is gone and nothing is handed over; after, "
        "when all is. Alike: function, level, region, shared seats; ?: perhaps alike enough. Stake: "
        "weighted reach that hangs on this tie alone."
    )
    return _("{first} {second}").format(first=order, second=words)


def print_rotation(out: Console, plan: Rotation) -> None:
    """The moves by wave, who is left, and why others do not move."""
    out.print(Text(_rotation_headline(plan), style="bold"))
    out.print(Text(stamp(plan), style="dim"))
    if plan.moves:
        out.print()
        out.print(_moves(plan))
        out.print(Text(_rotation_legend(plan), style="dim"))
        if any(move.reason == ALL_TAKEN for move in plan.moves):
            out.print(Text(_(ALL_TAKEN), style="dim"))
    _print_held(
        out, _("On record there for less than {days} days").format(days=plan.held_days), plan.recent, plan
    )
    _print_held(out, _("Leaving, so a handover comes first"), plan.leaving, plan)
    print_caution(out)


def _rotation_headline(plan: Rotation) -> str:
    filled = sum(move.taking is not None for move in plan.moves)
    if not plan.moves:
        return _("Nobody has to move: {accounts} accounts were looked at.").format(accounts=plan.looked_at)
    words = _("Moves: {moves} in {waves} waves of {days} days; without a taker: {open}.")
    return words.format(
        moves=filled, waves=plan.waves, days=plan.overlap_days, open=len(plan.moves) - filled
    )


def _moves(plan: Rotation) -> Table:
    table = _table(
        (_("from"), "right"), (_("Account"), ""), (_("hands over"), ""), (_("takes over"), ""),
        (_("alike %"), "right"), (_("Lost, %"), "right"), (_("Risk"), "right"),
        (_("meanwhile"), "right"), (_("after"), "right"),
    )  # fmt: skip
    for move in plan.moves:
        table.add_row(*_move(move, plan.names))
    return table


def _move(move: Move, names: Mapping[str, str]) -> list[Text | str]:
    taking = move.taking
    return [
        "–" if taking is None else taking.starts_on.isoformat(),
        names[move.account],
        names[move.employee],
        _nobody(move.reason) if taking is None else _taker(names[taking.taker], taking.fits),
        percent(None if taking is None else taking.similarity),
        percent(None if taking is None else taking.lost_after),
        _risk(move.today),
        _risk(move.meanwhile),
        _risk(None if taking is None else taking.after),
    ]


def _rotation_legend(plan: Rotation) -> str:
    words = _(
        "Who moves: whoever would take at least {loss} % along, and is on record for {days} days or more. "
        "Both are there for {overlap} days. Meanwhile: the risk if the one goes before anything "
        "is handed over. Lost: share of reach after the handover. ?: perhaps alike enough."
    )
    return words.format(loss=f"{plan.least_loss * 100:g}", days=plan.held_days, overlap=plan.overlap_days)


def _print_held(out: Console, title: str, held: Iterable[Held], plan: Rotation) -> None:
    told = [
        _("{employee} at {account}").format(employee=plan.names[h.employee], account=plan.names[h.account])
        for h in held
    ]
    if told:
        out.print(Text(_("{title}: {people}.").format(title=title, people=listed(told))))


def _table(*columns: tuple[str, str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for title, justify in columns:
        table.add_column(title, justify="right" if justify else "left", no_wrap=bool(justify))
    return table


def _nobody(reason: str | None = None) -> Text:
    return Text(_("all taken") if reason == ALL_TAKEN else _("nobody fits"), style="bold red")


def _taker(name: str, fits: Verdict) -> Text:
    return Text(name if fits == "proven" else f"{name} ?", style="" if fits == "proven" else "yellow")


def _risk(standing: Standing | None) -> str:
    return "–" if standing is None else number(standing.risk)
