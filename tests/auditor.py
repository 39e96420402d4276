"""An auditor who has an explanation's JSON and the words of its operators, and none of our code.

Each function computes a node's value from the values of its children, from the formula as documented.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from itertools import combinations, permutations, product
from math import exp, prod
from typing import Any

Json = Any
Node = dict[str, Any]
ORDER = ("no", "possible", "proven")
LEAVES = {"record", "policy", "date", "nothing", "given"}
CLOSE = 1e-9


def numbers(values: list[Json]) -> list[list[float]]:
    return [v for v in values if isinstance(v, list) and len(v) == 2 and not isinstance(v[0], str)]


def verdicts(values: list[Json]) -> list[str]:
    return [v for v in values if isinstance(v, str) and v in ORDER]


def parts(values: list[Json]) -> list[Json]:
    return [v for v in values if isinstance(v, dict)]


def ends(function: Callable[[list[float]], float]) -> Callable[[list[Json]], Json]:
    def of(values: list[Json]) -> Json:
        known = numbers(values)
        return [function([n[i] for n in known]) for i in (0, 1)] if known else None

    return of


def share_of(verdict: str) -> list[int]:
    return {"proven": [1, 1], "possible": [0, 1], "no": [0, 0]}[verdict]


def corner_shares(values: list[Json], end: int) -> list[float]:
    """Every Σ w·v / Σ w·u with each weight at one of its ends: the extremes are among these."""
    found = []
    counting = [p for p in parts(values) if p["whole"][end] > 0 and p["weight"][1] > 0]
    for weights in product(*(sorted(set(p["weight"])) for p in counting)):
        whole = sum(w * p["whole"][end] for w, p in zip(weights, counting, strict=True))
        if whole > 0:
            found.append(sum(w * p["part"][end] for w, p in zip(weights, counting, strict=True)) / whole)
    return found


def least_share(values: list[Json]) -> Json:
    found = corner_shares(values, 0)
    return [min(found)] * 2 if found else None


def greatest_share(values: list[Json]) -> Json:
    found = corner_shares(values, 1)
    return [max(found)] * 2 if found else None


def share(values: list[Json]) -> Json:
    low, high = least_share(values), greatest_share(values)
    return None if low is None or high is None else [low[0], high[1]]


def weighted_mean(values: list[Json]) -> Json:
    return share(values) if any(p["weight"][0] > 0 for p in parts(values)) else [0, 1]


def between(values: list[Json]) -> Json:
    low, high = values
    return None if low is None and high is None else [low[0] if low else 0, high[0] if high else 0]


def matching(values: list[Json]) -> Json:
    def size(allowed: set[str]) -> int:
        joined = {(p["left"], p["right"]) for p in parts(values) if p["holds"] in allowed}
        lefts, rights = sorted({a for a, _ in joined}), sorted({b for _, b in joined})
        best = 0
        for n in range(min(len(lefts), len(rights)), 0, -1):
            for some in combinations(lefts, n):
                if any(
                    all(p in joined for p in zip(some, r, strict=True)) for r in permutations(rights, n)
                ):
                    return n
        return best

    return [size({"proven"}), size({"proven", "possible"})]


def only_one(values: list[Json]) -> Json:
    lefts = [p["left"] for p in parts(values) if p["holds"] == "proven"]
    return lefts if len(lefts) == 1 and lefts[0] else None


def carried(values: list[Json]) -> Json:
    lefts = [p["left"] for p in parts(values) if p["holds"] == "proven"]
    return {"weight": numbers(values)[0], "by": None if "" in lefts else lefts}


def fewest_for_half(values: list[Json]) -> Json:
    seats = [(p["weight"][0], p["by"]) for p in parts(values)]
    whole = sum(w for w, _ in seats)
    if whole == 0 or sum(w for w, by in seats if by is None) >= whole / 2 - CLOSE:
        return None
    people = sorted({e for _, by in seats for e in by or ()})
    for size in range(1, len(people) + 1):
        for gone in combinations(people, size):
            stays = sum(w for w, by in seats if by is None or set(by) - set(gone))
            if stays < whole / 2 - CLOSE:
                return [size, size]
    raise AssertionError("everybody together carries all")


def days_between(values: list[Json]) -> Json:
    end, start = values
    if "T" in end:
        seconds = (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()
        return [seconds / 86_400] * 2
    return [(date.fromisoformat(end) - date.fromisoformat(start)).days] * 2


def half_life(values: list[Json]) -> Json:
    age, half = values
    return [1.0, 1.0] if half is None else [2 ** (-age[0] / half[0])] * 2


def faded(values: list[Json]) -> Json:
    level, kept, observed = (n[0] for n in numbers(values))
    low = kept * level + (1 - kept) * observed
    return [low, low if values[-1] == "proven" else max(level, low)]


def exchange(values: list[Json]) -> Json:
    together, received, sent, both, surplus = (n[0] for n in numbers(values))
    return [together + both * min(received, sent) + surplus * abs(received - sent)] * 2


def interaction(values: list[Json]) -> Json:
    weight, people, fresh = (n[0] for n in numbers(values))
    return [weight / max(1, people - 1) * fresh] * 2


def herfindahl(values: list[Json]) -> Json:
    held = [n[0] for n in numbers(values)]
    whole = sum(held)
    return None if whole == 0 else [sum((x / whole) ** 2 for x in held)] * 2


def reaches(values: list[Json]) -> Json:
    value, threshold = numbers(values)
    low, high = (round(end, 6) for end in value)
    return "proven" if low >= threshold[0] else "possible" if high >= threshold[0] else "no"


def one_of(values: list[Json]) -> Json:
    stated, listed = values
    if stated is None or listed is None:
        return "possible"
    words = stated if stated and isinstance(stated[0], str) else [f"{n:g}" for n in stated[:1]]
    return yes(bool(set(words) & set(listed)))


def levels_fit(values: list[Json]) -> Json:
    theirs, ours, gap = values
    if theirs is None or ours is None:
        return "possible"
    return yes(abs(theirs[0] - ours[0]) <= gap[0])


def is_nought(values: list[Json]) -> Json:
    (value,) = numbers(values)
    return "proven" if value[1] == 0 else "possible" if value[0] == 0 else "no"


def seat_part(values: list[Json]) -> Json:
    weight, part, whole = (*numbers(values), [1, 1])[:3]
    return {"weight": weight, "part": part, "whole": whole}


def not_proven(values: list[Json]) -> Json:
    (value,) = values
    return yes(value[0] == 0 if isinstance(value, list) else value != "proven")


def yes(holds: bool) -> str:
    return "proven" if holds else "no"


def of_two(test: Callable[[list[float], list[float]], bool]) -> Callable[[list[Json]], Json]:
    return lambda values: yes(test(*numbers(values)))


OPERATORS: Mapping[str, Callable[[list[Json]], Json]] = {
    "sum": ends(sum),
    "product": ends(prod),
    "mean": ends(lambda xs: sum(xs) / len(xs)),
    "largest": ends(max),
    "smallest": ends(min),
    "excess": lambda v: [max(0, a - b) for a, b in zip(*numbers(v), strict=True)],
    "complement": lambda v: [1 - numbers(v)[0][1], 1 - numbers(v)[0][0]],
    "capped_ratio": lambda v: [min(1, a / b) for a, b in zip(*numbers(v), strict=True)],
    "live": lambda v: [end if end >= numbers(v)[1][0] else 0 for end in numbers(v)[0]],
    "looked_up": lambda v: numbers(v)[-1],
    "latest": lambda v: v[0],
    "span": lambda v: [min(n[0] for n in numbers(v)), max(n[1] for n in numbers(v))],
    "or_more": lambda v: [numbers(v)[0][0], 1],
    "or_less": lambda v: [0, numbers(v)[0][1]],
    "low_end": lambda v: [numbers(v)[0][0]] * 2,
    "high_end": lambda v: [numbers(v)[0][1]] * 2,
    "between": between,
    "days_between": days_between,
    "half_life": half_life,
    "saturating": lambda v: [1 - exp(-numbers(v)[0][0] / numbers(v)[1][0])] * 2,
    "interaction": interaction,
    "exchange": exchange,
    "faded": faded,
    "anything": lambda _: [0, 1],
    "full": lambda v: numbers(v)[0],
    "nothing_counts": lambda v: [0, 0] if "proven" in verdicts(v) else [0, 1],
    "share_of_true": lambda v: [
        sum(share_of(each)[i] for each in verdicts(v)) / len(verdicts(v)) for i in (0, 1)
    ],
    "count": lambda v: [sum(share_of(each)[i] for each in verdicts(v)) for i in (0, 1)],
    "as_share": lambda v: share_of(verdicts(v)[0]),
    "seat_part": seat_part,
    "kept": lambda v: {"weight": numbers(v)[0], "part": [0, 0], "whole": numbers(v)[1]},
    "weighted_mean": weighted_mean,
    "share": share,
    "least_share": least_share,
    "greatest_share": greatest_share,
    "all_of": lambda v: min(verdicts(v), key=ORDER.index, default="proven"),
    "any_of": lambda v: max(verdicts(v), key=ORDER.index, default="no"),
    "not": lambda v: {"no": "proven", "possible": "possible", "proven": "no"}[verdicts(v)[0]],
    "reaches": reaches,
    "proven_to_reach": of_two(lambda value, needed: value[0] >= needed[0]),
    "can_reach": of_two(lambda value, needed: value[1] >= needed[0]),
    "surely_below": of_two(lambda value, needed: value[1] < needed[0]),
    "not_proven": not_proven,
    "is_proven": lambda v: yes(v[0] == "proven"),
    "is_unknown": lambda v: yes(v[0] is None),
    "is_nought": is_nought,
    "one_of": one_of,
    "within": of_two(lambda age, limit: 0 <= age[0] <= limit[0]),
    "levels_fit": levels_fit,
    "pair": lambda v: {"left": v[0][0], "right": v[1][0], "holds": v[2]},
    "matching": matching,
    "only_one": only_one,
    "carried": carried,
    "fewest_for_half": fewest_for_half,
    "herfindahl": herfindahl,
}


def same(one: Json, other: Json) -> bool:
    """Equal, numbers but for what sums in another order make of them."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= CLOSE * max(1.0, abs(one))
    return bool(one == other)


def nodes(tree: Node) -> Iterator[Node]:
    """Every node shown, from the root down."""
    yield tree
    for child in tree["children"]:
        yield from nodes(child)


def faults(tree: Node) -> Iterator[str]:
    """Each node that does not come to its value, or rests on nothing, a line each."""
    for node in nodes(tree):
        if node["operator"] in LEAVES:
            if node["operator"] == "record" and node["evidence"] is None:
                yield f"{node['id']}: no evidence"
            if node["operator"] == "policy" and not node["entry"]:
                yield f"{node['id']}: no entry"
            if node["children"]:
                yield f"{node['id']}: a leaf with children"
        elif node["more"] is None:
            value = OPERATORS[node["operator"]]([child["value"] for child in node["children"]])
            if node["decimals"] is not None and isinstance(value, list):
                value = [round(end, node["decimals"]) for end in value]
            if not node["children"] or not same(value, node["value"]):
                yield f"{node['id']}: {node['operator']} gives {value}, not {node['value']}"
