"""References: every id a record names is that of another record, and of one only."""

from collections.abc import Iterator, Mapping

from graphcrm.errors import N_, Message, Problem
from graphcrm.policies import Policy
from graphcrm.records.assertion import ATTRIBUTES, Assertion
from graphcrm.records.bundle import RECORDS
from graphcrm.records.checks.fields import ids_of, placed, reader, values_of
from graphcrm.records.checks.nearest import Nearest
from graphcrm.records.checks.problems import shown
from graphcrm.records.checks.vocabulary import kinds_of, level_suits, unsuitable
from graphcrm.records.draft import Draft
from graphcrm.records.relations import PEOPLE, RELATIONS, Relation
from graphcrm.records.store_state import Known

_SUBJECTS = tuple(dict.fromkeys(kind for kinds in ATTRIBUTES.values() for kind in kinds))


def reference_problems(draft: Draft, known: Known, policy: Policy, nearest: Nearest) -> Iterator[Problem]:
    """References to nobody or to more than one, and levels that do not suit whom they are asserted of."""
    directory = _Directory(known, draft, nearest)
    here = ids_of(draft.bundle)
    for kind in RECORDS:
        for relation in (r for r in RELATIONS if r.kind == kind and r.kind != Assertion.kind):
            # Said once, at the person's own record, if that is in this bundle.
            said = here["contacts"] | here["employees"] if relation.to == PEOPLE else frozenset[str]()
            for path, value in values_of(draft, kind, relation.field):
                yield from _pointing(path, str(value), relation, directory, said)
    for place, record in placed(draft, Assertion.kind):
        assert isinstance(record, Assertion)
        yield from _subject(place, record, directory, here, policy)
    yield from _two_people(draft, known, here)


class _Directory:
    """All ids there are, by kind: known ones and those of records that are themselves wrong."""

    def __init__(self, known: Known, draft: Draft, nearest: Nearest) -> None:
        nobody, declared = frozenset[str](), draft.declared
        # Of a kind the bundle is complete in, what it does not state is retired: it must not name it then.
        current = ids_of(known.current) if draft.bundle.complete else {}
        there = {**known.ids, **{kind: current.get(kind, nobody) for kind in draft.bundle.complete}}
        self._lost = draft.origin.lost()
        self._ids = {kind: there.get(kind, nobody) | declared.get(kind, nobody) for kind in RECORDS}
        self._all: dict[tuple[str, ...], frozenset[str]] = {}
        self._nearest = nearest

    def kinds(self, record_id: str, among: tuple[str, ...]) -> tuple[str, ...]:
        """Of which of these kinds there is a record of that id."""
        return tuple(kind for kind in among if record_id in self._ids[kind])

    def whole(self, among: tuple[str, ...]) -> bool:
        """Whether all ids of these kinds are here; else one may stand in a row that nobody could read."""
        return self._lost.isdisjoint(among)

    def nearest(self, record_id: str, among: tuple[str, ...]) -> str | None:
        """The id of one of these kinds that was probably meant."""
        if among not in self._all:
            self._all[among] = frozenset().union(*(self._ids[kind] for kind in among))
        return self._nearest.to(record_id, self._all[among])


def _pointing(
    path: str, value: str, relation: Relation, directory: _Directory, said: frozenset[str]
) -> Iterator[Problem]:
    kinds = directory.kinds(value, relation.to)
    if not kinds:
        if directory.whole(relation.to):
            yield _nobody(path, value, relation.to, directory)
    elif len(kinds) > 1 and value not in said:
        yield _several(path, value, kinds)


def _subject(
    place: str,
    assertion: Assertion,
    directory: _Directory,
    here: Mapping[str, frozenset[str]],
    policy: Policy,
) -> Iterator[Problem]:
    # An attribute that does not exist is a problem of its own; its subject may then be anything.
    allowed = ATTRIBUTES.get(assertion.attribute) or _SUBJECTS
    kinds = directory.kinds(assertion.subject, allowed)
    if not kinds:
        if directory.whole(allowed):
            yield _nobody(f"{place}.subject", assertion.subject, allowed, directory)
    elif assertion.attribute not in ATTRIBUTES:
        return
    elif len(kinds) > 1:
        yield _several(f"{place}.subject", assertion.subject, kinds)
    elif assertion.attribute == "level":
        # What suits nothing of that id in the bundle itself has been told by the bundle's own check.
        untold = level_suits(assertion, kinds_of(assertion, here), policy)
        if untold and not level_suits(assertion, kinds, policy):
            yield unsuitable(place, assertion, policy)


def _two_people(draft: Draft, known: Known, here: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    """A contact of this bundle with the id of an employee in the store, or the other way round."""
    for kind, other in (PEOPLE, PEOPLE[::-1]):
        taken = (known.ids.get(other, frozenset()) - here[other]) & here[kind]
        if taken:
            read = reader(kind, "id")
            for place, record in placed(draft, kind):
                if (record_id := str(read(record))) in taken:
                    yield two_people(f"{place}.id", record_id)


def two_people(path: str, value: str) -> Problem:
    """The problem of an id that a contact and an employee share."""
    return Problem(
        path,
        shown(value),
        Message(N_("{id} is the id of both a contact and an employee."), {"id": shown(value)}),
        Message(N_("Give one of them another id; interactions name both by id alone.")),
    )


def _nobody(path: str, value: str, to: tuple[str, ...], directory: _Directory) -> Problem:
    close = directory.nearest(value, to)
    params = {"id": shown(value), "lists": ", ".join(to), "nearest": close}
    return Problem(
        path,
        shown(value),
        Message(N_("Nothing in {lists} has the id {id}, here or in the store."), params),
        Message(
            N_("Did you mean {nearest}? If not, add {id} to {lists}.")
            if close
            else N_("Add {id} to {lists}, or correct the id."),
            params,
        ),
    )


def _several(path: str, value: str, kinds: tuple[str, ...]) -> Problem:
    params = {"id": shown(value), "lists": ", ".join(kinds)}
    return Problem(
        path,
        shown(value),
        Message(N_("{id} is in several lists: {lists}."), params),
        Message(N_("Give each of them its own id, so that it is clear which is meant."), params),
    )
