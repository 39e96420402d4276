"""What the account page says about the measures: axes against standards, departures, risk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graphcrm.errors import N_
from graphcrm.i18n import say
from graphcrm.i18n import translate as _
from graphcrm.policies import Policy, Standard
from graphcrm.records.finding import SEVERITIES, Finding
from graphcrm.records.interval import Interval, exactly
from graphcrm.records.relationship_map import RelationshipMap, TheirDepartment
from graphcrm.records.review import Measures, Review, Verdict
from graphcrm.records.words import number
from graphcrm.visualizations.bars import Bar, Tick, bar
from graphcrm.visualizations.labels import plain
from graphcrm.visualizations.words import amount, share

AXES: Mapping[str, tuple[str, str]] = {
    "key_points": (
        N_("Key points"),
        N_("How strongly do we reach those who decide, and do they support us?"),
    ),
    "breadth": (N_("Breadth"), N_("Which departments and levels do we reach?")),
    "organisation": (N_("Organisation"), N_("Is company tied to company?")),
}
ELEMENTS: Mapping[str, str] = {
    "communication": N_("Communication"),
    "matching": N_("Matched levels"),
    "joint_work": N_("Joint work"),
    "recognition": N_("Recognition"),
}
CAUSES: Mapping[str, str] = {
    "dependence": N_("Dependence on one of ours"),
    "contact_departure": N_("Departure of one of theirs"),
    "fading": N_("Fading ties"),
    "uncovered_deciders": N_("Deciders not covered"),
    "organisation": N_("Weak ties between the companies"),
}
MOST_DETAILS = 8
"""So many departments are listed below an axis."""


@dataclass(frozen=True)
class Line:
    """A labelled bar."""

    label: str
    bar: Bar
    reason: str = ""


@dataclass(frozen=True)
class AxisView:
    """An axis against both standards, now and after any departure."""

    title: str
    question: str
    lines: tuple[Line, ...]
    caption: str
    details: tuple[Line, ...]
    more: int
    required: tuple[str, str]
    shape: tuple[Verdict, Verdict]
    mode: tuple[Verdict, Verdict]


@dataclass(frozen=True)
class Departure:
    """What would be if one of our employees left; ``loss`` None is undefined."""

    name: str
    loss: Bar | None
    seats: int
    shape: Verdict
    mode: Verdict
    revenue: str | None


@dataclass(frozen=True)
class Missing:
    """The findings of one severity, in sentences."""

    severity: str
    sentences: tuple[str, ...]


def axes(account: RelationshipMap, measures: Measures, policy: Policy) -> Iterator[AxisView]:
    """The three axes."""
    review = account.review
    for axis, (title, question) in AXES.items():
        value: Interval = getattr(measures, axis)
        lines = [_against(_(title), axis, value, axis, review, policy)]
        if axis == "key_points":
            floor = measures.key_points_floor
            lines.append(_against(_("Weakest decider"), "key_points_floor", floor, "floor", review, policy))
        caption, details = _details(axis, account, measures)
        yield AxisView(
            title=_(title),
            question=_(question),
            lines=tuple(lines),
            caption=caption,
            details=details[:MOST_DETAILS],
            more=max(len(details) - MOST_DETAILS, 0),
            required=_standards(axis, review, policy),
            shape=(getattr(measures.shape, axis), getattr(measures.shape_after_any_departure, axis)),
            mode=(
                getattr(measures.meets_mode, axis),
                getattr(measures.meets_mode_after_any_departure, axis),
            ),
        )


def departures(review: Review, measures: Measures) -> list[Departure]:
    """Everyone of ours whose leaving is priced, the largest loss first."""
    hanging = list(measures.sole_route.values())
    views = [
        (
            loss,
            Departure(
                name=review.names.get(employee, employee),
                loss=None if loss is None else bar(loss, share(loss), share(loss, 1)),
                seats=hanging.count(employee),
                shape=after.weakest,
                mode=measures.meets_mode_without[employee].weakest,
                revenue=_money(review, measures.revenue_at_risk, employee),
            ),
        )
        for employee, after in measures.shape_without.items()
        for loss in [measures.departure_loss.get(employee)]
    ]
    views.sort(key=lambda v: (v[0] is None, tuple(-end for end in reversed(v[0] or (0.0, 0.0))), v[1].name))
    return [view for _loss, view in views]


def causes(measures: Measures, policy: Policy) -> list[Line]:
    """What the risk is made of; the whole length of each bar is the most points that cause can give."""
    lines = []
    for cause, title in CAUSES.items():
        points: Interval = getattr(measures.risk_contributions, cause)
        full: float = getattr(policy.risk, cause)
        text = _("{points} of {full}").format(points=number(points), full=f"{full:g}")
        lines.append(Line(_(title), bar(points, text, number(points, 1), full=full)))
    return lines


def risk_bar(risk: Interval) -> Bar:
    """The risk in points."""
    text = _("{points} of {full}").format(points=number(risk), full="100")
    return bar(risk, text, number(risk, 1), full=100)


def missing(findings: Sequence[Finding]) -> list[Missing]:
    """The findings, most severe first."""
    by_severity = {s: tuple(say(f.message) for f in findings if f.severity == s) for s in SEVERITIES}
    return [Missing(severity, sentences) for severity, sentences in by_severity.items() if sentences]


def risk_reasons(review: Review) -> list[str]:
    """Why parts of the risk are undefined or could be anything, each reason once."""
    measures = ("dependence", "contact_loss", "fade_90", "uncovered")
    return list(dict.fromkeys(say(review.reasons[m]) for m in measures if m in review.reasons))


def ticks(field: str, review: Review, policy: Policy) -> tuple[Tick, ...]:
    """What shape and mode require of an axis, once where they are the same."""
    shape, mode = _required(field, review, policy)
    marks = [Tick(round(shape * 100, 3), "shape")]
    if mode != shape:
        marks.append(Tick(round(mode * 100, 3), "mode"))
    return tuple(marks)


def _against(label: str, measure: str, value: Interval, field: str, review: Review, policy: Policy) -> Line:  # noqa: PLR0917
    drawn = bar(value, share(value), share(value, 1), ticks=ticks(field, review, policy))
    return Line(label, drawn, _reason(review, measure))


def _details(axis: str, account: RelationshipMap, measures: Measures) -> tuple[str, tuple[Line, ...]]:
    """What stands below an axis: the elements of organisation, or departments, the least reached first."""
    if axis == "organisation":
        return _("The mean of four elements"), tuple(_elements(account.review, measures))
    if axis == "breadth" and account.departments:
        staffed = sorted(
            (d for d in account.departments if d.seats),
            key=lambda d: (d.reached / d.seats, -d.seats, d.name),
        )
        return _("Seats known in person, by department"), tuple(map(_department, staffed))
    return "", ()


def _department(department: TheirDepartment) -> Line:
    reached = exactly(department.reached / department.seats)
    text = f"{department.reached}/{department.seats}"
    return Line(plain(department.name), bar(reached, text, share(reached)))


def _elements(review: Review, measures: Measures) -> Iterator[Line]:
    for element, title in ELEMENTS.items():
        value: Interval = getattr(measures.organisation_elements, element)
        reason = _reason(review, f"organisation_elements.{element}")
        yield Line(_(title), bar(value, share(value), share(value, 1)), reason)


def _standards(axis: str, review: Review, policy: Policy) -> tuple[str, str]:
    shape, mode = (share(exactly(required)) for required in _required(axis, review, policy))
    return shape, mode


def _required(field: str, review: Review, policy: Policy) -> tuple[float, float]:
    standards: tuple[Standard, Standard] = policy.standards[policy.shape], policy.standards[review.mode]
    shape, mode = (float(getattr(standard, field)) for standard in standards)
    return shape, mode


def _reason(review: Review, measure: str) -> str:
    return say(review.reasons.get(measure, ""))


def _money(review: Review, revenue: Mapping[str, Interval] | None, employee: str) -> str | None:
    if revenue is None or employee not in revenue:
        return None
    return f"{amount(revenue[employee])} {review.currency or ''}".rstrip()
