"""Ask: what to find out about one account, what narrows its risk most first."""

from graphcrm.findings.registry import find
from graphcrm.gaps.questions import Track, questions, width
from graphcrm.graph.account import AccountGraph
from graphcrm.graph.facts import Facts
from graphcrm.measures.account_risk import account_risk
from graphcrm.records.question import Questions


def ask(graph: AccountGraph, facts: Facts | None = None, track: Track = iter) -> Questions:
    """The unknown facts of an account as questions, with whom to ask and what each answer would do.

    ``facts`` are those the graph was built from: they name everybody of ours whom one may ask. A graph made
    by hand has none, and then who is on it is asked. ``track`` wraps the unknown facts to show progress.
    """
    risk = account_risk(graph)
    return Questions(
        account=graph.account.id,
        name=graph.account.name,
        as_of=graph.as_of,
        known_at=graph.known_at,
        policy=graph.policy.label,
        observed=graph.observed,
        risk=risk,
        width=width(risk),
        first=None if graph.observed else _first(graph),
        questions=questions(graph, facts, track),
    )


def _first(graph: AccountGraph) -> str:
    """What to enter first where nothing is known: the finding says it."""
    (found,) = (finding for finding in find(graph, None) if finding.rule == "nothing_known")
    return found.says
