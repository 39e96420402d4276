"""The full review of one account, in units of one Dijkstra over its routes.

The unit is ``nx.single_source_dijkstra_path_length`` over the graph that the naive script (shared,
``bench/naive.py``) builds of the same account. The script's price of every departure must equal ours to
nine decimals first. Building the account graph, strengths with it, is timed apart, and so is what searches.
"""

import importlib.util
import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import networkx as nx

from graphcrm import Facts, build_graph, load_policy, plan, structure
from graphcrm.graph.account import AccountGraph
from graphcrm.graph.reach import leg
from graphcrm.measures.bus_factor import bus_factor
from graphcrm.measures.departure import departure_loss
from graphcrm.measures.structure.worst_departures import worst_departures
from graphcrm.measures.survivability import survivability
from graphcrm.records.bundle import Bundle
from graphcrm.services.review import review

SEED, REPEATS, EQUAL = 20260630, 5, 1e-9
CONTACTS, EMPLOYEES = 200, 60
LEADERS, UNKNOWN = 4, 0.1
DAY = date(2026, 6, 30)
NAIVE = Path(__file__).parents[2] / "shared" / "bench" / "naive.py"


def sample(contacts: int, employees: int, randomness: random.Random, *, unknown: float = UNKNOWN) -> Facts:
    """An account of four levels, mechanisms, ties with a heavy tail, and such a share of facts unknown."""
    people = range(contacts)

    def seat(n: int) -> dict[str, Any]:
        level = 1 if n < LEADERS else 2 if n < contacts // 8 else 3 if n < contacts // 2 else 4
        known = randomness.random() >= unknown
        roles = ("decider", "approver", "influencer", "contributor", "user", "evaluator")
        return {
            "id": f"s{n:03}", "account": "a", "department": f"d{n % 12:02}", "level": level,
            **({"roles": [randomness.choice(roles)]} if known else {}),
            **({"reports_to": f"s{randomness.randrange(max(1, n // 4)):03}"} if n else {}),
        }  # fmt: skip

    def circle() -> int:
        """How many contacts somebody knows: a heavy tail."""
        return min(contacts, max(3, int(randomness.paretovariate(1.2) * 8)))

    holders = ("person", "person", "firm", "unknown" if unknown else "firm")

    def tie(m: int, n: int) -> dict[str, Any]:
        known = randomness.random() >= unknown
        assessed = DAY - timedelta(days=randomness.randrange(700))
        level = {"level": round(randomness.uniform(0.1, 1), 3), "assessed_on": assessed.isoformat()}
        return {
            "employee": f"e{m:02}", "contact": f"p{n:03}", **(level if known else {}),
            "trust_holder": randomness.choice(holders),
        }  # fmt: skip

    attitudes = ("opponent", "neutral", "supporter", "strong_supporter", "coach")
    bundle = {
        "as_of": DAY.isoformat(),
        "accounts": [{"id": "a", "name": "A", "mode": "enterprise", "annual_revenue": 1e6}],
        "departments": [{"id": f"d{n:02}", "account": "a", "name": f"D{n}"} for n in range(12)],
        "seats": [seat(n) for n in people],
        "contacts": [{"id": f"p{n:03}", "name": f"P{n}"} for n in people],
        "holdings": [{"contact": f"p{n:03}", "seat": f"s{n:03}"} for n in people],
        "employees": [
            {"id": f"e{m:02}", "name": f"E{m}", "level": 1 + m % 4,
             "captured": randomness.random() >= unknown}
            for m in range(employees)
        ],
        "ties": [
            tie(m, n)
            for m in range(employees)
            for n in randomness.sample(people, circle())
        ],
        "assertions": [
            {"subject": f"p{n:03}", "attribute": "attitude", "value": randomness.choice(attitudes),
             "valid_from": DAY.isoformat()}
            for n in people
            if randomness.random() >= unknown
        ],
        "mechanisms": [
            {"id": f"m{n}", "account": "a", "kind": kind, "our_owners": [f"e{n:02}"], "cadence_days": 90,
             "held": [DAY.isoformat()]}
            for n, kind in enumerate(("executive_sponsorship", "steering_committee", "framework_agreement"))
        ],
    }  # fmt: skip
    return Facts(Bundle.model_validate_json(json.dumps(bundle)), load_policy())


