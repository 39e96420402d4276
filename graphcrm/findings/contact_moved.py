"""contact_moved: a supporter left a seat here lately and holds one elsewhere: a door opens there."""

from graphcrm.errors import N_
from graphcrm.findings.rule import FactRule, Hit, Looked
from graphcrm.graph.account import AccountGraph


def _look(graph: AccountGraph) -> Looked:
    hits = [
        Hit(
            (who.contact, who.seat),
            {"contact": who.name},
            {"left_on": who.left_on.isoformat(), "now_at": list(who.now_at), "attitude": who.attitude},
        )
        for who in graph.leavers
        if who.now_at and who.attitude in graph.policy.supportive
    ]
    return Looked(len(graph.leavers), hits)


RULE = FactRule(
    "contact_moved",
    "info",
    N_("{contact} supported us here and is somewhere else now: follow, and replace."),
    _look,
)
