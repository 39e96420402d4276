"""The registry of operators: the only ways in which a node's value comes from those of its children.

Every one is a pure function, at the low and at the high end. What an operator does not compute with
(words, a day, nothing on record) may stand among its children and says where the others come from.
"""

from collections.abc import Mapping
from datetime import date, datetime
from math import exp, fsum, prod

from graphcrm.errors import N_
from graphcrm.explanation import bounds
from graphcrm.explanation.operator import (
    Operator,
    Values,
    by_ends,
    greatest,
    least,
    most_lost,
    numbers,
    share_of,
    verdict,
    verdicts,
    weightiest,
)
from graphcrm.graph.strength import SECONDS_A_DAY, fading
from graphcrm.records.explanation import Node, Value, Words
from graphcrm.records.interval import ANYTHING, DECIMALS, Interval, exactly
from graphcrm.records.review import VERDICTS

LEAVES: Mapping[str, str] = {
    "record": N_("on record"),
    "policy": N_("from the method pack"),
    "date": N_("the day asked for"),
    "nothing": N_("nothing on record"),
    "given": N_("given with the graph"),
}
"""What a node without children is."""


def _excess(values: Values) -> Value:
    whole, part = numbers(values)
    return Interval(max(0.0, whole.low - part.low), max(0.0, whole.high - part.high))


def _complement(values: Values) -> Value:
    (part,) = numbers(values)
    return Interval(1 - part.high, 1 - part.low)


def _capped_ratio(values: Values) -> Value:
    part, whole = numbers(values)
    return Interval(min(1.0, part.low / whole.high), min(1.0, part.high / whole.low))


def _live(values: Values) -> Value:
    strength, threshold = numbers(values)
    return Interval(*(end if end >= threshold.low else 0.0 for end in strength))


def _looked_up(values: Values) -> Value:
    return numbers(values)[-1]


def _first(values: Values) -> Value:
    return values[0]


def _span(values: Values) -> Value:
    ends = numbers(values)
    return Interval(min(n.low for n in ends), max(n.high for n in ends))


def _or_more(values: Values) -> Value:
    return Interval(numbers(values)[0].low, ANYTHING.high)


def _or_less(values: Values) -> Value:
    return Interval(0.0, numbers(values)[0].high)


def _low_end(values: Values) -> Value:
    return exactly(numbers(values)[0].low)


def _high_end(values: Values) -> Value:
    return exactly(numbers(values)[0].high)


def _days_between(values: Values) -> Value:
    end, start = values
    if isinstance(end, datetime) and isinstance(start, datetime):
        return exactly((end - start).total_seconds() / SECONDS_A_DAY)
    assert isinstance(end, date)
    assert isinstance(start, date)
    return exactly(float((end - start).days))


def _half_life(values: Values) -> Value:
    age, half_life = values
    assert isinstance(age, Interval)
    return exactly(fading(age.low, half_life.low if isinstance(half_life, Interval) else None))


def _saturating(values: Values) -> Value:
    x, saturation = numbers(values)
    return exactly(1 - exp(-x.low / saturation.low))


def _interaction(values: Values) -> Value:
    weight, people, fresh = (number.low for number in numbers(values))
    return exactly(weight / max(1, people - 1) * fresh)


def _exchange(values: Values) -> Value:
    together, received, sent, reciprocated, one_sided = (number.low for number in numbers(values))
    return exactly(together + reciprocated * min(received, sent) + one_sided * abs(received - sent))


def _faded(values: Values) -> Value:
    level, kept, observed = (number.low for number in numbers(values))
    low = kept * level + (1 - kept) * observed
    covered = values[-1] == "proven"
    return Interval(low, low if covered else max(level, low))


def _anything(values: Values) -> Value:
    del values
    return ANYTHING


def _full(values: Values) -> Value:
    return numbers(values)[0]


def _nothing_counts(values: Values) -> Value:
    return exactly(0.0) if "proven" in verdicts(values) else ANYTHING


def _share_of_true(values: Values) -> Value:
    ends = [share_of(v) for v in verdicts(values)]
    return Interval(sum(e.low for e in ends) / len(ends), sum(e.high for e in ends) / len(ends))


def _count(values: Values) -> Value:
    ends = [share_of(v) for v in verdicts(values)]
    return Interval(sum(e.low for e in ends), sum(e.high for e in ends))


def _as_share(values: Values) -> Value:
    return share_of(verdicts(values)[-1])


def _all_of(values: Values) -> Value:
    return min(verdicts(values), key=VERDICTS.index, default="proven")


def _any_of(values: Values) -> Value:
    return max(verdicts(values), key=VERDICTS.index, default="no")


def _not(values: Values) -> Value:
    (one,) = verdicts(values)
    return VERDICTS[2 - VERDICTS.index(one)]


