"""Questions: what each unknown fact of an account is worth, and whom of ours to ask for it.

    value(f) = width(risk) − ½·(width(risk | f at one end) + width(risk | f at the other))

Unit: points of risk. Range: −100 to 100; what is exact is no question. All else stays as it is, so
values do not add up. Attitudes, ties, trust, roles, employees' levels and elements of organisation have no
negative value: the intervals at their ends lie within that of today. A seat's level may have one, because
it also says whether the seat is to be matched. The idea: the expected value of information (Howard 1966,
*IEEE Transactions on Systems Science and Cybernetics* 2(1), doi:10.1109/TSSC.1966.300074), with both ends
alike probable where nobody knows more.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from graphcrm.gaps.known import risk_once_known
from graphcrm.gaps.unknown import Unknown, unknown_facts
from graphcrm.graph.account import AccountGraph
from graphcrm.graph.facts import Facts
from graphcrm.measures.account_risk import RiskParts, risk_of, risk_parts
from graphcrm.records.employee import Employee
from graphcrm.records.interval import DECIMALS, Interval
from graphcrm.records.question import Question, Turn

Track = Callable[[Sequence[Unknown]], Iterable[Unknown]]


def questions(graph: AccountGraph, facts: Facts | None = None, track: Track = iter) -> tuple[Question, ...]:
    """Every unknown fact of an account as a question, the most worth knowing first, then by id.

    ``facts`` are those the graph was built from: they name everybody of ours whom one may ask, also who has
    no tie here. ``track`` wraps the unknown facts to show progress: each costs two risks. None for an
    account nothing is observed of.
    """
    if not graph.observed:
        return ()
    parts = risk_parts(graph)
    staff: tuple[Mapping[str, Employee], AbstractSet[str]] = (
        (graph.employees, graph.present) if facts is None else (facts.employees, facts.present)
    )
    asked = [_question(graph, parts, fact, *staff) for fact in track(tuple(unknown_facts(graph)))]
    return tuple(sorted(asked, key=lambda q: (-q.narrows, q.id)))


def width(interval: Interval) -> float:
    """How far apart the ends are, to six decimals."""
    return round(interval.high - interval.low, DECIMALS)


def whom(graph: AccountGraph, unknown: Unknown, present: AbstractSet[str]) -> str | None:
    """Who of ours, being there, may know: whose tie or staff it is, else the one closest to the contact.

    Closest at proven strength, then possible, then by id. Else the account's owner; else None: nobody.
    """
    ties = graph.ties.get(unknown.contact or "", {})
    close = sorted((-tie.now.low, -tie.now.high, who) for who, tie in ties.items() if tie.now.high > 0)
    may_know = (unknown.asked, *(who for _, _, who in close[:1]), graph.account.owner)
    return next((who for who in may_know if who in present), None)


def _question(
    graph: AccountGraph,
    parts: RiskParts,
    unknown: Unknown,
    employees: Mapping[str, Employee],
    present: AbstractSet[str],
) -> Question:
    turns = tuple(Turn(value=v, risk=risk_once_known(graph, parts, unknown, v)) for v in unknown.ends)
    then = sum(width(turn.risk) for turn in turns) / len(turns)
    ask = whom(graph, unknown, present)
    return Question(
        id=unknown.id,
        kind=unknown.kind,
        subjects=unknown.subjects,
        says=unknown.question.template,
        params={name: str(value) for name, value in unknown.question.params.items()},
        ask=ask,
        ask_name=None if ask is None else employees[ask].name,
        ends=turns,
        width_then=round(then, DECIMALS),
        narrows=round(width(risk_of(graph, parts)) - then, DECIMALS) + 0.0,
    )
