"""Unknown: what verdicts need and no column says, so that a person knows what to look for."""

from collections.abc import Iterable, Mapping

from graphcrm.errors import N_

WANTED: Mapping[str, Mapping[str, str]] = {
    "accounts": {
        "mode": N_("unknown: the mode that the method pack assumes is taken"),
        "owner": N_("unknown: nobody answers for an account"),
        "annual_revenue": N_("unknown: no revenue at risk can be told"),
        "currency": N_("unknown: no revenue at risk can be told"),
    },
    "seats": {
        "department": N_("unknown: breadth counts departments"),
        "level": N_("unknown: seats without level have an uncertain weight"),
        "roles": N_("unknown: who decides is open"),
        "reports_to": N_("unknown: no introductions along the line"),
    },
    "employees": {
        "level": N_("unknown: whether the top levels meet is open"),
        "captured": N_("unknown: where no interaction is on record, there may have been some"),
    },
    "ties": {
        "level": N_("unknown: how well they know each other"),
        "assessed_on": N_("unknown: a level needs its day"),
    },
}
"""Fields that a suggestion tells of where it found no column, and what their lack means."""

KINDS: Mapping[str, str] = {
    "employees": N_("No table names our people, so nobody of ours can be tied to a contact."),
    "contacts": N_("No table names contacts, so no relationship can be told."),
    "interactions": N_("No table of interactions: how strong ties are stands only on what is stated."),
    "ties": N_("No table says who of ours knows whom: ties come from interactions alone."),
    "assertions": N_("No column says whether contacts support us (their attitude)."),
    "mechanisms": N_(
        "No table of agreements, committees or joint work (mechanisms): the third axis is unknown."
    ),
}
"""The kinds of record that a suggestion tells of where it has none of them."""


def missing_fields(kind: str, stated: Iterable[str]) -> dict[str, str]:
    """The fields that are wanted and not stated, each with what that means."""
    known = set(stated)
    return {name: why for name, why in WANTED.get(kind, {}).items() if name not in known}


def missing_kinds(stated: Iterable[str]) -> list[str]:
    """What the lack of whole kinds of record means."""
    known = set(stated)
    return [why for kind, why in KINDS.items() if kind not in known]
