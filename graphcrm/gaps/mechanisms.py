"""What is missing about ties between the companies: whether all are on record, and who carries them."""

from collections.abc import Iterator, Sequence

from graphcrm.errors import N_
from graphcrm.gaps.entering import entered
from graphcrm.gaps.gap import Found, Gap, Looked, Subject, accounts_where
from graphcrm.gaps.snapshot import Snapshot
from graphcrm.graph.account import AccountGraph
from graphcrm.measures.organisation import communication, joint_work, recognition
from graphcrm.records.base import Record
from graphcrm.records.bundle import Bundle
from graphcrm.records.mechanism import Mechanism
from graphcrm.records.stage import Stage


def _incomplete(snapshot: Snapshot) -> Looked:
    """Accounts with an element of organisation that is open only because the record is not complete."""

    def holds(account: str) -> bool:
        graph = snapshot.graph(account)
        return not all(element(graph).known for element in (communication, joint_work, recognition))

    return accounts_where(snapshot, holds)


def _nothing_or_all(snapshot: Snapshot, found: Sequence[Found]) -> Iterator[Bundle]:
    """There is nothing more than on record, and: there is all that could be."""
    accounts = [snapshot.facts.accounts[a] for subject, _ in found for a in subject.ids]
    yield entered(snapshot, (a.model_copy(update={"mechanisms_complete": True}) for a in accounts))
    yield entered(snapshot, (r for a in accounts for r in _all_that_could_be(snapshot.graph(a.id))))


def _all_that_could_be(graph: AccountGraph) -> Iterator[Record]:
    """For each open element what makes it 1: a committee held today, joint work, an agreement."""
    account, policy = graph.account.id, graph.policy.organisation
    if not communication(graph).known:
        yield Mechanism(
            id=f"?{account}/communication",
            account=account,
            kind=policy.mechanism_kinds[0],
            cadence_days=1.0,
            held=(graph.as_of,),
        )
    if not joint_work(graph).known:
        yield Stage(account=account, name="?")
        yield Mechanism(
            id=f"?{account}/joint_work", account=account, kind=policy.mechanism_kinds[0], stage="?"
        )
    if not recognition(graph).known:
        yield Mechanism(id=f"?{account}/recognition", account=account, kind=policy.agreements[0])


def _uncarried(snapshot: Snapshot) -> Looked:
    mechanisms = [m for graph in snapshot.graphs() for m in graph.mechanisms]
    found = (
        Found(Subject("mechanisms", (m.id,), m.id), (m.account,))
        for m in mechanisms
        if m.our_owners and snapshot.facts.present.isdisjoint(m.our_owners)
    )
    return Looked(len(mechanisms), tuple(found))


def _carried(snapshot: Snapshot, found: Sequence[Found]) -> Iterator[Bundle]:
    """Somebody else looks after them; nobody, which is the worst, is what is on record."""
    left = {mechanism for subject, _ in found for mechanism in subject.ids}
    yield entered(
        snapshot,
        (m.model_copy(update={"our_owners": ()}) for m in snapshot.bundle.mechanisms if m.id in left),
    )


MECHANISMS_INCOMPLETE = Gap(
    "mechanisms_incomplete",
    N_("Accounts whose mechanisms may not all be on record"),
    N_("None on record may mean none or not entered: enter them all, then mark the record complete."),
    _incomplete,
    _nothing_or_all,
)
MECHANISM_UNCARRIED = Gap(
    "mechanism_uncarried",
    N_("Mechanisms whose owners on our side are all gone"),
    N_("They count as carried by nobody: name who looks after them now."),
    _uncarried,
    _carried,
    doubtful=True,
)
