"""Importing: a draft goes into the store whole, or not at all."""

from collections.abc import Callable

from graphcrm.errors import RefusedImport
from graphcrm.policies import Policy
from graphcrm.ports.clock import Clock
from graphcrm.ports.facts import FactStore
from graphcrm.records.bundle import Bundle
from graphcrm.records.checks.fields import ids_of
from graphcrm.records.checks.integrity import own_problems, state_problems
from graphcrm.records.checks.problems import in_order
from graphcrm.records.draft import Draft
from graphcrm.records.store_state import ImportSummary, Known


def import_draft(draft: Draft, store: FactStore, policy: Policy, clock: Clock) -> ImportSummary:
    """Import a draft; what its source, its records and the state afterwards have wrong is told in one go.

    Raises RefusedImport with every problem; then nothing is written. StoreErrors pass through.
    """
    check = _check(draft, policy)
    return store.import_bundle(draft.bundle, name=draft.name, at=clock.now(), check=check)


def checked(draft: Draft, policy: Policy) -> Bundle:
    """The draft's bundle, if an empty store would take it.

    Raises RefusedImport with every problem.
    """
    _check(draft, policy)(Known(ids_of(draft.bundle), draft.bundle))
    return draft.bundle


def _check(draft: Draft, policy: Policy) -> Callable[[Known], None]:
    """Refuses for all that is wrong with the draft itself, and with what would be known."""
    found = [*draft.problems, *own_problems(draft, policy)]

    def check(known: Known) -> None:
        problems = [*found, *state_problems(draft, known, policy)]
        if problems:
            raise RefusedImport(draft.name, in_order(problems))

    return check
