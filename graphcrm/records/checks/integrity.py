"""Integrity: what keeps a draft from being imported, though each of its records is well formed."""

from collections.abc import Iterator

from graphcrm.errors import N_, Message, Problem
from graphcrm.policies import Policy
from graphcrm.records.base import Dated
from graphcrm.records.bundle import RECORDS
from graphcrm.records.checks.fields import ids_of, placed, reader
from graphcrm.records.checks.nearest import Nearest
from graphcrm.records.checks.problems import in_order, shown
from graphcrm.records.checks.references import reference_problems, two_people
from graphcrm.records.checks.structure import structure_problems
from graphcrm.records.checks.vocabulary import Ids, vocabulary_problems
from graphcrm.records.draft import Draft
from graphcrm.records.influence import Influence
from graphcrm.records.stage import Stage
from graphcrm.records.store_state import Known

_THEMSELVES = (
    ("accounts", "parent", N_("An account cannot be its own parent.")),
    ("seats", "reports_to", N_("A seat cannot report to itself.")),
    ("employees", "manager", N_("Employees cannot manage themselves.")),
)


def own_problems(draft: Draft, policy: Policy) -> list[Problem]:
    """What is wrong within the bundle, whatever the store holds."""
    ids = ids_of(draft.bundle)
    return in_order(
        (
            *_repeated_ids(draft),
            *_repeated_stages(draft),
            *_shared_by_people(draft, ids),
            *_ends_before_starts(draft),
            *_pointing_at_themselves(draft),
            *vocabulary_problems(draft, policy, ids, Nearest()),
        )
    )


def state_problems(draft: Draft, known: Known, policy: Policy) -> list[Problem]:
    """What would be wrong once the bundle is in; only what can be told at a record of the bundle."""
    nearest = Nearest()
    return in_order(
        (
            *reference_problems(draft, known, policy, nearest),
            *structure_problems(draft, known, nearest),
            # Last, for it reads the stream again, and what that mentions is of the reading before.
            *_restated(draft, known),
        )
    )


def _repeated_ids(draft: Draft) -> Iterator[Problem]:
    for kind, record_type in RECORDS.items():
        field = next((n for n, f in record_type.model_fields.items() if (f.alias or n) == "id"), None)
        if field is None:
            continue
        first: dict[str, str] = {}
        for place, record in placed(draft, kind):
            # A tie without a given id is one more statement about its pair, which is legal.
            record_id = getattr(record, field)
            if record_id is not None and first.setdefault(record_id, place) != place:
                params = {"id": shown(record_id), "first": first[record_id]}
                yield Problem(
                    f"{place}.id",
                    shown(record_id),
                    Message(N_("{first} has the id {id} already."), params),
                    Message(N_("Give each record its own id, or remove one of the two."), params),
                )


def _restated(draft: Draft, known: Known) -> Iterator[Problem]:
    """Interactions of a stream that give an id other values than an earlier one did."""
    if draft.stream is None or not known.restated:
        return
    first = draft.stream.places_of(frozenset(record_id for record_id, _ in known.restated))
    for record_id, place in known.restated:
        params = {"id": shown(record_id), "first": first[record_id]}
        yield Problem(
            f"{place}.id",
            shown(record_id),
            Message(N_("{first} has the id {id} already, with other values."), params),
            Message(N_("Give each record its own id, or make the two agree."), params),
        )
    if more := known.restated_in_all - len(known.restated):
        yield Problem(
            draft.name,
            None,
            Message(N_("{count} more ids are given again with other values."), {"count": more}),
            Message(N_("Mend what they have in common, often one line of the mapping, and try again.")),
        )


def _repeated_stages(draft: Draft) -> Iterator[Problem]:
    first: dict[tuple[str, ...], str] = {}
    for place, record in placed(draft, "stages"):
        assert isinstance(record, Stage)
        if first.setdefault(record.key, place) != place:
            params = {"stage": shown(record.name), "account": record.account, "first": first[record.key]}
            yield Problem(
                f"{place}.name",
                shown(record.name),
                Message(N_("{first} states stage {stage} of account {account} already."), params),
                Message(N_("Remove one of the two, or rename it."), params),
            )


def _shared_by_people(draft: Draft, ids: Ids) -> Iterator[Problem]:
    both = ids["contacts"] & ids["employees"]
    for place, employee in zip(draft.places.get("employees", ()), draft.bundle.employees, strict=True):
        if employee.id in both:
            yield two_people(f"{place}.id", employee.id)


def _ends_before_starts(draft: Draft) -> Iterator[Problem]:
    for kind, record_type in RECORDS.items():
        if not issubclass(record_type, Dated):
            continue
        for place, record in placed(draft, kind):
            assert isinstance(record, Dated)
            start, end = record.valid_from, record.valid_to
            if start is not None and end is not None and end <= start:
                yield Problem(
                    f"{place}.valid_to",
                    shown(end),
                    Message(
                        N_("It ends on or before the day it starts, {start}."), {"start": shown(start)}
                    ),
                    Message(N_("Give a valid_to after valid_from: the first day it no longer holds.")),
                )


def _pointing_at_themselves(draft: Draft) -> Iterator[Problem]:
    for kind, field, what in _THEMSELVES:
        own_id, above = reader(kind, "id"), reader(kind, field)
        for place, record in placed(draft, kind):
            if above(record) == own_id(record):
                yield _itself(f"{place}.{field}", str(own_id(record)), what, field)
    for place, record in placed(draft, "influences"):
        assert isinstance(record, Influence)
        if record.from_seat == record.to_seat:
            yield _itself(f"{place}.to", record.to_seat, N_("A seat cannot influence itself."), "to")


def _itself(path: str, value: str, what: str, field: str) -> Problem:
    cure = Message(N_("Name another one under {field}, or remove it."), {"field": field})
    return Problem(path, shown(value), Message(what), cure)
