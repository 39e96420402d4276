"""Records that look like the same company or person twice: doubtful, for namesakes exist."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from graphcrm.errors import N_
from graphcrm.gaps.gap import Found, Gap, Looked, Subject
from graphcrm.gaps.merging import merged
from graphcrm.gaps.names import company, email, person
from graphcrm.gaps.snapshot import Snapshot
from graphcrm.records.bundle import Bundle


def _accounts(snapshot: Snapshot) -> Looked:
    marks = {a.id: [company(a.name)] for a in snapshot.bundle.accounts}
    return _looked(snapshot, "accounts", marks, lambda account: (account,))


def _contacts(snapshot: Snapshot) -> Looked:
    """The same e-mail address, or the same name."""
    marks = {c.id: [person(c.name), *map(email, c.emails)] for c in snapshot.bundle.contacts}
    return _looked(snapshot, "contacts", marks, lambda c: snapshot.of_contact.get(c, ()))


def _employees(snapshot: Snapshot) -> Looked:
    marks = {e.id: [person(e.name)] for e in snapshot.bundle.employees}
    return _looked(snapshot, "employees", marks, lambda e: snapshot.of_employee.get(e, ()))


def _looked(
    snapshot: Snapshot,
    kind: str,
    marks: Mapping[str, Sequence[str]],
    accounts_of: Callable[[str], Iterable[str]],
) -> Looked:
    found = (
        Found(
            Subject(kind, group, snapshot.called(kind, group[0])),
            tuple(dict.fromkeys(account for each in group for account in accounts_of(each))),
        )
        for group in alike(marks)
    )
    return Looked(len(marks), tuple(found))


def alike(marks: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Ids that share a mark, directly or through another: groups of two and more, in order.

    >>> alike({"a": ["x"], "b": ["x", "y"], "c": ["y"], "d": ["z"]})
    [('a', 'b', 'c')]
    """
    group: dict[str, list[str]] = {record: [record] for record in marks}
    bearers: defaultdict[str, list[str]] = defaultdict(list)
    for record, every in marks.items():
        for mark in every:
            bearers[mark].append(record)
    for first, *others in bearers.values():
        for other in others:
            if group[other] is not group[first]:
                group[first] += group[other]
                for record in group[other]:
                    group[record] = group[first]
    return sorted({tuple(sorted(members)) for members in group.values() if len(members) > 1})


def _one(kind: str) -> Callable[[Snapshot, Sequence[Found]], Iterator[Bundle]]:
    def fill(snapshot: Snapshot, found: Sequence[Found]) -> Iterator[Bundle]:
        """Each group is one; several, as they stand, is what is on record."""
        same = {other: subject.ids[0] for subject, _ in found for other in subject.ids[1:]}
        yield merged(snapshot.bundle, kind, same)

    return fill


DUPLICATE_ACCOUNT = Gap(
    "duplicate_account",
    N_("Accounts that look like the same company"),
    N_("Their names differ in legal form or spelling at most: if it is one, keep one record."),
    _accounts,
    _one("accounts"),
    doubtful=True,
)
DUPLICATE_CONTACT = Gap(
    "duplicate_contact",
    N_("Contacts that look like the same person"),
    N_("They share a name or an e-mail address: if it is one person, keep one record."),
    _contacts,
    _one("contacts"),
    doubtful=True,
)
DUPLICATE_EMPLOYEE = Gap(
    "duplicate_employee",
    N_("Employees of ours who look like the same person"),
    N_("They share a name: if it is one person, keep one record."),
    _employees,
    _one("employees"),
    doubtful=True,
)
