"""Spreading: a portfolio in partitions, which workers on other machines review each by itself."""

from collections.abc import Iterator, Sequence
from importlib.metadata import version

from graphcrm.errors import N_, InputError, Message
from graphcrm.graph.facts import Facts
from graphcrm.policies import Policy
from graphcrm.ports.facts import FactStore
from graphcrm.records.bundle import Bundle
from graphcrm.records.partitions import Manifest, Partition
from graphcrm.records.review import Review
from graphcrm.services.audit import reviews
from graphcrm.services.reading import View, read_roster


def ranges(accounts: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    """The accounts in their order, so many at a time.

    >>> list(ranges(["a", "b", "c"], 2))
    [('a', 'b'), ('c',)]
    """
    return (tuple(accounts[start : start + size]) for start in range(0, len(accounts), size))


def called(accounts: Sequence[str]) -> Message:
    """What a range of accounts is called."""
    return Message(N_("accounts {first} to {last}"), {"first": accounts[0], "last": accounts[-1]})


def manifest_of(view: View, partitions: Sequence[Partition]) -> Manifest:
    """The manifest of partitions written under a settled view."""
    assert view.as_of is not None
    assert view.upto is not None
    return Manifest(
        graphcrm=version("graphcrm"),
        as_of=view.as_of,
        known_at=view.known_at,
        upto=view.upto,
        policy_pack=view.policy.model_dump(mode="json"),
        partitions=tuple(partitions),
    )


def view_of(manifest: Manifest) -> View:
    """The view that partitions show. Raises InputError where another version of graphcrm wrote them."""
    if manifest.graphcrm != version("graphcrm"):
        raise InputError(
            N_("The partitions were written by graphcrm {theirs}, and this is {ours}."),
            hint=N_(
                "Install one version wherever they are written and read: others may give other figures."
            ),
            theirs=manifest.graphcrm,
            ours=version("graphcrm"),
        )
    policy = Policy.model_validate(manifest.policy_pack)
    return View(policy, manifest.as_of, manifest.known_at, manifest.upto)


def view_over(store: FactStore, manifest: Manifest) -> View:
    """The same view. Raises InputError also where the store has other accounts than the partitions."""
    view = view_of(manifest)
    if tuple(read_roster(store, view).accounts) != manifest.accounts:
        raise InputError(
            N_("The partitions hold other accounts than the store: they come from another one."),
            hint=N_("Name the store they were written from, or write them anew."),
        )
    return view


def reviews_of(partition: Bundle, view: View, accounts: Sequence[str]) -> Iterator[Review]:
    """The reviews of some accounts from all that bears on them, as from the store itself."""
    facts = Facts(partition, view.policy, as_of=view.as_of, known_at=view.known_at, whole=accounts)
    return reviews(facts)
