"""Suggestion: from files to a first mapping, for the user to correct."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import compress
from pathlib import Path

from graphcrm.errors import N_, InputError, Message, Problem, RefusedImport
from graphcrm.policies import Policy
from graphcrm.sources.tables.suggesting.events import Events, not_happened
from graphcrm.sources.tables.suggesting.linking import Links
from graphcrm.sources.tables.suggesting.looks import by_links
from graphcrm.sources.tables.suggesting.matching import LEAST, called, understand
from graphcrm.sources.tables.suggesting.people import People
from graphcrm.sources.tables.suggesting.plans import EntryPlan, FieldPlan, TablePlan
from graphcrm.sources.tables.suggesting.profiles import profiled
from graphcrm.sources.tables.suggesting.sampling import Sample, samples_of
from graphcrm.sources.tables.suggesting.values import Values

_ORDER = (
    *("employees", "accounts", "departments", "contacts", "ties", "mechanisms", "opportunities"),
    *("interactions", None),
)
_STALE = timedelta(days=90)
"""Tables whose last interaction is older than this are looked at as of that day, not of today."""

EXAMPLE = N_("Nothing here was recognised. This is an example to correct: which column is what?")


@dataclass(frozen=True)
class Suggestion:
    """What was understood of some files, and the entries of the mapping. ``as_of`` is the tables' day."""

    plans: tuple[TablePlan, ...]
    entries: tuple[EntryPlan, ...]
    as_of: date | None
    last: date | None
    problems: tuple[Problem, ...] = ()


def suggest(paths: Sequence[Path], policy: Policy, today: date) -> Suggestion:
    """A first mapping of these files.

    Raises InputError where there is nothing to read, RefusedImport where no file can be read as a table.
    """
    problems: list[Problem] = []
    samples = samples_of(paths, problems.append)
    if not samples and problems:
        raise RefusedImport(paths[0].name, problems)
    if not samples:
        raise InputError(
            N_("There is no table to read."),
            hint=N_("Give files that end in .csv, .xlsx, .parquet or .jsonl, or a folder with such files."),
        )
    plans: list[TablePlan] = []
    for sample in samples:
        profiles, empty = profiled(sample, today)
        plan = TablePlan(_free(_name(sample), [each.name for each in plans]), sample, profiles, empty)
        understand(plan)
        plans.append(plan)
    for plan in plans:
        if plan.subject is None and plan.sample.headerless and called(plan.sample, "interactions") >= LEAST:
            by_links(plan, plans)
    plans.sort(key=lambda each: _ORDER.index(each.subject))
    last = _last(plans)
    as_of = last if last is not None and today - last > _STALE else None
    entries = list(_entries(plans, Values(policy, as_of or today)))
    if not any(each.fields for each in entries):
        entries += [_example(plan) for plan in plans if plan.profiles][:1]
    if not any(each.fields for each in entries):
        raise InputError(
            N_("There is no column to read in {file}."),
            hint=N_("Give each column a name of its own."),
            file=plans[0].sample.paths[0].name,
        )
    return Suggestion(tuple(plans), tuple(entries), as_of, last, tuple(problems))


def _entries(plans: Sequence[TablePlan], values: Values) -> Iterator[EntryPlan]:
    people = People(Links(plans), values)
    events = Events(people, values)
    for plan in plans:
        if plan.subject is None:
            continue
        for made in (
            people.employees(plan),
            people.accounts(plan),
            events.departments(plan),
            people.contacts(plan),
            people.ties(plan),
            events.mechanisms(plan),
            events.opportunities(plan),
            events.interactions(plan),
            events.visits(plan),
        ):
            yield from made


def _example(plan: TablePlan) -> EntryPlan:
    names = [name for name in plan.profiles if not set("{}") & set(name)] or list(plan.profiles)
    name = max(names, key=lambda n: (plan.profiles[n].unique, plan.profiles[n].filled))
    entry = EntryPlan("accounts", plan.name, repeats="first", unless={name: [""]}, notes=[Message(EXAMPLE)])
    entry.add(FieldPlan("id", name, (name,), 0.1))
    entry.add(FieldPlan("name", name, (name,), 0.1))
    return entry


def _last(plans: Sequence[TablePlan]) -> date | None:
    """The day of the last interaction."""
    days = [_last_of(plan) for plan in plans if plan.subject == "interactions"]
    return max((day for day in days if day is not None), default=None)


def _last_of(plan: TablePlan) -> date | None:
    profile, (column, words) = plan.profile("interactions.at"), not_happened(plan)
    if profile is not None and words:
        happened = [word not in words for word in plan.profiles[column].texts]
        profile = replace(
            profile,
            texts=list(compress(profile.texts, happened)),
            cells=list(compress(profile.cells, happened)),
        )
    return profile.dates.last if profile is not None and profile.dates else None


def _name(sample: Sample) -> str:
    """What several files of one shape are called together: without the year or number of each."""
    return (
        sample.name
        if len(sample.paths) == 1
        else re.sub(r"[\W\d_]+", " ", sample.name).strip() or sample.name
    )


def _free(name: str, taken: Sequence[str]) -> str:
    """A name for a table, as people write names in a mapping."""
    plain = re.sub(r"\W+", "_", name.casefold()).strip("_") or "table"
    number, found = 2, plain
    while found in taken:
        number, found = number + 1, f"{plain}_{number}"
    return found
