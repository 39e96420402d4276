"""graphcrm: is each customer relationship three-dimensional, and on whom does it hang?

from graphcrm import Facts, build_graph, load_bundle, load_policy, review

bundle = load_bundle("portfolio.json")
facts = Facts(bundle, load_policy())
result = review(build_graph(facts, "huayue"))
result.risk, result.measures, [str(f.message) for f in result.findings]
what_if(facts, "huayue", leaves=["li"]).after.risk

An account may also be drawn by hand, as a networkx graph: see ``account_graph``.
"""

from graphcrm.bootstrap import (
    audit_partitions,
    load_bundle,
    open_archive,
    open_store,
    review_partitions,
    review_portfolio,
    share_portfolio,
)
from graphcrm.gaps.snapshot import Snapshot
from graphcrm.graph.build import build_graph
from graphcrm.graph.by_hand import account_graph
from graphcrm.graph.facts import Facts
from graphcrm.graph.scenario import Scenario
from graphcrm.graph.scenario import apply as apply_scenario
from graphcrm.measures.structure.account import structure
from graphcrm.policies import load_policy
from graphcrm.portfolio.building import columns_of
from graphcrm.portfolio.people import employee_totals, worst_pairs
from graphcrm.portfolio.screen import screen
from graphcrm.services.answer import answer
from graphcrm.services.ask import ask
from graphcrm.services.checking import check_store
from graphcrm.services.copying import copy_history
from graphcrm.services.planning import handover_plan, plan, rotation
from graphcrm.services.portfolio import portfolio_of, rank_portfolio, read_portfolio
from graphcrm.services.portfolio_sensitivity import portfolio_sensitivity
from graphcrm.services.reading import View
from graphcrm.services.review import review
from graphcrm.services.sensitivity import sensitivity
from graphcrm.services.what_if import what_if
from graphcrm.services.why import why

__all__ = [
    "Facts",
    "Scenario",
    "Snapshot",
    "View",
    "account_graph",
    "answer",
    "apply_scenario",
    "ask",
    "audit_partitions",
    "build_graph",
    "check_store",
    "columns_of",
    "copy_history",
    "employee_totals",
    "handover_plan",
    "load_bundle",
    "load_policy",
    "open_archive",
    "open_store",
    "plan",
    "portfolio_of",
    "portfolio_sensitivity",
    "rank_portfolio",
    "read_portfolio",
    "review",
    "review_partitions",
    "review_portfolio",
    "rotation",
    "screen",
    "sensitivity",
    "share_portfolio",
    "structure",
    "what_if",
    "why",
    "worst_pairs",
]
