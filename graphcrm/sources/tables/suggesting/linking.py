"""Linking: where accounts, contacts and employees are at home, and how other tables name them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from graphcrm.sources.tables.suggesting.plans import Said, TablePlan, Template, column

MOST = 0.5
"""A column names records of another table if at least so many of its values stand there."""

_HOMES = {
    "accounts": (
        "accounts",
        "contacts",
        "departments",
        "opportunities",
        "mechanisms",
        "ties",
        "interactions",
    ),
    "contacts": ("contacts", "accounts", "ties", "interactions"),
    "employees": ("employees", "accounts", "contacts", "ties", "mechanisms", "interactions"),
}
_NAMING = {
    "accounts": ("accounts.id", "accounts.name"),
    "contacts": ("contacts.id", "contacts.name", "contacts.emails"),
    "employees": ("employees.id", "employees.name", "employees.email", "accounts.owner"),
}


@dataclass(frozen=True)
class Home:
    """Where the records of a kind are: the table, and the id a row of it gives."""

    plan: TablePlan
    id: Template


@dataclass(frozen=True)
class Reference:
    """How rows of a table name a record elsewhere.

    ``join`` says which table to look into, by which columns. ``share`` is which part of the values stands
    there; ``made`` says that the records come from the rows themselves.
    """

    id: Template
    join: Mapping[str, Mapping[str, str]] | None = None
    share: float = 1.0
    made: bool = False
    columns: tuple[str, ...] = ()

    @property
    def said(self) -> Said:
        """As the mapping says it."""
        return self.id.said


class Links:
    """The homes of all tables, and the references to them."""

    def __init__(self, plans: Sequence[TablePlan]) -> None:
        self.plans = plans
        self.homes: dict[str, Home] = {}
        for entity in ("accounts", "employees", "contacts"):
            if plan := self._home_of(entity):
                self.homes[entity] = Home(plan, self.own_id(plan, entity))
        self._apart()

    def _home_of(self, entity: str) -> TablePlan | None:
        order = _HOMES[entity]
        having = [p for p in self.plans if p.subject in order and self.can_make(p, entity)]
        return min(
            having,
            key=lambda p: (_rank(p, entity), -len(self._distinct(p, entity))),
            default=None,
        )

    def can_make(self, plan: TablePlan, entity: str) -> bool:
        """Whether the rows of a table can give such records an id."""
        if entity != "contacts":
            return any(plan.profiles[c].fit_for_id for c in self._columns(plan, entity))
        key = plan.profile("contacts.id")
        numbered = key is not None and key.full and key.fit_for_id
        return numbered or name_of(plan, "contacts") is not None

    def _distinct(self, plan: TablePlan, entity: str) -> Collection[str]:
        names = self._columns(plan, entity)
        return plan.profiles[names[0]].words.keys() if names else ()

    @staticmethod
    def _columns(plan: TablePlan, entity: str) -> list[str]:
        return [plan.matches[f].column for f in _naming(plan, entity) if f in plan.matches]

    def own_id(self, plan: TablePlan, entity: str) -> Template:
        """The id that the rows of a table give themselves."""
        if entity == "contacts":
            return self._contact_id(plan)
        columns = [c for c in self._columns(plan, entity) if plan.profiles[c].fit_for_id]
        if entity == plan.subject and len(columns) > 1 and not self._asked_by(plan, entity, columns[0]):
            by_name = [c for c in columns[1:] if self._only_way(plan, entity, c)]
            columns = by_name or columns
        return column(columns[0])

    def _asked_by(self, plan: TablePlan, entity: str, name: str) -> bool:
        """Whether another table names the records by this column."""
        words = plan.profiles[name].words
        return any(
            _share(other.profiles[c].words, words) >= MOST
            for other in self.plans
            if other is not plan
            for c in self._columns(other, entity)
        )

    def _only_way(self, plan: TablePlan, entity: str, name: str) -> bool:
        """Whether others name the records by this column, and some that are not there besides."""
        profile = plan.profiles[name]
        shares = [
            _share(other.profiles[c].words, profile.words)
            for other in self.plans
            if other is not plan
            for c in self._columns(other, entity)
        ]
        return profile.unique and profile.full and any(MOST <= share < 1 for share in shares)

    def _contact_id(self, plan: TablePlan) -> Template:
        key = plan.profile("contacts.id")
        name = name_of(plan, "contacts")
        if key is not None and key.full and key.fit_for_id and (key.unique or name is None):
            return column(key.name)
        account = self.account_column(plan)
        if account is not None and plan.profiles[account].unique:
            return Template(f"{{{account}}}.contact")
        if key is not None and key.full and key.fit_for_id:
            return column(key.name)
        assert name is not None or key is not None
        who = name.text if name is not None else f"{{{key.name}}}" if key else ""
        return Template(f"{{{account}}}.{who}" if account is not None else who)

    def account_column(self, plan: TablePlan) -> str | None:
        """The column of a table by which it names accounts."""
        found = [c for c in self._columns(plan, "accounts") if plan.profiles[c].fit_for_id]
        return found[0] if found else None

    def _apart(self) -> None:
        """Interactions name contacts and employees by id alone: no id may be of both."""
        if not {"contacts", "employees"} <= set(self.homes):
            return
        ours, theirs = self.homes["employees"], self.homes["contacts"]
        both = _ids(ours) & _ids(theirs)
        if both - {None} or (
            len(theirs.id.columns) == 1 == len(ours.id.columns) and _all_numbers(theirs, ours)
        ):
            self.homes["contacts"] = replace(theirs, id=Template(f"contact.{theirs.id.text}"))

    def reference(self, plan: TablePlan, entity: str, *fields: str) -> Reference | None:
        """How rows of a table name a record of this kind; by the columns of some fields, if given."""
        home = self.homes.get(entity)
        if home is None:
            return None
        if home.plan is plan and not fields:
            return Reference(home.id, columns=home.id.columns)
        columns = [plan.matches[f].column for f in fields or _naming(plan, entity) if f in plan.matches]
        found = self._direct(plan, home, entity, columns) or self._joined(plan, home, columns)
        if found is not None or not columns:
            return found or self._by_account(plan, home, entity)
        return None

    def _direct(self, plan: TablePlan, home: Home, entity: str, columns: Sequence[str]) -> Reference | None:
        """The same id, made of columns of this table."""
        names: dict[str, str] = {}
        share = 1.0
        account = self.account_column(home.plan)
        for wanted in home.id.columns:
            ours = columns
            if entity != "accounts" and wanted == account:
                ours = self._columns(plan, "accounts")
            shares = {c: _share(plan.profiles[c].words, home.plan.profiles[wanted].words) for c in ours}
            best = max(shares, key=lambda c: shares[c], default=None)
            if best is None or shares[best] < MOST or not plan.profiles[best].fit_for_id:
                return None
            names[wanted] = best
            share = min(share, shares[best])
        if len(set(names.values())) < len(names):
            return None
        return Reference(home.id.renamed(names), share=share, columns=tuple(names.values()))

    def _joined(self, plan: TablePlan, home: Home, columns: Sequence[str]) -> Reference | None:
        """The id looked up in the home by another column of it."""
        keys = [p for p in home.plan.profiles.values() if p.unique and p.words]
        shares = {(c, key.name): _share(plan.profiles[c].words, key.words) for c in columns for key in keys}
        best = max(shares, key=lambda pair: shares[pair], default=None)
        if best is None or shares[best] < MOST:
            return None
        before = f"{home.plan.name}."
        if any(name.startswith(before) for name in plan.profiles):
            return None
        names = {name: before + name for name in home.id.columns}
        join = {home.plan.name: {best[0]: best[1]}}
        return Reference(home.id.renamed(names), join, shares[best], columns=(best[0],))

    def _by_account(self, plan: TablePlan, home: Home, entity: str) -> Reference | None:
        """The one contact, or the one of ours, that stands beside an account in the home of accounts."""
        account = self.account_column(home.plan)
        if entity == "accounts" or account is None or not home.plan.profiles[account].unique:
            return None
        ours = self._columns(plan, "accounts")
        if set(home.id.columns) == {account}:
            return self._direct(plan, home, entity, ())
        return self._joined(plan, home, ours)


def name_of(plan: TablePlan, entity: str) -> Template | None:
    """The name of a person, in one column or two."""
    fit = [f for f in ("name", "emails", "email") if f"{entity}.{f}" in plan.matches]
    first, last = plan.column(f"{entity}.first_name"), plan.column(f"{entity}.last_name")
    if "name" not in fit and last is not None:
        usable = first is not None and plan.profiles[first].full
        parts = [c for c in ((first if usable else None), last) if c is not None]
        if all(not set("{}") & set(part) for part in parts):
            return Template(" ".join(f"{{{part}}}" for part in parts))
    names = [plan.matches[f"{entity}.{f}"].column for f in fit]
    return next((column(n) for n in names if plan.profiles[n].fit_for_id), None)


def _rank(plan: TablePlan, entity: str) -> int:
    """Tables of accounts and of contacts alike may be the home of contacts: the larger is."""
    if entity == "contacts" and plan.subject in {"accounts", "contacts"}:
        return 0
    return _HOMES[entity].index(plan.subject or "")


def _naming(plan: TablePlan, entity: str) -> tuple[str, ...]:
    if entity == "employees" and plan.subject == "employees":
        return _NAMING[entity][:-1]
    return _NAMING[entity]


def _share(words: Mapping[str, int], among: Mapping[str, int]) -> float:
    return sum(word in among for word in words) / len(words) if words else 0.0


def _ids(home: Home) -> set[str | None]:
    texts = {name: home.plan.profiles[name].texts for name in home.id.columns}
    return set(home.id.rendered(texts))


def _all_numbers(*homes: Home) -> bool:
    """Whether both number their records: numbers that differ today may meet tomorrow."""
    return all(bool(ids := _ids(home) - {None}) and all(str(i).isdecimal() for i in ids) for home in homes)