def naive_account(graph: AccountGraph) -> dict[str, Any]:
    """The proven live strengths of an account in the rows the naive script takes."""
    holders = {s.id: s.holder for s in graph.seats.values() if s.holder is not None}
    return {
        "ties": [
            (employee, seat, strength)
            for seat, holder in holders.items()
            for employee, tie in graph.ties[holder].items()
            if (strength := leg(tie, graph, "low"))
        ],
        "firm": [
            (seat, strength)
            for seat, holder in holders.items()
            if (strength := leg(graph.firm.get(holder), graph, "low"))
        ],
        "influence": [
            (gate, s, strength) for s, gates in graph.gates.items() for gate, strength in gates.items()
        ],
        "weights": {s.id: s.weight.low for s in graph.scope},
    }


def naive_script() -> ModuleType | None:
    """The shared script, read in place; None where it is not there."""
    spec = importlib.util.spec_from_file_location("naive", NAIVE)
    if not NAIVE.exists() or spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def seconds(function: Callable[[AccountGraph], object], graph: AccountGraph) -> float:
    """How long it takes on a graph that nothing was read off yet."""
    fresh = replace(graph)
    start = time.perf_counter()
    function(fresh)
    return time.perf_counter() - start


def in_units(
    function: Callable[[AccountGraph], object], unit: Callable[[AccountGraph], object], graph: AccountGraph
) -> float:
    """How many units a function takes: the shortest of a few runs of each, in turn."""
    times = [
        (seconds(function, graph), *(seconds(unit, graph) for _ in range(REPEATS))) for _ in range(REPEATS)
    ]
    return min(t[0] for t in times) / min(one for t in times for one in t[1:])


def check(naive: ModuleType) -> None:
    """Stop unless the script's losses are ours, with nothing unknown: the script has no intervals."""
    graph = build_graph(sample(CONTACTS, EMPLOYEES, random.Random(SEED), unknown=0), "a")
    theirs = naive.departure_losses(naive_account(graph))
    for employee, loss in departure_loss(graph).items():
        expected = theirs.get(employee, 0.0)
        if loss is None or max(abs(loss.low - expected), abs(loss.high - expected)) > EQUAL:
            raise SystemExit(f"losses differ for {employee}: {loss} and {expected}")


def main() -> None:
    """Check, then print each part in units of one Dijkstra."""
    naive = naive_script()
    if naive is None:
        print("account: skipped, because ../shared/bench/naive.py is not there")
        return
    check(naive)
    facts = sample(CONTACTS, EMPLOYEES, random.Random(SEED))
    graph = build_graph(facts, "a")
    rows = naive_account(graph)
    routes = naive.build(rows)

    def unit(_: AccountGraph) -> object:
        return nx.single_source_dijkstra_path_length(routes, naive.US, weight="distance")

    parts: Mapping[str, Callable[[AccountGraph], object]] = {
        "building the account graph, with strengths": lambda _: build_graph(facts, "a"),
        "the whole review": review,
        "of it survivability": survivability,
        "of it the bus factor": bus_factor,
        "worst pairs": lambda fresh: worst_departures(fresh, 2),
        "worst triples": lambda fresh: worst_departures(fresh, 3),
        "the whole structure": structure,
        "a plan of five ties": lambda fresh: plan(fresh, budget=5),
        "every departure priced": departure_loss,
        "the same by the naive script": lambda _: naive.departure_losses(rows),
    }
    ties = len(rows["ties"])
    print(f"account: {CONTACTS} contacts, {EMPLOYEES} employees, {ties} live ties")
    print("  in units of one Dijkstra over its routes:")
    for title, function in parts.items():
        print(f"  {title:44} {in_units(function, unit, graph):8.1f}")


if __name__ == "__main__":
    main()
