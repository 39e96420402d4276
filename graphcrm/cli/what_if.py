"""``graphcrm what-if``: an account after employees of ours leave."""

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

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
from graphcrm.cli.output import BEFORE_AND_AFTER, write_csv, write_json
from graphcrm.cli.portfolio_table import print_caution, stamp
from graphcrm.cli.words import indented, percent, severity, verdict
from graphcrm.i18n import listed, say
from graphcrm.i18n import translate as _
from graphcrm.records.finding import new_in
from graphcrm.records.interval import Interval
from graphcrm.records.review import Review
from graphcrm.records.words import number
from graphcrm.services.answer import answer
from graphcrm.services.documents import what_if_document
from graphcrm.services.what_if import WhatIf, what_if

COMPARED = (
    "three_dimensional", "adequate", "key_points", "key_points_floor", "breadth", "organisation", "risk",
)  # fmt: skip


def what_if_(
    account: AccountArgument,
    leaves: Annotated[
        list[str],
        typer.Option("--leaves", metavar="EMPLOYEE", help=_("Who leaves; may be given several times.")),
    ],
    store: StoreOption = None,
    policy: PolicyOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    format_: FormatOption = None,
    lang: LangOption = None,
) -> None:
    """Compare an account with and without employees."""
    run = Run.of(store=store, policy=policy, as_of=as_of, known_at=known_at, format=format_, lang=lang)
    facts = run.facts_about(account, everybody=True)
    result = what_if(facts, account, leaves)
    if run.format is Format.json:
        write_json(what_if_document(result, _))
    elif run.format is Format.csv:
        before, after = _figures(result.before), _figures(result.after)
        write_csv(
            ("measure", *BEFORE_AND_AFTER),
            [{"measure": name, "before": before[name], "after": after[name]} for name in COMPARED],
        )
    else:
        _print(result, [facts.employees[e].name for e in result.leaves])


def _figures(review: Review) -> dict[str, object]:
    whole: dict[str, object] = {"risk": review.risk}
    if review.measures is not None:
        whole.update({name: getattr(review.measures, name) for name in COMPARED if name != "risk"})
    return {name: whole.get(name) for name in COMPARED}


def _print(result: WhatIf, names: list[str]) -> None:
    out = console()
    out.print(Text(result.before.name, style="bold"))
    out.print(
        _("Without {people}: {answer}").format(people=listed(names), answer=say(answer(result.after))),
        style="bold",
    )
    out.print(Text(stamp(result.before), style="dim"))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("", _("today"), _("then")):
        table.add_column(title)
    titles = {
        "three_dimensional": _("Three-dimensional"),
        "adequate": _("Adequate"),
        "key_points": _("Key points, %"),
        "key_points_floor": _("· weakest decider, %"),
        "breadth": _("Breadth, %"),
        "organisation": _("Organisation, %"),
        "risk": _("Risk"),
    }
    before, after = _figures(result.before), _figures(result.after)
    for name, title in titles.items():
        table.add_row(title, _said(name, before[name]), _said(name, after[name]))
    out.print(table)
    fresh = new_in(result.after.findings, before=result.before.findings)
    for finding in fresh:
        line = Text("+ ") + severity(finding.severity) + Text(f" {say(finding.message)}")
        out.print(indented(line, 2))
    if not fresh:
        out.print(Text(_("No new finding."), style="dim"))
    print_caution(out)


def _said(name: str, value: object) -> Text | str:
    if isinstance(value, Interval):
        return number(value) if name == "risk" else percent(value)
    return verdict(value)  # type: ignore[arg-type]
