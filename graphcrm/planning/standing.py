"""How an account stands: what a plan is judged by (section 11)."""

from graphcrm.graph.account import AccountGraph
from graphcrm.measures.account import mode
from graphcrm.measures.account_risk import account_risk
from graphcrm.measures.verdict import axis_values, judge
from graphcrm.records.plan import Standing


def standing(graph: AccountGraph) -> Standing | None:
    """Axes, verdicts and risk, as the review states them, without what a plan does not need of it.

    None where nothing is observed.
    """
    if not graph.observed:
        return None
    axes = axis_values(graph)
    judged = judge(graph, axes, mode(graph))
    return Standing(
        key_points=axes.key_points,
        key_points_floor=axes.floor,
        breadth=axes.breadth,
        organisation=axes.organisation,
        three_dimensional=judged.three_dimensional,
        robustly_three_dimensional=judged.robustly_three_dimensional,
        adequate=judged.adequate,
        robustly_adequate=judged.robustly_adequate,
        risk=account_risk(graph),
    )
