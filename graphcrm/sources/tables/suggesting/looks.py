"""Looks: what columns without names are, by their values and by what the other tables hold."""

from collections.abc import Mapping, Sequence

from graphcrm.sources.tables.suggesting.plans import Match, TablePlan
from graphcrm.sources.tables.suggesting.profiles import Profile

_SCORE = 0.7
_LIKELY = 0.7
_EMAILS = 0.8
_ANY, _SOME = 0.25, 0.1
"""So many companies say by their name that they are one; fewer must where people stand beside them."""


def by_looks(profiles: Mapping[str, Profile]) -> tuple[dict[str, Match], str | None]:
    """What columns are by their values alone, and what the rows are about; nothing without companies."""
    found: dict[str, Match] = {}
    free = {name: p for name, p in profiles.items() if p.words and not p.lists}

    def take(each: str, test: str, least: float) -> None:
        shares = {name: p.share(test) for name, p in free.items() if not p.numbers and not p.dates}
        best = max(shares, key=lambda name: shares[name], default=None)
        if best is not None and shares[best] >= least:
            found[each] = Match(each, best, _SCORE, by_values=True)
            del free[best]

    take("contacts.emails", "email", _EMAILS)
    take("seats.title", "title", _LIKELY)
    take("contacts.name", "person", _LIKELY)
    take("accounts.name", "company", _SOME if found else _ANY)
    if "accounts.name" not in found:
        return {}, None
    unique = profiles[found["accounts.name"].column].unique
    key = next((p for p in free.values() if p.unique and p.full and p.fit_for_id and not p.dates), None)
    if key is not None:
        about = "accounts.id" if unique else "contacts.id"
        found[about] = Match(about, key.name, _SCORE, by_values=True)
    people = {"contacts.name", "contacts.emails"} & set(found)
    return found, "contacts" if people and not unique else "accounts"


def by_links(plan: TablePlan, others: Sequence[TablePlan]) -> None:
    """Take a table without names for interactions where it has days, and the ids of another table."""
    day = next((p for p in plan.profiles.values() if p.dates and p.full), None)
    if day is None:
        return
    for each in ("contacts.id", "accounts.id"):
        for other in others:
            known = other.profile(each)
            inside = [p for p in plan.profiles.values() if known is not None and _within(p, known)]
            column = max(inside, key=lambda p: len(p.words), default=None)
            if column is None or other is plan:
                continue
            plan.subject = "interactions"
            key = next((p for p in plan.profiles.values() if p.unique and p.full and p.fit_for_id), None)
            stated = [("interactions.at", day), (each, column)]
            if key is not None and key not in {day, column}:
                stated.append(("interactions.id", key))
            plan.matches = {f: Match(f, p.name, _SCORE, by_values=True) for f, p in stated}
            return


def _within(profile: Profile, known: Profile) -> bool:
    return bool(profile.words) and not profile.dates and profile.words.keys() <= known.words.keys()
