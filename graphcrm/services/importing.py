"""Importing: a draft goes into the store whole, or not at all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graphcrm.errors import N_, Message, Problem, RefusedImport
from graphcrm.policies import Policy
from graphcrm.ports.clock import Clock
from graphcrm.ports.facts import FactStore
from graphcrm.records.base import Record
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.checks.fields import ids_of
from graphcrm.records.checks.integrity import own_problems, state_problems
from graphcrm.records.checks.problems import in_order
from graphcrm.records.draft import Draft
from graphcrm.records.interaction import Interaction
from graphcrm.records.store_state import ImportSummary, Known

FIRST = 3
"""How many records of a kind a rehearsal shows."""

FEW = 2
"""So many records may vanish without a question."""


@dataclass(frozen=True)
class Rehearsal:
    """What an import would do: how many records of each kind it would touch, or what is wrong.

    ``refused`` counts the records with problems by kind, ``first`` are the first few of each kind.
    """

    summary: ImportSummary
    problems: tuple[Problem, ...]
    refused: Mapping[str, int]
    first: Mapping[str, tuple[Record, ...]]


def import_draft(draft: Draft, store: FactStore, policy: Policy, clock: Clock) -> ImportSummary:
    """Import a draft; what its source, its records and the state afterwards have wrong is told in one go.

    Raises RefusedImport with every problem; then nothing is written. StoreErrors pass through.
    """

    def check(known: Known) -> None:
        refuse(draft, _problems(draft, policy, known))

    return store.import_bundle(
        draft.bundle, name=draft.name, at=clock.now(), check=check, stream=draft.stream
    )


def rehearse(draft: Draft, store: FactStore, policy: Policy, clock: Clock) -> Rehearsal:
    """Do all that an import does, and write nothing."""
    found: list[Problem] = []
    summary = store.import_bundle(
        draft.bundle,
        name=draft.name,
        at=clock.now(),
        check=lambda known: found.extend(_problems(draft, policy, known)),
        stream=draft.stream,
        rehearsal=True,
    )
    return Rehearsal(summary, tuple(_shown(draft, found)), _refused(draft, found), _first(draft))


def doubts(summary: ImportSummary, as_of: date, latest: date | None) -> tuple[Message, ...]:
    """What somebody should look at who imports facts of a day, where the store had those of ``latest``."""
    found = []
    touched = any(change.changed or change.retired for change in summary.kinds.values())
    if latest is not None and as_of < latest and touched:
        found.append(Message(_OLDER, {"as_of": as_of.isoformat(), "latest": latest.isoformat()}))
    for kind, change in summary.kinds.items():
        there = change.retired + change.changed + change.unchanged
        if change.retired > FEW and change.retired * 2 > there:
            found.append(Message(_MOST, {"kind": kind, "retired": change.retired, "all": there}))
    return tuple(found)


_OLDER = N_(
    "These facts of {as_of} are older than the store's, of {latest}; what they change counts from now on."
)
_MOST = N_("Most of {kind} are retired: {retired} of {all}. Is the file whole?")


def checked(draft: Draft, policy: Policy) -> Bundle:
    """The draft's bundle, if an empty store would take it.

    Raises RefusedImport with every problem.
    """
    refuse(draft, _problems(draft, policy, Known(ids_of(draft.bundle), draft.bundle)))
    return draft.bundle


def refuse(draft: Draft, problems: Sequence[Problem]) -> None:
    """Raise RefusedImport if there are any."""
    if problems:
        raise RefusedImport(draft.name, _shown(draft, problems))


def _problems(draft: Draft, policy: Policy, known: Known) -> list[Problem]:
    """All that is wrong with the draft itself, and with what would be known.

    It is asked when the stream has been read, for only then is known what is wrong with it.
    """
    return [
        *draft.problems,
        *(draft.stream.problems if draft.stream else ()),
        *own_problems(draft, policy),
        *state_problems(draft, known, policy),
    ]


def _shown(draft: Draft, problems: Sequence[Problem]) -> list[Problem]:
    """The problems with places as a person finds them in the source, in their order, each once."""
    mentions = (draft.stream.mentions if draft.stream else {}).values()
    times = {mention.path: mention.times for values in mentions for mention in values.values()}
    shown = (
        replace(
            problem,
            path=draft.origin.shown(problem.path),
            what=_message(problem.what, draft),
            times=times.get(problem.path, 1),
        )
        for problem in problems
    )
    told: dict[tuple[str, str, str], Problem] = {}
    for problem in shown:
        told.setdefault((problem.path, repr(problem.value), str(problem.what)), problem)
    return in_order(told.values())


def _message(message: Message, draft: Draft) -> Message:
    first = message.params.get("first")
    if not isinstance(first, str):
        return message
    return replace(message, params={**message.params, "first": draft.origin.shown(first)})


def _refused(draft: Draft, problems: Sequence[Problem]) -> dict[str, int]:
    """How many records of each kind have problems."""
    records = {draft.origin.record(problem.path) for problem in problems}
    return Counter(kind for kind, _ in filter(None, records))


def _first(draft: Draft) -> dict[str, tuple[Record, ...]]:
    """The first records of each kind."""
    first = {kind: draft.bundle.of(kind)[:FIRST] for kind in RECORDS}
    if draft.stream is not None:
        first[Interaction.kind] = tuple(map(Interaction.model_validate_json, draft.stream.first))
    return {kind: records for kind, records in first.items() if records}
