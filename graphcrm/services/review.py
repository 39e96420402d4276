"""Review one account: its measures, the reasons for what is missing, and its findings."""

from graphcrm.findings.registry import find
from graphcrm.graph.account import AccountGraph
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.measures.account import measure, mode
from graphcrm.measures.reasons import reasons
from graphcrm.measures.risk import UNKNOWN_RISK
from graphcrm.records.review import Review


def review_account(facts: Facts, account: str) -> Review:
    """What the method says about an account. Raises UnknownRecord where the facts hold none of that id."""
    return review(build_graph(facts, account))


def review(graph: AccountGraph) -> Review:
    """What the method says about an account as of the graph's day, under its policy.

    An unobserved account has no measures, a risk of anything from 0 to 100, and a finding that says what
    to enter first.
    """
    measures, risk = measure(graph) if graph.observed else (None, UNKNOWN_RISK)
    return Review(
        account=graph.account.id,
        name=graph.account.name,
        currency=graph.account.currency,
        as_of=graph.as_of,
        known_at=graph.known_at,
        policy=graph.policy.label,
        mode=mode(graph),
        mode_assumed=graph.account.mode is None,
        observed=graph.observed,
        risk=risk,
        measures=measures,
        reasons=reasons(graph, measures),
        findings=find(graph, measures),
        names=_names(graph),
    )


def _names(graph: AccountGraph) -> dict[str, str]:
    """What people call the ids that occur in the result."""
    return {
        **{d.id: d.name for d in graph.departments},
        **{s.id: s.title or s.id for s in graph.seats.values()},
        **{c.id: c.name for c in graph.contacts.values()},
        **{who.contact: who.name for who in graph.leavers},
        **{e.id: e.name for e in graph.employees.values()},
    }