def _reaches(values: Values) -> Value:
    exact, threshold = numbers(values)
    value = exact.rounded()
    return verdict(certain=value.low >= threshold.low, possible=value.high >= threshold.low)


def _proven_to_reach(values: Values) -> Value:
    value, threshold = numbers(values)
    return verdict(certain=value.low >= threshold.low, possible=False)


def _can_reach(values: Values) -> Value:
    value, threshold = numbers(values)
    return verdict(certain=value.high >= threshold.low, possible=False)


def _surely_below(values: Values) -> Value:
    value, threshold = numbers(values)
    return verdict(certain=value.high < threshold.low, possible=False)


def _not_proven(values: Values) -> Value:
    value = values[0]
    nothing = value.low == 0 if isinstance(value, Interval) else value != "proven"
    return verdict(certain=nothing, possible=False)


def _is_proven(values: Values) -> Value:
    return verdict(certain=verdicts(values) == ["proven"], possible=False)


def _is_unknown(values: Values) -> Value:
    return verdict(certain=values[0] is None, possible=False)


def _is_nought(values: Values) -> Value:
    (value,) = numbers(values)
    return verdict(certain=value.high == 0, possible=value.low == 0)


def _one_of(values: Values) -> Value:
    stated, listed = values
    if isinstance(stated, Interval):
        stated = Words((f"{stated.low:g}",))
    if not isinstance(stated, Words) or not isinstance(listed, Words):
        return "possible"
    return verdict(certain=not set(stated.words).isdisjoint(listed.words), possible=False)


def _within(values: Values) -> Value:
    age, limit = numbers(values)
    return verdict(certain=0 <= age.low <= limit.low, possible=False)


def _levels_fit(values: Values) -> Value:
    theirs, ours, gap = values
    if not isinstance(theirs, Interval) or not isinstance(ours, Interval):
        return "possible"
    assert isinstance(gap, Interval)
    return verdict(certain=abs(ours.low - theirs.low) <= gap.low, possible=False)


