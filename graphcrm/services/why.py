"""Why: how an account's figures come about, down to records, days and the method pack."""

from collections.abc import Sequence
from difflib import get_close_matches

from graphcrm.errors import N_, InputError, UnknownRecord
from graphcrm.explanation.findings import found
from graphcrm.explanation.ground import Ground
from graphcrm.explanation.registry import figures, lookup, names
from graphcrm.explanation.verdict import AXES
from graphcrm.graph.account import AccountGraph
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.records.explanation import Explanation, Node, escaped
from graphcrm.services.review import review

SHOWN = 20
"""How many of what there is an error names."""


def why_account(
    facts: Facts,
    account: str,
    *,
    axis: str | None = None,
    seat: str | None = None,
    finding: str | None = None,
    figure: str | None = None,
    risk: bool = False,
) -> Explanation:
    """As ``why``, of an account on record. Raises UnknownRecord where the facts hold none of that id."""
    graph = build_graph(facts, account)
    return why(graph, facts=facts, axis=axis, seat=seat, finding=finding, figure=figure, risk=risk)


def why(
    graph: AccountGraph,
    *,
    facts: Facts | None = None,
    axis: str | None = None,
    seat: str | None = None,
    finding: str | None = None,
    figure: str | None = None,
    risk: bool = False,
) -> Explanation:
    """The trees of what is asked for; of the verdicts and the risk, if nothing is.

    ``axis`` is key_points, breadth or organisation; ``seat`` a seat in scope; ``finding`` the identity of
    one that fired, or a rule; ``figure`` a figure by its name in the result, such as
    ``departure_loss/chen.hao``, or any node by its id. ``facts`` are those the graph was built from:
    without them strengths, weights and attitudes are leaves that were given.

    Of an account nothing is known of, there is its risk and its findings. Raises InputError where more than
    one thing is asked for, UnknownRecord where there is no such axis, seat, finding or figure.
    """
    asked = [a for a in (axis, seat, finding, figure) if a is not None]
    if len(asked) + risk > 1:
        raise InputError(
            N_("More than one thing is asked for."),
            hint=N_("Ask for an axis, a seat, a finding, a figure or the risk."),
        )
    ground = Ground(graph, facts, lambda: review(graph).findings)
    if axis is not None:
        trees = _axis(ground, axis)
    elif seat is not None:
        trees = _seat(ground, seat)
    elif finding is not None:
        trees = _finding(ground, finding)
    elif figure is not None:
        trees = [_figure(ground, figure)]
    else:
        trees = _known(ground, *(["risk"] if risk else ["three_dimensional", "adequate", "risk"]))
    return Explanation(
        account=graph.account.id,
        name=graph.account.name,
        as_of=graph.as_of,
        known_at=graph.known_at,
        policy=graph.policy.label,
        trees=tuple(trees),
    )


def _known(ground: Ground, *wanted: str) -> list[Node]:
    """The nodes of these names, each once; those that are not there are left out."""
    found_ = [node for name in wanted if (node := lookup(ground, name)) is not None]
    return list(dict.fromkeys(found_))


def _axis(ground: Ground, axis: str) -> list[Node]:
    if axis not in AXES:
        raise _no_such(N_("There is no axis {asked!r}."), axis, AXES)
    _observed(ground)
    return _known(ground, f"shape/{axis}", f"meets_mode/{axis}")


def _seat(ground: Ground, seat: str) -> list[Node]:
    there = [s.id for s in ground.graph.scope]
    if seat not in there:
        raise _no_such(N_("No seat {asked!r} is in scope of this account."), seat, there)
    _observed(ground)
    name = escaped(seat)
    return _known(ground, f"key_points_part/{name}", f"survivability/{name}", f"sole_route/{name}")


def _finding(ground: Ground, finding: str) -> list[Node]:
    fired = found(ground, finding)
    if not fired:
        there = [f.identity for f in ground.findings]
        raise _no_such(N_("No finding {asked!r} fired here."), finding, there)
    return _known(ground, *("/".join(map(escaped, ("finding", *f.identity.split("/")))) for f in fired))


def _figure(ground: Ground, figure: str) -> Node:
    node = lookup(ground, figure)
    if node is None:
        kind = figure.partition("/")[0]
        there = names(ground, kind) if kind in figures(ground) else list(figures(ground))
        raise _no_such(N_("There is no figure {asked!r}."), figure, there)
    return node


def _observed(ground: Ground) -> None:
    if not ground.graph.observed:
        raise InputError(
            N_("Nothing of {account} is measured: no tie and no interaction is on record."),
            hint=N_("Ask for its findings: they say what to enter first."),
            account=ground.graph.account.name,
        )


def _no_such(template: str, asked: str, there: Sequence[str]) -> UnknownRecord:
    """The error that lists what there is, what is most alike first."""
    alike = get_close_matches(asked, there, n=3)
    every = [*alike, *(each for each in there if each not in alike)]
    more = len(every) - SHOWN
    if not every:
        return UnknownRecord(template, hint=N_("There is none."), asked=asked)
    hint = N_("There are: {there}.") if more <= 0 else N_("There are: {there} and {more} more.")
    return UnknownRecord(template, hint=hint, asked=asked, there=", ".join(every[:SHOWN]), more=more)
