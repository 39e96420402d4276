"""``graphcrm plan``: which ties to build next, who takes over from a leaver, and who moves."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Annotated

import typer

from graphcrm.cli.context import Run, console
from graphcrm.cli.handover_view import print_handover, print_rotation
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
from graphcrm.cli.plan_view import print_plan
from graphcrm.cli.progress import track
from graphcrm.errors import N_, InputError
from graphcrm.graph.facts import Facts
from graphcrm.i18n import translate as _
from graphcrm.records.plan import HandoverPlan, Plan, Rotation, Standing
from graphcrm.services.planning import handover_plan, plan, rotation
from graphcrm.services.planning_document import handover_document, plan_document, rotation_document

STANDING = (
    "three_dimensional", "adequate", "key_points.low", "key_points.high", "breadth.low", "breadth.high",
    "organisation.low", "organisation.high", "risk.low", "risk.high",
)  # fmt: skip
PLAN = (
    "order", "employee", "contact", "route", "path", "owner", "fit.low", "fit.high",
    "strength_before.low", "strength_before.high", "strength_after.low", "strength_after.high", "gain",
    "objective", *STANDING,
)  # fmt: skip
"""What a row says of a proposal, and of the account with it alone."""
HANDOVER = (
    "account", "contact", "mechanism", "successor", "fits", "similarity.low", "similarity.high", "stake",
    "strength.low", "strength.high", "handed.low", "handed.high", "lost_meanwhile.low",
    "lost_meanwhile.high", "lost_after.low", "lost_after.high",
)  # fmt: skip
"""What a row says of a contact or mechanism, and what is lost of its account."""
ROTATION = (
    "wave", "starts_on", "ends_on", "account", "employee", "taker", "fits", "similarity.low",
    "similarity.high", "since", "loss.low", "loss.high", "lost_after.low", "lost_after.high",
    "risk_today.low", "risk_today.high", "risk_meanwhile.low", "risk_meanwhile.high", "risk_after.low",
    "risk_after.high", "reason",
)  # fmt: skip
"""What a row says of a move."""


def plan_(
    account: Annotated[
        str | None, typer.Argument(metavar="ID", help=_("The account's id, with --budget."))
    ] = None,
    budget: Annotated[
        int | None,
        typer.Option("--budget", metavar="K", help=_("How many ties to build or deepen at the account.")),
    ] = None,
    leaver: Annotated[
        str | None,
        typer.Option("--leaver", metavar="EMPLOYEE", help=_("Who leaves: who takes over what.")),
    ] = None,
    rotate: Annotated[
        bool, typer.Option("--rotate", help=_("Who holds an account alone, and hands it over in turn."))
    ] = False,
    store: StoreOption = None,
    policy: PolicyOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    format_: FormatOption = None,
    lang: LangOption = None,
) -> None:
    """Plan."""
    run = Run.of(store=store, policy=policy, as_of=as_of, known_at=known_at, format=format_, lang=lang)
    _check(account, budget, leaver, rotate=rotate)
    if account is not None and budget is not None:
        _budget(run, account, budget)
    elif leaver is not None:
        _leaver(run, leaver)
    else:
        _rotate(run)


def _check(account: str | None, budget: int | None, leaver: str | None, *, rotate: bool) -> None:
    """Raise InputError unless exactly one of the three plans is asked for, with what it needs."""
    asked = (budget is not None, leaver is not None, rotate)
    if sum(asked) != 1 or (account is not None) != (budget is not None):
        raise InputError(
            N_("A plan is for one of three: the ties of an account, a leaver, or a rotation."),
            hint=N_(
                "Write `graphcrm plan ID --budget K`, `graphcrm plan --leaver EMPLOYEE` or "
                "`graphcrm plan --rotate`."
            ),
        )


def _budget(run: Run, account: str, budget: int) -> None:
    facts = run.facts_about(account, everybody=True)
    result = plan(
        facts, account, budget=budget, track=lambda ties: track(ties, len(ties), _("Weighing ties"))
    )
    if run.format is Format.json:
        write_json(plan_document(result, _))
    elif run.format is Format.csv:
        write_csv(PLAN, _plan_rows(result))
    else:
        print_plan(console(), result)


def _leaver(run: Run, leaver: str) -> None:
    facts = run.facts()
    result = handover_plan(facts, leaver, partial(_accounts, facts))
    if run.format is Format.json:
        write_json(handover_document(result, _))
    elif run.format is Format.csv:
        write_csv(HANDOVER, _handover_rows(result))
    else:
        print_handover(console(), result)


def _rotate(run: Run) -> None:
    facts = run.facts()
    result = rotation(facts, partial(_accounts, facts))
    if run.format is Format.json:
        write_json(rotation_document(result, _))
    elif run.format is Format.csv:
        write_csv(ROTATION, _rotation_rows(result))
    else:
        print_rotation(console(), result)


def _accounts(facts: Facts, accounts: Iterable[str]) -> Iterator[str]:
    return track(accounts, len(facts.accounts), _("Looking through accounts"))


def _plan_rows(result: Plan) -> Iterator[dict[str, object]]:
    for order, proposal in enumerate(result.proposals, 1):
        row = {name: getattr(proposal, name) for name in type(proposal).model_fields}
        alone = {name: getattr(proposal.alone, name) for name in Standing.model_fields}
        yield {**alone, **row, "order": order, "path": " ".join(proposal.path)}


def _handover_rows(result: HandoverPlan) -> Iterator[dict[str, object]]:
    for account in result.accounts:
        whole = {
            "account": account.account,
            "lost_meanwhile": account.lost_meanwhile,
            "lost_after": account.lost_after,
        }
        for contact in account.contacts:
            yield {**whole, **{name: getattr(contact, name) for name in type(contact).model_fields}}
        for mechanism in account.mechanisms:
            yield {**whole, "mechanism": mechanism.mechanism, "successor": mechanism.successor}


def _rotation_rows(result: Rotation) -> Iterator[dict[str, object]]:
    for move in result.moves:
        row: dict[str, object] = {"fits": "no", "reason": None if move.reason is None else _(move.reason)}
        if taking := move.taking:
            row |= {name: getattr(taking, name) for name in type(taking).model_fields}
            row["risk_after"] = None if taking.after is None else taking.after.risk
        for name in ("account", "employee", "since", "loss"):
            row[name] = getattr(move, name)
        for name in ("today", "meanwhile"):
            standing: Standing | None = getattr(move, name)
            row[f"risk_{name}"] = None if standing is None else standing.risk
        yield row
