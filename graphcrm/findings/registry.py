"""The registry of rules (method, section 12), most severe first."""

from graphcrm.findings import (
    attitude_unknown,
    contact_moved,
    decider_unknown,
    decider_unreached,
    department_unreached,
    fading_tie,
    key_seat_vacant,
    level_unknown,
    levels_unmatched,
    no_organisational_tie,
    nothing_known,
    opponent_decides,
    role_unknown,
    single_threaded_decider,
    star_employee,
)
from graphcrm.findings.rule import FactRule, MeasureRule
from graphcrm.graph.account import AccountGraph
from graphcrm.records.finding import Finding
from graphcrm.records.review import Measures

RULES: tuple[FactRule | MeasureRule, ...] = (
    nothing_known.RULE,
    decider_unknown.RULE,
    decider_unreached.RULE,
    single_threaded_decider.RULE,
    opponent_decides.RULE,
    star_employee.RULE,
    key_seat_vacant.RULE,
    department_unreached.RULE,
    fading_tie.RULE,
    levels_unmatched.RULE,
    no_organisational_tie.RULE,
    contact_moved.RULE,
    attitude_unknown.RULE,
    role_unknown.RULE,
    level_unknown.RULE,
)


def find(graph: AccountGraph, measures: Measures | None) -> tuple[Finding, ...]:
    """Every finding in an account, in the order of the registry; ``measures`` None is unobserved."""
    return tuple(finding for rule in RULES for finding in rule.find(graph, measures))
