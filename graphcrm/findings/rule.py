"""What a rule is: a name, a severity, a sentence, and a pure function over one account."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graphcrm.graph.account import AccountGraph, SeatNode
from graphcrm.records.finding import Finding, Severity
from graphcrm.records.review import Measures


@dataclass(frozen=True)
class Hit:
    """Subjects a rule fired for, most specific first, the evidence, and the sentence's parameters."""

    subjects: Sequence[str]
    params: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, object] = field(default_factory=dict)
    says: str | None = None


@dataclass(frozen=True)
class Looked:
    """How many subjects a rule looked at, and those it fired for."""

    denominator: int
    hits: Sequence[Hit]


@dataclass(frozen=True)
class FactRule:
    """A rule over what is on record; it also holds for an account nobody has observed."""

    name: str
    severity: Severity
    says: str
    look: Callable[[AccountGraph], Looked]

    def find(self, graph: AccountGraph, measures: Measures | None) -> Iterator[Finding]:
        """The findings in this account."""
        del measures
        return _findings(self.name, self.severity, self.says, graph, self.look(graph))


@dataclass(frozen=True)
class MeasureRule:
    """A rule over measures; an unobserved account has none."""

    name: str
    severity: Severity
    says: str
    look: Callable[[AccountGraph, Measures], Looked]

    def find(self, graph: AccountGraph, measures: Measures | None) -> Iterator[Finding]:
        """The findings in this account."""
        if measures is not None:
            yield from _findings(self.name, self.severity, self.says, graph, self.look(graph, measures))


def _findings(
    name: str, severity: Severity, says: str, graph: AccountGraph, looked: Looked
) -> Iterator[Finding]:
    for hit in looked.hits:
        yield Finding(
            rule=name,
            account=graph.account.id,
            subjects=tuple(hit.subjects),
            severity=severity,
            evidence=hit.evidence,
            denominator=looked.denominator,
            says=hit.says or says,
            params=hit.params,
        )


def seat_name(graph: AccountGraph, seat: SeatNode) -> str:
    """A seat for people: its title (else its id) and who holds it."""
    title = seat.title or seat.id
    return title if seat.holder is None else f"{title} ({graph.contacts[seat.holder].name})"


def employee_name(graph: AccountGraph, employee: str) -> str:
    """An employee for people."""
    return graph.employees[employee].name


def decider_seats(graph: AccountGraph) -> list[SeatNode]:
    """The seats in scope known to decide or approve."""
    return [s for s in graph.scope if s.is_decider]


def key_seats(graph: AccountGraph) -> list[SeatNode]:
    """The seats in scope that decide, or whose decision weight can reach the policy's key weight."""
    return [s for s in graph.scope if s.is_key]