_ALL = (
    Operator("sum", N_("the sum of"), "Σ x", by_ends(fsum), greatest),
    Operator("product", N_("the product of"), "x₁ · x₂ · …", by_ends(prod)),
    Operator("mean", N_("the mean of"), "Σ x / n", by_ends(lambda xs: fsum(xs) / len(xs)), least),
    Operator("largest", N_("the largest of"), "max x", by_ends(max), greatest),
    Operator("smallest", N_("the smallest of"), "min x", by_ends(min), least),
    Operator("excess", N_("the first less the second"), "max(0, x₁ − x₂)", _excess),
    Operator("complement", N_("100 % minus"), "1 − x, the ends swapped", _complement),
    Operator("capped_ratio", N_("the first over the second, at most 100 %"), "min(1, x₁ / x₂)",
             _capped_ratio),
    Operator("live", N_("the first if it reaches the second, else 0"), "x₁ if x₁ ≥ x₂ else 0", _live),
    Operator("looked_up", N_("what the method pack gives for it"), "the last number", _looked_up),
    Operator("latest", N_("the latest statement holds"), "the first child's value", _first),
    Operator("span", N_("anything from the smallest to the largest of"), "[min x, max x]", _span),
    Operator("or_more", N_("this or more"), "[x low, 1]", _or_more),
    Operator("or_less", N_("this or less"), "[0, x high]", _or_less),
    Operator("low_end", N_("the low end of"), "[x low, x low]", _low_end),
    Operator("high_end", N_("the high end of"), "[x high, x high]", _high_end),
    Operator("between", N_("from the first to the second"),
             "[x₁, x₂]; null counts 0 if the other is a number", bounds.between),
    Operator("days_between", N_("days from the second to the first"),
             "whole days between days, real ones between times", _days_between),
    Operator("half_life", N_("halved each time the second has passed"),
             "2^(−x₁/x₂); 1 if x₂ is null", _half_life),
    Operator("saturating", N_("the more, the closer to 100 %"), "1 − e^(−x₁/x₂)", _saturating),
    Operator("interaction", N_("weight over the others in it, faded"), "x₁ / max(1, x₂ − 1) · x₃",
             _interaction),
    Operator("exchange", N_("together, what both sides send, and the surplus of one side"),
             "x₁ + x₄ · min(x₂, x₃) + x₅ · |x₂ − x₃|", _exchange),
    Operator("faded", N_("what was assessed, fading into what is observed"),
             "l = x₂ · x₁ + (1 − x₂) · x₃; [l, l] if the last child is proven, else [l, max(x₁, l)]",
             _faded),
    Operator("anything", N_("could be anything, for"), "[0, 1]", _anything),
    Operator("full", N_("all of the first, for"), "x₁", _full),
    Operator("nothing_counts", N_("0 if all is on record, else anything"),
             "[0, 0] if a child is proven, else [0, 1]", _nothing_counts),
    Operator("share_of_true", N_("the share of these that hold"),
             "those proven / n, those proven or possible / n", _share_of_true, greatest),
    Operator("count", N_("how many of these hold"), "those proven, those proven or possible", _count,
             greatest),
    Operator("as_share", N_("100 % where so, else 0"), "proven [1, 1], possible [0, 1], no [0, 0]",
             _as_share),
    Operator("seat_part", N_("weight, part and whole"), "weight x₁, part x₂, whole x₃ (1 if absent)",
             bounds.seat_part),
    Operator("kept", N_("weight and whole, nothing of it lost"), "weight x₁, part 0, whole x₂",
             bounds.kept),
    Operator("weighted_mean", N_("the mean, by weight, of"),
             "the least and the greatest Σ w·v / Σ w·u over all weights; [0, 1] if all low weights are 0",
             bounds.weighted_mean, weightiest),
    Operator("share", N_("the share that these parts are"),
             "the least and the greatest Σ w·v / Σ w·u over all weights; null if undefined",
             bounds.share, most_lost),
    Operator("least_share", N_("the least share these parts can be"),
             "the least Σ w·v / Σ w·u over all weights; null if undefined", bounds.least_share, most_lost),
    Operator("greatest_share", N_("the greatest share these parts can be"),
             "the greatest Σ w·v / Σ w·u over all weights; null if undefined", bounds.greatest_share,
             most_lost),
    Operator("all_of", N_("the weakest of"), "the weakest verdict; proven if there is none", _all_of,
             least),
    Operator("any_of", N_("the strongest of"), "the strongest verdict; no if there is none", _any_of,
             greatest),
    Operator("not", N_("the opposite of"), "proven for no, no for proven", _not),
    Operator("reaches", N_("does the first reach the second?"),
             f"proven if x₁ low ≥ x₂, possible if x₁ high ≥ x₂, else no; at {DECIMALS} decimals", _reaches),
    Operator("proven_to_reach", N_("does the first reach the second for sure?"),
             "proven if x₁ low ≥ x₂, else no", _proven_to_reach),
    Operator("can_reach", N_("can the first reach the second?"),
             "proven if x₁ high ≥ x₂, else no", _can_reach),
    Operator("surely_below", N_("is the first below the second for sure?"),
             "proven if x₁ high < x₂, else no", _surely_below),
    Operator("not_proven", N_("is this not proven?"),
             "proven if the low end is 0 or the verdict is not proven, else no", _not_proven),
    Operator("is_proven", N_("is this proven?"), "proven if the verdict is proven, else no",
             _is_proven),
    Operator("is_unknown", N_("is there none?"), "proven if x is null, else no", _is_unknown),
    Operator("is_nought", N_("is this 0?"), "proven if x high = 0, possible if x low = 0, else no",
             _is_nought),
    Operator("one_of", N_("is the first among the second?"),
             "proven if a word of the first is one of the second, possible if the first is null, else no",
             _one_of),
    Operator("within", N_("is the first within the second?"), "proven if 0 ≤ x₁ ≤ x₂, else no",
             _within),
    Operator("levels_fit", N_("are both levels at most so far apart?"),
             "proven if |x₁ − x₂| ≤ x₃, possible if a level is null, else no", _levels_fit),
    Operator("pair", N_("the two, and whether they are joined"), "left, right, verdict", bounds.pair),
    Operator("matching", N_("the most pairs, nobody in two, out of"),
             "the size of a largest matching of the pairs proven, and of those not excluded",
             bounds.matching),
    Operator("only_one", N_("the only one of"), "the left of the one proven pair, else null",
             bounds.only_one),
    Operator("carried", N_("weight, and who carries it"),
             "weight x, the lefts of proven pairs; null if one of them has no name", bounds.carried),
    Operator("fewest_for_half", N_("the fewest without whom half of the weight is gone, of"),
             "the fewest people who alone carry more than half of Σ weight; null if Σ is 0 or the firm "
             "carries half", bounds.fewest_for_half, lambda v: greatest(getattr(v, "weight", None))),
    Operator("herfindahl", N_("the squared shares, added up, of"), "Σ (x / Σ x)²; null if Σ is 0",
             bounds.herfindahl, greatest),
)  # fmt: skip
OPERATORS: Mapping[str, Operator] = {operator.name: operator for operator in _ALL}
"""Every operator by its name."""


def stated(value: Value, decimals: int | None) -> Value:
    """A value as a node states it: rounded where the method rounds."""
    return value.rounded() if isinstance(value, Interval) and decimals == DECIMALS else value


def recompute(node: Node) -> Value:
    """What the node's operator makes of its children's values; a leaf is what it states."""
    if node.operator in LEAVES:
        return node.value
    return stated(OPERATORS[node.operator].compute([c.value for c in node.children]), node.decimals)
