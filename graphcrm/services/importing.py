"""Importing: a draft goes into the store whole, or not at all."""

from collections.abc import Callable
from dataclasses import replace

from graphcrm.errors import Message, Problem, RefusedImport
from graphcrm.policies import Policy
from graphcrm.ports.clock import Clock
from graphcrm.ports.facts import FactStore
from graphcrm.records.bundle import Bundle
from graphcrm.records.checks.fields import ids_of
from graphcrm.records.checks.integrity import own_problems, state_problems
from graphcrm.records.checks.problems import in_order
from graphcrm.records.draft import Draft
from graphcrm.records.store_state import ImportSummary, Known


def import_draft(
    draft: Draft, store: FactStore, policy: Policy, clock: Clock, *, rehearsal: bool = False
) -> ImportSummary:
    """Import a draft; what its source, its records and the state afterwards have wrong is told in one go.

    A rehearsal tells what would change, or what is wrong, and writes nothing. Raises RefusedImport with
    every problem; then nothing is written. StoreErrors pass through.
    """
    return store.import_bundle(
        draft.bundle,
        name=draft.name,
        at=clock.now(),
        check=lambda known: _check(draft, policy, known),
        stream=draft.stream,
        rehearsal=rehearsal,
    )


def checked(draft: Draft, policy: Policy) -> Bundle:
    """The draft's bundle, if an empty store would take it.

    Raises RefusedImport with every problem.
    """
    _check(draft, policy, Known(ids_of(draft.bundle), draft.bundle))
    return draft.bundle


def _check(draft: Draft, policy: Policy, known: Known) -> None:
    """Refuse for all that is wrong with the draft itself, and with what would be known.

    It is asked when the stream has been read, for only then is known what is wrong with it.
    """
    problems = [
        *draft.problems,
        *(draft.stream.problems if draft.stream else ()),
        *own_problems(draft, policy),
        *state_problems(draft, known, policy),
    ]
    if problems:
        raise RefusedImport(draft.name, in_order(_as_shown(problem, draft.shown) for problem in problems))


def _as_shown(problem: Problem, shown: Callable[[str], str]) -> Problem:
    """The problem with places as a person finds them in the source."""
    return replace(
        problem,
        path=shown(problem.path),
        what=_message(problem.what, shown),
        cure=_message(problem.cure, shown),
    )


def _message(message: Message, shown: Callable[[str], str]) -> Message:
    params = {key: shown(v) if key == "first" else v for key, v in message.params.items()}  # type: ignore[arg-type]
    return replace(message, params=params)
