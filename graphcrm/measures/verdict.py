"""Verdicts: does an account reach a standard, and would it still after a departure (section 7)."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from graphcrm.graph.account import AccountGraph
from graphcrm.measures.breadth import breadth
from graphcrm.measures.key_points import key_points, key_points_floor
from graphcrm.measures.organisation import organisation, organisation_elements
from graphcrm.policies import Standard
from graphcrm.records.interval import Interval
from graphcrm.records.review import VERDICTS, Axes, Result, Verdict


class AxisValues(NamedTuple):
    """The numbers a verdict rests on, rounded as results are stated."""

    key_points: Interval
    floor: Interval
    breadth: Interval
    organisation: Interval


class Judgement(Result):
    """Every verdict on an account; what each field says stands in docs/method.md under its name."""

    shape: Axes
    shape_after_any_departure: Axes
    meets_mode: Axes
    meets_mode_after_any_departure: Axes
    three_dimensional: Verdict
    robustly_three_dimensional: Verdict
    adequate: Verdict
    robustly_adequate: Verdict
    shape_without: Mapping[str, Axes]
    meets_mode_without: Mapping[str, Axes]


def judge(graph: AccountGraph, values: AxisValues, mode: str) -> Judgement:
    """The axes against the standards of the shape and of the mode, today and after any departure."""
    without = after_departures(graph)
    shape_standard, mode_standard = graph.policy.standards[graph.policy.shape], graph.standard(mode)
    shape, meets = verdicts(values, shape_standard), verdicts(values, mode_standard)
    shape_without = {e: verdicts(v, shape_standard) for e, v in without.items()}
    meets_without = {e: verdicts(v, mode_standard) for e, v in without.items()}
    shape_after, meets_after = worst(shape_without.values(), shape), worst(meets_without.values(), meets)
    return Judgement(
        shape=shape,
        shape_after_any_departure=shape_after,
        meets_mode=meets,
        meets_mode_after_any_departure=meets_after,
        three_dimensional=shape.weakest,
        robustly_three_dimensional=weakest((shape.weakest, shape_after.weakest)),
        adequate=meets.weakest,
        robustly_adequate=weakest((meets.weakest, meets_after.weakest)),
        shape_without=shape_without,
        meets_mode_without=meets_without,
    )


def axis_values(graph: AccountGraph, *, without: str | None = None) -> AxisValues:
    """The axes of the graph as it is, or ``without`` one of our employees."""
    return AxisValues(
        key_points=key_points(graph, without=without).rounded(),
        floor=key_points_floor(graph, without=without).rounded(),
        breadth=breadth(graph, without=without).rounded(),
        organisation=organisation(organisation_elements(graph, without=without)).rounded(),
    )


def verdicts(values: AxisValues, standard: Standard) -> Axes:
    """Each axis against a standard; key points pass if both their mean and their floor do."""
    return Axes(
        key_points=weakest(
            (passes(values.key_points, standard.key_points), passes(values.floor, standard.floor))
        ),
        breadth=passes(values.breadth, standard.breadth),
        organisation=passes(values.organisation, standard.organisation),
    )


def passes(value: Interval, threshold: float) -> Verdict:
    """Proven if the low end reaches the threshold, possible if the high end does.

    >>> passes(Interval(0.4, 0.7), 0.5)
    'possible'
    """
    if value.low >= threshold:
        return "proven"
    return "possible" if value.high >= threshold else "no"


def after_departures(graph: AccountGraph) -> Mapping[str, AxisValues]:
    """The axes without each employee whose leaving could change them.

    Those are the present employees concerned with a seat, and the present owners of a mechanism in force.
    """
    owners = {owner for m in graph.mechanisms for owner in m.our_owners}
    leaving = sorted({*graph.concerned, *(owners & graph.present)})
    return {employee: axis_values(graph, without=employee) for employee in leaving}


def worst(axes: Iterable[Axes], now: Axes) -> Axes:
    """The weakest verdict of each axis over all departures; as now where nobody can leave."""
    every = (now, *axes)
    return Axes(
        key_points=weakest(a.key_points for a in every),
        breadth=weakest(a.breadth for a in every),
        organisation=weakest(a.organisation for a in every),
    )


def weakest(every: Iterable[Verdict]) -> Verdict:
    """The weakest of several verdicts."""
    return min(every, key=VERDICTS.index)
