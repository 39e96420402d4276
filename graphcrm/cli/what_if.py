"""``graphcrm what-if``: an account if people leave, hand over, or get to know each other."""

from collections.abc import Collection, Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graphcrm.cli.accounts import AccountArgument
from graphcrm.cli.context import Run, console, day_of
from graphcrm.cli.options import (
    AsOfOption,
    Format,
    FormatOption,
    KnownAtOption,
    LangOption,
    PolicyOption,
    StoreOption,
)
from graphcrm.cli.output import BEFORE_AND_AFTER, write_csv, write_json
from graphcrm.cli.portfolio_table import print_caution, stamp
from graphcrm.cli.words import money, percent, severity, verdict
from graphcrm.errors import N_, InputError
from graphcrm.graph.facts import Facts
from graphcrm.graph.scenario import Handover, NewTie
from graphcrm.i18n import listed, say
from graphcrm.i18n import translate as _
from graphcrm.records.finding import Finding
from graphcrm.records.interval import Interval
from graphcrm.records.review import Review
from graphcrm.records.words import number
from graphcrm.services.documents import what_if_document
from graphcrm.services.what_if import WhatIf, greatest_revenue_at_risk, nothing_asked, what_if

COMPARED = (
    "three_dimensional", "robustly_three_dimensional", "adequate", "robustly_adequate", "key_points",
    "key_points_floor", "breadth", "organisation", "risk", "revenue_at_risk",
)  # fmt: skip


def what_if_(
    account: AccountArgument,
    leaves: Annotated[
        list[str] | None,
        typer.Option(
            "--leaves", metavar="EMPLOYEE", help=_("Who of ours leaves; may be given several times.")
        ),
    ] = None,
    contact_leaves: Annotated[
        list[str] | None,
        typer.Option(
            "--contact-leaves",
            metavar="CONTACT",
            help=_("Who of the customer's leaves; may be given several times."),
        ),
    ] = None,
    handover: Annotated[
        list[str] | None,
        typer.Option(
            "--handover",
            metavar="A:B",
            help=_("Employee A hands the account over to B; may be given several times."),
        ),
    ] = None,
    new_tie: Annotated[
        list[str] | None,
        typer.Option(
            "--new-tie",
            metavar="E:C=S",
            help=_("Employee E gets to know contact C at strength S, 0 to 1; may be given several times."),
        ),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar="YYYY-MM-DD",
            help=_("When it happens, if later than the day of the review: ties fade until then."),
        ),
    ] = None,
    store: StoreOption = None,
    policy: PolicyOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    format_: FormatOption = None,
    lang: LangOption = None,
) -> None:
    """Compare an account as it is with what it would be."""
    run = Run.of(store=store, policy=policy, as_of=as_of, known_at=known_at, format=format_, lang=lang)
    if not (leaves or contact_leaves or handover or new_tie or date is not None):
        raise nothing_asked()
    day = None if date is None else day_of("date", date)
    facts = run.facts_about(account, everybody=True)
    later = None if day is None else run.on(day).facts_about(account, everybody=True)
    result = what_if(
        facts,
        account,
        leaves or (),
        contact_leaves=contact_leaves or (),
        handovers=[_handover(text, facts) for text in handover or ()],
        new_ties=[_new_tie(text, facts) for text in new_tie or ()],
        later=later,
    )
    if run.format is Format.json:
        write_json(what_if_document(result, _))
    elif run.format is Format.csv:
        before, after = _figures(result.before), _figures(result.after)
        write_csv(
            ("measure", *BEFORE_AND_AFTER),
            [{"measure": name, "before": before[name], "after": after[name]} for name in COMPARED],
        )
    else:
        _print(result)


def _handover(text: str, facts: Facts) -> Handover:
    pair = _pair(text, facts.employees, facts.employees)
    if pair is None:
        raise InputError(
            N_("{value!r} does not say who hands over to whom."),
            hint=N_("Write --handover A:B, two employees' ids."),
            value=text,
        )
    return pair


def _new_tie(text: str, facts: Facts) -> NewTie:
    people, _equals, written = text.rpartition("=")
    pair, strength = _pair(people, facts.employees, facts.contacts), _number(written)
    if pair is None or strength is None:
        raise InputError(
            N_("{value!r} does not say who gets to know whom, and how well."),
            hint=N_(
                "Write --new-tie E:C=S: an employee, a contact, and a strength from 0 to 1 such as .5."
            ),
            value=text,
        )
    return (*pair, strength)


def _pair(text: str, left: Collection[str], right: Collection[str]) -> tuple[str, str] | None:
    """Two ids with a colon between; an id may hold one too, and then it counts what is on record."""
    parts = text.split(":")
    ways = [(":".join(parts[:n]), ":".join(parts[n:])) for n in range(1, len(parts))]
    if len(ways) > 1:
        ways = [(one, other) for one, other in ways if one in left and other in right]
    return ways[0] if len(ways) == 1 and all(ways[0]) else None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _figures(review: Review) -> dict[str, object]:
    whole: dict[str, object] = {
        "risk": review.risk,
        "revenue_at_risk": greatest_revenue_at_risk(review),
    }
    measures = review.measures
    return {name: whole.get(name) if name in whole else getattr(measures, name, None) for name in COMPARED}


def _print(result: WhatIf) -> None:
    out = console()
    out.print(Text(result.before.name, style="bold"))
    if result.supposed:
        out.print(_("What if: {what}.").format(what=listed(map(say, result.supposed))), style="bold")
    out.print(say(result.answer), style="bold")
    out.print(Text(stamp(result.before), style="dim"))
    timed = result.after.as_of > result.before.as_of
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("", _("today"), result.after.as_of.isoformat() if timed else _("then")):
        table.add_column(title)
    titles = {
        "three_dimensional": _("Three-dimensional"),
        "robustly_three_dimensional": _("· whoever of ours leaves"),
        "adequate": _("Adequate"),
        "robustly_adequate": _("· whoever of ours leaves"),
        "key_points": _("Key points, %"),
        "key_points_floor": _("· weakest decider, %"),
        "breadth": _("Breadth, %"),
        "organisation": _("Organisation, %"),
        "risk": _("Risk"),
        "revenue_at_risk": _("Revenue at risk by one of ours"),
    }
    before, after = _figures(result.before), _figures(result.after)
    for name, title in titles.items():
        figures = (before[name], after[name])
        table.add_row(title, *(_said(name, figure, result.before.currency) for figure in figures))
    out.print(table)
    _print_findings(out, _("New"), result.new_findings)
    _print_findings(out, _("Gone"), result.gone_findings)
    if not result.new_findings and not result.gone_findings:
        out.print(Text(_("No finding comes or goes."), style="dim"))
    print_caution(out)


def _print_findings(out: Console, title: str, findings: Sequence[Finding]) -> None:
    if not findings:
        return
    out.print()
    out.print(Text(title, style="bold"))
    table = Table(box=None, pad_edge=False, show_header=False)
    for finding in findings:
        table.add_row(severity(finding.severity), say(finding.message))
    out.print(table)


def _said(name: str, value: object, currency: str | None) -> Text | str:
    if name == "revenue_at_risk":
        return money(value, currency) if isinstance(value, Interval) else "–"
    if isinstance(value, Interval):
        return number(value) if name == "risk" else percent(value)
    return verdict(value)  # type: ignore[arg-type]
