"""graphcrm: is each customer relationship three-dimensional, and on whom does it hang?

from graphcrm import Facts, build_graph, load_bundle, load_policy, review

bundle = load_bundle("portfolio.json")
facts = Facts(bundle, load_policy())
result = review(build_graph(facts, "huayue"))
result.risk, result.measures, [str(f.message) for f in result.findings]
"""

from graphcrm.bootstrap import load_bundle, open_store
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.policies import load_policy
from graphcrm.services.answer import answer
from graphcrm.services.review import review
from graphcrm.services.what_if import what_if
from graphcrm.services.why import why

__all__ = [
    "Facts",
    "answer",
    "build_graph",
    "load_bundle",
    "load_policy",
    "open_store",
    "review",
    "what_if",
    "why",
]
