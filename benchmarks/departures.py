"""Pricing every departure of an account: two labels per seat against removal and recomputation.

The other side is the script one would write with networkx: copy the graph without the employee, run
Dijkstra on ``distance`` = −ln strength again, add up. Losses must agree to nine decimals first.
"""

import json
import random
import time
from collections.abc import Callable
from datetime import date
from math import exp, fsum, log

import networkx as nx

from graphcrm import Facts, build_graph, load_policy
from graphcrm.graph.account import AccountGraph
from graphcrm.graph.reach import doors, leg
from graphcrm.measures.departure import departure_loss
from graphcrm.records.bundle import Bundle

SEED, REPEATS, EQUAL = 20260630, 5, 1e-9
SIZES = ((10, 5), (30, 12), (100, 40))
DAY = date(2026, 6, 30)


def sample(seats: int, employees: int, randomness: random.Random) -> AccountGraph:
    """An account of so many occupied seats in a reporting tree, everybody knowing a sixth of them."""
    numbers = range(seats)
    bundle = {
        "as_of": DAY.isoformat(),
        "accounts": [{"id": "a", "name": "A"}],
        "seats": [
            {
                "id": f"s{n}",
                "account": "a",
                "level": 1 + n % 4,
                "roles": [randomness.choice(("decider", "approver", "influencer", "contributor"))],
                **({"reports_to": f"s{randomness.randrange(n)}"} if n else {}),
            }
            for n in numbers
        ],
        "contacts": [{"id": f"p{n}", "name": f"P{n}"} for n in numbers],
        "holdings": [{"contact": f"p{n}", "seat": f"s{n}"} for n in numbers],
        "employees": [{"id": f"e{m}", "name": f"E{m}", "captured": True} for m in range(employees)],
        "ties": [
            {
                "employee": f"e{m}",
                "contact": f"p{n}",
                "level": round(randomness.uniform(0.1, 1), 3),
                "assessed_on": DAY.isoformat(),
                "trust_holder": randomness.choice(("person", "firm")),
            }
            for m in range(employees)
            for n in randomness.sample(numbers, max(1, seats // 6))
        ],
    }
    facts = Facts(Bundle.model_validate_json(json.dumps(bundle)), load_policy())
    return build_graph(facts, "a")


def naive_losses(graph: AccountGraph) -> dict[str, float]:
    """{employee: share of Σ w·R that leaves}, by copying, removing and running Dijkstra again."""
    routes: nx.DiGraph[tuple[str, str]] = nx.DiGraph()
    us = ("us", "")
    for contact, ties in graph.ties.items():
        for employee, tie in ties.items():
            if strength := leg(tie, graph, "low"):
                routes.add_edge(us, ("employee", employee), distance=0.0)
                routes.add_edge(("employee", employee), ("contact", contact), distance=-log(strength) + 0.0)
        if strength := leg(graph.firm.get(contact), graph, "low"):
            routes.add_edge(us, ("firm", ""), distance=0.0)
            routes.add_edge(("firm", ""), ("contact", contact), distance=-log(strength) + 0.0)
    for seat in graph.scope:
        for holder, factor in doors(graph, seat):
            routes.add_edge(("contact", holder), ("seat", seat.id), distance=-log(factor) + 0.0)

    def total(network: "nx.DiGraph[tuple[str, str]]") -> float:
        far = nx.single_source_dijkstra_path_length(network, us, weight="distance")
        return fsum(s.weight.low * exp(-far[("seat", s.id)]) for s in graph.scope if ("seat", s.id) in far)

    whole, losses = total(routes), {}
    for employee in graph.concerned:
        without = routes.copy()
        if ("employee", employee) in without:
            without.remove_node(("employee", employee))
        losses[employee] = (whole - total(without)) / whole
    return losses


def best(function: Callable[[], object]) -> float:
    """The shortest of a few runs, in seconds."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Compare on accounts of three sizes."""
    randomness = random.Random(SEED)
    print("departures: two labels against removal and Dijkstra (times as fast; equal losses checked)")
    for seats, employees in SIZES:
        graph = sample(seats, employees, randomness)
        ours, naive = departure_loss(graph), naive_losses(graph)
        for employee, loss in ours.items():
            if loss is None or abs(loss.low - naive[employee]) > EQUAL:
                raise SystemExit(f"losses differ for {employee}: {loss} and {naive[employee]}")
        ratio = best(lambda g=graph: naive_losses(g)) / best(lambda g=graph: departure_loss(g))
        print(f"  {seats:4} seats, {employees:3} employees: {ratio:6.1f}")


if __name__ == "__main__":
    main()
