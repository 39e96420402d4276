"""Matching: what the columns of a table mean, by their names and their values, and what a row is about."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from graphcrm.sources.tables.suggesting.looks import by_looks
from graphcrm.sources.tables.suggesting.plans import Match, TablePlan
from graphcrm.sources.tables.suggesting.profiles import FEW, Profile
from graphcrm.sources.tables.suggesting.sampling import Sample
from graphcrm.sources.tables.suggesting.words import likeness, normal, synonyms

SUBJECTS = (
    *("accounts", "contacts", "employees", "interactions", "opportunities", "ties", "departments"),
    "mechanisms",
)
LEAST = 0.6
"""From this score on a name says what a column is."""

_FULL, _BARE = 1.0, 0.93
_NAMED_SO = 1.6
_FOREIGN = 0.3
_DATES = (
    *("interactions.at", "opportunities.expected_on", "ties.assessed_on"),
    *("visited.visit", "visited.meeting", "visited.call"),
)
_AMOUNTS = ("accounts.annual_revenue", "opportunities.amount", "mechanisms.cadence_days")
_WORDS = (
    *("interactions.channel", "interactions.subtype", "interactions.status", "opportunities.status"),
    *("seats.roles", "ties.level", "contacts.attitude", "accounts.mode"),
)
_LEVELS = ("seats.level", "employees.level")


def understand(plan: TablePlan) -> None:
    """Find the subject and the meaning of the columns of a table."""
    tried = {subject: matched(plan, subject) for subject in SUBJECTS}
    scores = {
        subject: _worth(subject, found) + _NAMED_SO * called(plan.sample, subject)
        for subject, found in tried.items()
        if _makes_sense(subject, found, plan)
    }
    if scores:
        plan.subject = max(scores, key=lambda each: scores[each])
        plan.matches = tried[plan.subject]
    elif plan.sample.headerless:
        plan.matches, plan.subject = by_looks(plan.profiles)


def matched(plan: TablePlan, subject: str) -> dict[str, Match]:
    """What the columns mean in a table about this subject: the surest first, one field each."""
    if plan.sample.headerless:
        return {}
    candidates: list[Match] = []
    for name, profile in plan.profiles.items():
        wanted = normal(name)
        ignored = max((likeness(wanted, each) for each in synonyms().ignored), default=0.0)
        for each, score in _scores(_without_own_name(wanted, plan, subject), wanted, subject):
            meant = _suited(each, profile)
            if meant and score >= LEAST and (score > ignored or (score == ignored == 1.0)):
                candidates.append(Match(meant, name, score))
    return _chosen(candidates)


def _chosen(candidates: Iterable[Match]) -> dict[str, Match]:
    found: dict[str, Match] = {}
    taken: set[str] = set()
    for match in sorted(candidates, key=lambda each: -each.score):
        if match.field not in found and match.column not in taken:
            found[match.field] = match
            taken.add(match.column)
    return found


def _without_own_name(wanted: str, plan: TablePlan, subject: str) -> str:
    """A name without that of what its rows are: the owner of an activity, the id of a supplier."""
    names = [normal(name) for name in _names(plan.sample)]
    if called(plan.sample, subject) < LEAST and subject != "accounts":
        names = []
    for each in (*names, *synonyms().tables[subject]):
        wanted = wanted.removeprefix(f"{each} ")
    return wanted


def _scores(bare: str, wanted: str, subject: str) -> Iterable[tuple[str, float]]:
    known = synonyms()
    for each, words in known.full.items():
        yield _within(each, subject), _FULL * max(likeness(wanted, word) for word in words)
    for each, words in known.bare.get(subject, {}).items():
        yield each, _BARE * max((likeness(bare, word, tail=False) for word in words), default=0.0)


def _within(each: str, subject: str) -> str:
    """In a table of our own people a job title is that of an employee, not of a seat."""
    if subject == "employees":
        return {"seats.title": "employees.title", "seats.level": "employees.level"}.get(each, each)
    return each


def _suited(each: str, profile: Profile) -> str | None:
    """The field itself, the id it must be instead of a name, or None where the values cannot be it."""
    if not profile.words or profile.lists:
        return None
    kind = each.rsplit(".", 1)[1]
    if kind == "name" and profile.numbers and not profile.numbers.marked:
        entity = each.split(".", 1)[0]
        return f"{entity}.id" if entity in {"accounts", "contacts", "employees"} else None
    return each if _holds(each, kind, profile) else None


def _holds(each: str, kind: str, profile: Profile) -> bool:
    """Whether the values can be of the field."""
    tests: dict[str, Callable[[], bool]] = {
        "emails": lambda: profile.emails,
        "email": lambda: profile.emails,
        "valid_from": lambda: profile.dates is not None,
        "valid_to": lambda: profile.dates is not None,
        "kind": lambda: len(profile.words) <= FEW,
        "currency": lambda: all(len(word) == len("EUR") for word in profile.words),
        "id": lambda: True,
    }
    tests |= dict.fromkeys(_DATES, tests["valid_from"])
    tests |= dict.fromkeys((*_WORDS, *_LEVELS), tests["kind"])
    tests |= dict.fromkeys(_AMOUNTS, lambda: bool(profile.numbers and profile.numbers.least >= 0))
    test = tests.get(each) or tests.get(kind) or (lambda: profile.dates is None)
    return test()


def called(sample: Sample, subject: str) -> float:
    """How much the file's or the sheet's name says that the rows are about this."""
    names = {normal("".join(c if not c.isdigit() else " " for c in n)) for n in _names(sample)}
    return max((likeness(n, word) for n in names for word in synonyms().tables[subject]), default=0.0)


def _names(sample: Sample) -> Sequence[str]:
    return [sample.layout.sheet] if sample.layout.sheet else [path.stem for path in sample.paths]


def _worth(subject: str, found: Mapping[str, Match]) -> float:
    own = {
        "contacts": ("contacts", "seats", "departments"),
        "interactions": ("interactions",),
    }.get(subject, (subject,))
    worth = sum(m.score * (1 if f.split(".")[0] in own else _FOREIGN) for f, m in found.items())
    # People of no company are ours, unless more speaks for the contrary.
    return worth - (subject == "contacts" and not {"accounts.id", "accounts.name"} & set(found))


def _makes_sense(subject: str, found: Mapping[str, Match], plan: TablePlan) -> bool:
    """Whether such a table could be about this at all."""

    def has(*fields: str) -> bool:
        return any(f in found for f in fields)

    account = has("accounts.id", "accounts.name")
    person = has("contacts.id", "contacts.name", "contacts.last_name", "contacts.emails")
    ours = has("employees.id", "employees.name", "employees.last_name", "employees.email")
    told = "accounts.id" in found and found["accounts.id"].score > _BARE
    kinds = {
        "accounts": has("accounts.name") or told or (account and called(plan.sample, "accounts") >= LEAST),
        "contacts": has("contacts.name", "contacts.last_name", "contacts.emails")
        and (account or has("seats.title", "contacts.id", "contacts.emails", "departments.name")),
        "employees": ours and not (account or person) and has(*(f for f in found if f != "employees.id")),
        "interactions": has("interactions.at") and (account or person) and _eventful(found, plan),
        "opportunities": has("opportunities.amount") and account,
        "ties": ours and person and (has("ties.level") or called(plan.sample, "ties") >= LEAST),
        "departments": has("departments.name") and account and not person,
        "mechanisms": has("mechanisms.kind") and account,
    }
    return kinds[subject]


def _eventful(found: Mapping[str, Match], plan: TablePlan) -> bool:
    return (
        "interactions.channel" in found
        or called(plan.sample, "interactions") >= LEAST
        or found["interactions.at"].score >= _BARE
    )
