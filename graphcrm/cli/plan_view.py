"""The plan of a budget on a terminal: what to do, by whose introduction, and what it would change."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from graphcrm.cli.portfolio_table import print_caution, stamp
from graphcrm.cli.words import indented, percent, verdict
from graphcrm.errors import Message
from graphcrm.i18n import say
from graphcrm.i18n import translate as _
from graphcrm.records.plan import Plan, Proposal, Standing
from graphcrm.records.words import number


def print_plan(out: Console, plan: Plan) -> None:
    """The ties to build, in order, and the account with each alone and with all of them."""
    out.print(Text(plan.name, style="bold") + Text(f"  {plan.account}", style="dim"))
    out.print(Text(_headline(plan), style="bold"))
    out.print(Text(stamp(plan), style="dim"))
    if plan.proposals:
        out.print()
        for order, proposal in enumerate(plan.proposals, 1):
            _print_proposal(out, order, proposal, plan.names)
        out.print()
        out.print(_effects(plan))
        out.print(Text(_legend(plan), style="dim"))
    print_caution(out)


def _headline(plan: Plan) -> str:
    if plan.reason is not None:
        return _("Nothing to propose. {reason}").format(reason=say(Message(plan.reason, plan.params)))
    words = _("Ties to build or deepen: {count}. They raise the worth from {before} to {after} of {most}.")
    return words.format(
        count=len(plan.proposals),
        before=f"{plan.objective:.2f}",
        after=f"{plan.objective_after:.2f}",
        most=f"{plan.objective_most:.2f}",
    )


def _print_proposal(out: Console, order: int, proposal: Proposal, names: Mapping[str, str]) -> None:
    title = Text(f"{order}. ") + Text(
        f"{names[proposal.employee]} → {names[proposal.contact]}", style="bold"
    )
    seats = _(", ").join(names[seat] for seat in proposal.seats)
    out.print(indented(title + Text(f"  {seats}", style="dim"), 0))
    way = {
        "acquainted": _("They know each other: deepen the tie."),
        "colleague": _("{introducer} introduces."),
        "contact": _("{introducer}, whom {employee} knows, introduces."),
        "colleague_and_contact": _("{introducer} introduces by way of {gate}."),
        "peer": _("Nobody introduces; function and level match."),
    }[proposal.route].format(
        introducer=names[proposal.introducer or proposal.employee],
        employee=names[proposal.employee],
        gate=names[proposal.path[-2]],
    )
    owner = _("Sees to it: {owner}.").format(owner=names[proposal.owner])
    out.print(indented(Text(_("{first} {second}").format(first=way, second=owner)), 3))


def _effects(plan: Plan) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("", ratio=1)
    for title in (_("Worth"), _("Key"), _("Brd"), _("Org")):
        table.add_column(title, justify="right", no_wrap=True)
    for title in (_("3-D"), "−1", _("Adeq."), "−1"):
        table.add_column(title, no_wrap=True)
    table.add_column(_("Risk"), justify="right", no_wrap=True)
    rows = [(_("today"), f"{plan.objective:.2f}", plan.today)]
    rows += [
        (_("with {order}. alone").format(order=order), f"+{proposal.gain:.2f}", proposal.alone)
        for order, proposal in enumerate(plan.proposals, 1)
    ]
    rows.append((_("with all of them"), f"{plan.objective_after:.2f}", plan.together))
    for title, worth, standing in rows:
        table.add_row(title, worth, *(_cells(standing) if standing is not None else ()))
    return table


def _cells(standing: Standing) -> list[Text | str]:
    axes = (standing.key_points, standing.breadth, standing.organisation)
    fates = (
        standing.three_dimensional,
        standing.robustly_three_dimensional,
        standing.adequate,
        standing.robustly_adequate,
    )
    return [*map(percent, axes), *map(verdict, fates), number(standing.risk)]


def _legend(plan: Plan) -> str:
    proofs = {
        "sorted": _("No plan of this budget is worth more: the largest gains reach what can be gained."),
        "exhausted": _("No plan of this budget is worth more: every one was tried."),
        "solved": _("No plan of this budget is worth more: the solver proved it."),
        "bounded": _("The best plan found in time; the best there is may be worth up to {bound}."),
    }
    proof = proofs[plan.proof or "bounded"].format(bound=f"{plan.objective_bound:.2f}")
    words = _(
        "Worth: decision weight times reach, half of it as it is and half without the best route's "
        "employee, at proven strength; +: gained after the ties before. Each tie is taken to reach "
        "{target}. Risk can rise with a tie: see `docs/method.md`. −1: if any one of ours leaves."
    )
    told = words.format(target=f"{plan.target_strength:g}")
    return _("{first} {second}").format(first=proof, second=told)
