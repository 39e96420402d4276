"""The method once more, from its text alone and without thought for speed: a second opinion.

Every departure is a removal and recomputation, every share with uncertain weights tries every corner,
the bus factor every subset, the routes a maximum flow. Nothing here knows graphcrm; data are plain JSON.
"""

from datetime import date
from itertools import combinations, product
from math import prod
from typing import Any

import networkx as nx
from brute_force_world import FIRM, World

TARGET = {1: 1, 2: 0.8, 3: 0.5}
STANDARD = {
    "transactional": (0.3, 0, 0.15, 0),
    "consultative": (0.5, 0.3, 0.4, 0.25),
    "enterprise": (0.6, 0.4, 0.5, 0.5),
}
ORDER = ["no", "possible", "proven"]


def brute_force(document: dict[str, Any], account: str, *, known_at: str | None = None) -> dict[str, Any]:
    """Every key of section 13 for one account, as in the golden files."""
    return Measured(document, account, known_at).result()


class Measured(World):
    """What the method says of it."""

    # Section 5

    def corners(self, weights: Any) -> Any:
        """Every way to put each weight at one of its ends."""
        names = sorted(weights)
        for values in product(*(sorted(set(weights[s])) for s in names)):
            yield dict(zip(names, values, strict=True))

    def shares(self, part: Any, whole: Any, weights: Any = None) -> Any:
        """Every Σ w·part / Σ w·whole over the corners that have a denominator."""
        found = []
        for w in self.corners(self.weight if weights is None else weights):
            denominator = sum(w[s] * whole[s] for s in w)
            if denominator > 0:
                found.append(sum(w[s] * part[s] for s in w) / denominator)
        return found

    def interval(self, low_shares: Any, high_shares: Any) -> Any:
        """The least of the low world and the greatest of the high; None if neither has any."""
        if not low_shares and not high_shares:
            return None
        return [min(low_shares, default=0.0), max(high_shares, default=0.0)]

    # Section 6

    def axes(self, without: Any = ()) -> Any:
        """(key points, floor, breadth, organisation), rounded, and the elements, when somebody has left."""
        supported = {}
        for end in ("low", "high"):
            reached = self.reach(self.legs(end, without=without))
            supported[end] = {s: reached[s] * self.support(s, end) for s in self.scope}
        one = dict.fromkeys(self.scope, 1.0)
        key = [0.0, 1.0]
        if any(low > 0 for low, _ in self.weight.values()):
            key = [min(self.shares(supported["low"], one)), max(self.shares(supported["high"], one))]
        deciders = [s for s in self.scope if self.decides(s)]
        perhaps = [s for s in self.scope if self.seats[s].get("roles") is None]
        floor = [0.0, 1.0]
        if deciders:
            floor = [
                min(supported["low"][s] for s in deciders + perhaps),
                min(supported["high"][s] for s in deciders),
            ]
        elements = self.elements(without)
        organisation = [sum(e[n] for e in elements.values()) / 4 for n in (0, 1)]
        return tuple(rounded(v) for v in (key, floor, self.breadth(without), organisation)), elements

    def met_in_person(self, seat: Any, end: Any, without: Any = ()) -> Any:
        return {
            who for who, p in self.legs(end, without=without) if who != FIRM and self.holder.get(seat) == p
        }

    def breadth(self, without: Any) -> Any:
        groups = {
            d: (m, [s for s in self.own if self.seats[s].get("department") == d])
            for d, m in self.departments.items()
        }
        loose = [s for s in self.own if self.seats[s].get("department") not in self.departments]
        if loose:
            groups[None] = (1, loose)
        total = sum(m for m, _ in groups.values())
        if not total:
            return [0.0, 1.0]
        ends = []
        for end in ("low", "high"):
            score = 0.0
            for m, seats in groups.values():
                cells = {}
                for s in seats:
                    cells.setdefault(self.seats[s].get("level"), []).append(
                        bool(self.met_in_person(s, end, without))
                    )
                parts = [
                    min(1.0, sum(cell) / len(cell) / (1.0 if level is None else TARGET.get(level, 0.2)))
                    for level, cell in cells.items()
                ]
                score += m * (sum(parts) / len(parts) if parts else 0.0)
            ends.append(score / total)
        return ends

    def elements(self, without: Any = ()) -> Any:
        there = self.present - set(without)
        nothing = [0.0, 0.0] if self.account.get("mechanisms_complete") else [0.0, 1.0]
        carried = [m for m in self.mechanisms if not m.get("our_owners") or there & set(m["our_owners"])]
        regular = [m for m in self.mechanisms if m.get("cadence_days") is not None]
        lately = [
            m
            for m in carried
            if m.get("cadence_days") is not None
            and any(
                0 <= (self.t - date.fromisoformat(h)).days <= 1.5 * m["cadence_days"]
                for h in m.get("held", [])
            )
        ]
        named = {m.get("stage") for m in carried}
        agreed = any(m["kind"] in ("strategic_agreement", "framework_agreement") for m in self.mechanisms)
        return {
            "communication": [len(lately) / len(regular)] * 2 if regular else nothing,
            "matching": self.matching(without),
            "joint_work": [sum(s in named for s in self.stages) / len(self.stages)] * 2
            if self.stages
            else nothing,
            "recognition": [1.0, 1.0] if agreed else nothing,
        }

    def matching(self, without: Any) -> Any:
        top = [s for s in self.own if self.seats[s].get("level") in (1, 2)]
        if not top:
            return [0.0, 1.0]
        ends = []
        for end in ("low", "high"):
            flow = nx.DiGraph()
            flow.add_nodes_from(("source", "sink"))
            for s in top:
                flow.add_edge("source", ("seat", s), capacity=1)
                for e in self.met_in_person(s, end, without):
                    level = self.employees[e].get("level")
                    if (level is None and end == "high") or (
                        level is not None and abs(level - self.seats[s]["level"]) <= 1
                    ):
                        flow.add_edge(("seat", s), ("employee", e), capacity=1)
                        flow.add_edge(("employee", e), "sink", capacity=1)
            ends.append(min(1.0, nx.maximum_flow_value(flow, "source", "sink") / min(4, len(top))))
        return ends

    # Section 7

    def verdict(self, axes: Any, standard: Any) -> Any:
        def one(value: Any, threshold: Any) -> Any:
            return "proven" if value[0] >= threshold else "possible" if value[1] >= threshold else "no"

        key, floor, breadth, organisation = (
            one(v, t) for v, t in zip(axes, STANDARD[standard], strict=True)
        )
        return {
            "key_points": min(key, floor, key=ORDER.index),
            "breadth": breadth,
            "organisation": organisation,
        }

    # Section 8

    def concerned(self) -> Any:
        """Present employees with a tie to, or interaction with, a holder in scope or of a gate to one."""
        doors = {p for s in self.scope for p, _, _ in self.doors(s, self.holder)}
        return sorted({e for e, p in self.pairs if e in self.present and p in doors})

    def loss(self, e: Any) -> Any:
        def world(own: Any, others: Any) -> Any:
            legs = {k: s for k, s in self.legs(others).items() if k[0] != e}
            mine = {k: s for k, s in self.legs(own).items() if k[0] == e}
            before, after = self.reach({**legs, **mine}), self.reach(legs)
            return self.shares({s: before[s] - after[s] for s in before}, before)

        return self.interval(world("low", "high"), world("high", "low"))

    def contact_loss(self, p: Any) -> Any:
        def world(own: Any, others: Any) -> Any:
            legs = {k: s for k, s in self.legs(others).items() if k[1] != p}
            legs |= {k: s for k, s in self.legs(own).items() if k[1] == p}
            gone = {s: q for s, q in self.holder.items() if q != p}
            full, before, after = self.reach(self.legs(own)), self.reach(legs), self.reach(legs, gone)
            held = {s for s in self.scope if self.holder.get(s) == p}
            u = {s: full[s] if s in held else before[s] for s in self.scope}
            v = {s: full[s] if s in held else before[s] - after[s] for s in self.scope}
            return self.shares(v, u)

        return self.interval(world("low", "high"), world("high", "low"))

    def fade(self) -> Any:
        r = {(w, n): self.reach(self.legs(n, w)) for w in ("now", "later") for n in ("low", "high")}
        u_high = r["now", "high"]
        v_high = {s: u_high[s] - r["later", "low"][s] for s in self.scope}
        u_low = {
            s: max(r["now", "low"][s], min(r["now", "high"][s], r["later", "high"][s])) for s in self.scope
        }
        v_low = {s: max(0.0, u_low[s] - r["later", "high"][s]) for s in self.scope}
        return self.interval(self.shares(v_low, u_low), self.shares(v_high, u_high))

    def uncovered(self) -> Any:
        if not any(self.decides(s) and self.weight[s][0] > 0 for s in self.scope):
            return [0.0, 1.0]
        weights = {s: self.weight[s] for s in self.scope if self.decides(s)}
        weights |= {s: (0.0, self.weight[s][1]) for s in self.scope if self.seats[s].get("roles") is None}
        ends = []
        for end, doubt in (("high", False), ("low", True)):
            reached = self.reach(self.legs(end))
            bare = {}
            for s in weights:
                attitude = self.attitude[self.holder[s]] if s in self.holder else "vacant"
                opposed = doubt if attitude is None else attitude == "opponent"
                bare[s] = float(reached[s] == 0 or opposed)
            ends.append(self.shares(bare, dict.fromkeys(weights, 1.0), weights))
        return [min(ends[0]), max(ends[1])]

    def sole_routes(self) -> Any:
        now = self.reach(self.legs("low"))
        found = {}
        for e in sorted(self.present):
            gone = self.reach(self.legs("low", without=(e,)))
            found |= {s: e for s in self.scope if now[s] > 0 and gone[s] == 0}
        return found

    # Section 10

    def survivability(self, seat: Any, end: Any) -> Any:
        flow = nx.DiGraph()
        flow.add_nodes_from(("source", "sink"))
        for contact, _, gate in self.doors(seat, self.holder):
            for who, p in self.legs(end):
                if p == contact and who != FIRM:
                    flow.add_edge("source", (who, "in"), capacity=1)
                    flow.add_edge((who, "in"), (who, "out"), capacity=1)
                    if gate is None:
                        flow.add_edge((who, "out"), "sink", capacity=1)
                    else:
                        flow.add_edge((who, "out"), (gate, "gate in"), capacity=1)
                        flow.add_edge((gate, "gate in"), (gate, "gate out"), capacity=1)
                        flow.add_edge((gate, "gate out"), "sink", capacity=1)
        return nx.maximum_flow_value(flow, "source", "sink")

    def bus_factor(self) -> Any:
        def held(gone: Any) -> Any:
            reached = self.reach(self.legs("low", without=gone))
            return sum(self.weight[s][0] for s in self.scope if reached[s] > 0)

        today, people = held(()), sorted({who for who, _ in self.legs("low") if who != FIRM})
        for size in range(1, len(people) + 1):
            if any(held(gone) < today / 2 - 1e-9 for gone in combinations(people, size)):
                return size
        return None

    def hhi(self) -> Any:
        legs = self.legs("low")
        held = {
            e: sum(self.weight[s][0] * legs.get((e, self.holder.get(s)), 0.0) for s in self.scope)
            for e in self.present
        }
        total = sum(held.values())
        return round(sum((h / total) ** 2 for h in held.values()), 6) if total else None

    # Section 9

    def risks(
        self, dependence: Any, contact_losses: Any, fade: Any, uncovered: Any, organisation: Any
    ) -> Any:
        total = {}
        for n, end in enumerate(("low", "high")):
            reached = self.reach(self.legs(end))
            total[end] = sum(self.weight[s][n] * reached[s] for s in self.scope)
        known = [c for c in contact_losses if c is not None]
        worst = [max(c[n] for c in known) for n in (0, 1)] if known else None
        parts = {"dependence": (dependence, 30), "contact_departure": (worst, 20), "fading": (fade, 15)}
        found = {}
        for name, (value, full) in parts.items():
            if total["high"] == 0:
                found[name] = [full, full]
            elif total["low"] == 0:
                found[name] = [0.0, full]
            else:
                found[name] = [full * v for v in value]
        found["uncovered_deciders"] = [20 * v for v in uncovered]
        found["organisation"] = [15 * (1 - organisation[1]), 15 * (1 - organisation[0])]
        return found

    def result(self) -> Any:
        in_scope = {self.holder[s] for s in self.scope if s in self.holder}
        if not any(p in in_scope for _, p in self.pairs):
            return {"observed": False, "risk": [0.0, 100.0]}
        axes, elements = self.axes()
        losses = {e: self.loss(e) for e in self.concerned()}
        contact_losses = {p: self.contact_loss(p) for p in sorted(in_scope)}
        known = [v for v in losses.values() if v is not None]
        reach = {end: self.reach(self.legs(end)) for end in ("low", "high")}
        dependence = [max(v[n] for v in known) for n in (0, 1)] if known else None
        if not losses and any(r > 0 for r in reach["high"].values()):
            dependence = [0.0, 0.0]
        fade, uncovered = self.fade(), self.uncovered()
        organisation = [sum(e[n] for e in elements.values()) / 4 for n in (0, 1)]
        risks = self.risks(dependence, contact_losses.values(), fade, uncovered, organisation)
        revenue = self.account.get("annual_revenue")

        owners = {o for m in self.mechanisms for o in m.get("our_owners", [])}
        leavers = sorted(set(losses) | (owners & self.present))
        mode = self.account.get("mode", "consultative")
        now = {n: self.verdict(axes, n) for n in ("enterprise", mode)}
        then = {n: [self.verdict(self.axes((e,))[0], n) for e in leavers] or [now[n]] for n in now}
        after = {n: {a: min((v[a] for v in then[n]), key=ORDER.index) for a in now[n]} for n in now}

        def weakest(*verdicts: Any) -> Any:
            return min((v for axes in verdicts for v in axes.values()), key=ORDER.index)

        return {
            "observed": True,
            "key_points": axes[0],
            "key_points_floor": axes[1],
            "breadth": axes[2],
            "organisation": axes[3],
            "organisation_elements": {k: rounded(v) for k, v in elements.items()},
            "reach": {end: {s: round(r, 6) for s, r in reach[end].items()} for end in reach},
            "departure_loss": {e: rounded(v) for e, v in losses.items()},
            "dependence": rounded(dependence),
            "contact_loss": {p: rounded(v) for p, v in contact_losses.items()},
            "fade_90": rounded(fade),
            "uncovered": rounded(uncovered),
            "ownership_hhi": self.hhi(),
            "bus_factor": self.bus_factor(),
            "survivability": {s: [self.survivability(s, n) for n in ("low", "high")] for s in self.scope},
            "sole_route": self.sole_routes(),
            "shape": now["enterprise"],
            "shape_after_any_departure": after["enterprise"],
            "meets_mode": now[mode],
            "meets_mode_after_any_departure": after[mode],
            "three_dimensional": weakest(now["enterprise"]),
            "robustly_three_dimensional": weakest(now["enterprise"], after["enterprise"]),
            "adequate": weakest(now[mode]),
            "robustly_adequate": weakest(now[mode], after[mode]),
            "risk_contributions": {k: rounded(v) for k, v in risks.items()},
            "risk": rounded([sum(r[n] for r in risks.values()) for n in (0, 1)]),
            "revenue_at_risk": None
            if revenue is None
            else {
                e: rounded([prod((revenue, v[0], 0.132)), prod((revenue, v[1], 0.176))])
                for e, v in losses.items()
                if v is not None
            },
        }


def rounded(interval: Any) -> Any:
    return None if interval is None else [round(v, 6) + 0.0 for v in interval]
