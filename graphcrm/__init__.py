"""graphcrm: is each customer relationship three-dimensional, and on whom does it hang?

from graphcrm import Facts, build_graph, load_bundle, load_policy, review

bundle = load_bundle("portfolio.json")
facts = Facts(bundle, load_policy())
result = review(build_graph(facts, "huayue"))
result.risk, result.measures, [str(f.message) for f in result.findings]
"""

from graphcrm.bootstrap import load_bundle, open_store, review_portfolio
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.policies import load_policy
from graphcrm.portfolio.building import columns_of
from graphcrm.portfolio.people import employee_totals, worst_pairs
from graphcrm.portfolio.screen import screen
from graphcrm.services.answer import answer
from graphcrm.services.portfolio import portfolio_of, rank_portfolio, read_portfolio
from graphcrm.services.reading import View
from graphcrm.services.review import review
from graphcrm.services.what_if import what_if

__all__ = [
    "Facts",
    "View",
    "answer",
    "build_graph",
    "columns_of",
    "employee_totals",
    "load_bundle",
    "load_policy",
    "open_store",
    "portfolio_of",
    "rank_portfolio",
    "read_portfolio",
    "review",
    "review_portfolio",
    "screen",
    "what_if",
    "worst_pairs",
]
