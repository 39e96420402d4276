"""People: accounts, departments, contacts, seats, holdings, employees and ties from the rows of a table."""

from collections.abc import Iterator

from graphcrm.errors import N_, Message
from graphcrm.sources.tables.suggesting.linking import Links, Reference, name_of
from graphcrm.sources.tables.suggesting.plans import EntryPlan, FieldPlan, TablePlan, Template, column
from graphcrm.sources.tables.suggesting.values import Values, note_of

MADE = N_("They are known only by what this table calls them.")
LACKING = N_("Who is named here and stands in no table of their own.")
KNOWS = N_("Who is responsible is taken to know the contact; how well is unknown.")
NO_SELF = N_("Left out: {column} would make somebody report to themselves.")
NOT_THERE = N_("Left out: not all values of {column} are records here.")

_OWNER = ("employees.id", "employees.name", "employees.email", "accounts.owner")
_ACCOUNT = ("accounts.id", "accounts.name")


class People:
    """The entries of accounts and people."""

    def __init__(self, links: Links, values: Values) -> None:
        self.links = links
        self.values = values

    def account(self, plan: TablePlan) -> Reference | None:
        """How rows of a table name their account."""
        return self._reference(plan, "accounts")

    def contact(self, plan: TablePlan) -> Reference | None:
        """How rows of a table name their contact."""
        return self._reference(plan, "contacts")

    def employee(self, plan: TablePlan, *fields: str) -> Reference | None:
        """How rows of a table name one of ours."""
        wanted = fields or tuple(f for f in _OWNER if f in plan.matches)
        return self._reference(plan, "employees", *wanted)

    def _reference(self, plan: TablePlan, entity: str, *fields: str) -> Reference | None:
        home = self.links.homes.get(entity)
        if home is None:
            return None
        at_home = home.plan is plan and (entity != "employees" or plan.subject == "employees" or not fields)
        if at_home and not fields:
            return Reference(home.id, made=False, columns=home.id.columns)
        found = self.links.reference(plan, entity, *fields)
        if found is not None:
            return found
        columns = [plan.matches[f].column for f in fields if f in plan.matches]
        if entity == "employees":
            fit = [c for c in columns if plan.profiles[c].fit_for_id]
            return Reference(column(fit[0]), made=True, share=0, columns=(fit[0],)) if fit else None
        if not self.links.can_make(plan, entity):
            return None
        own = self.links.own_id(plan, entity)
        if any(plan.profiles[name].numbers for name in own.columns):
            # Suppliers count from 1 as customers do.
            own = Template(f"{plan.name}.{own.text}")
        return Reference(own, made=True, share=0, columns=own.columns)

    def accounts(self, plan: TablePlan) -> Iterator[EntryPlan]:
        """The accounts of a table: all it knows of them at home, else those that stand nowhere else."""
        home, found = self.links.homes.get("accounts"), self.account(plan)
        if home is None or found is None or found.join:
            return
        at_home = home.plan is plan
        if not at_home and not found.made and found.share == 1 and plan.sample.whole:
            return
        entry = self._entry(plan, "accounts", found, at_home=at_home)
        self._name(entry, plan, "accounts", found.id)
        v = self.values
        if at_home or found.made:
            entry.add(v.listed(plan, "kind", "kind", "accounts.kind"))
            entry.add(v.listed(plan, "mode", "mode", "accounts.mode"))
            if plan.subject in {"accounts", "contacts"}:
                entry.add(v.plain(plan, "region", "accounts.region"))
                entry.add(v.plain(plan, "tier", "accounts.tier"))
            entry.add(v.number(plan, "annual_revenue", "accounts.annual_revenue"))
            if entry.has("annual_revenue"):
                entry.add(currency(plan, "accounts.annual_revenue"))
            answering = _OWNER[-1:] if plan.subject != "accounts" else (_OWNER[-1], *_OWNER[:-1])
            owner = next((each for each in answering if each in plan.matches), None)
            if owner:
                self._point(entry, plan, "owner", self.employee(plan, owner), owner)
            if "accounts.parent" in plan.matches:
                parent = self.links.reference(plan, "accounts", "accounts.parent")
                self._point(entry, plan, "parent", parent, "accounts.parent")
        yield entry
        if entry.has("parent") and not entry.join:
            yield from self._lacking(plan, "accounts", "accounts.parent", found.id)

    def employees(self, plan: TablePlan) -> Iterator[EntryPlan]:
        """Our people: all a table knows of them at home, else those that stand nowhere else."""
        home = self.links.homes.get("employees")
        if home is None:
            return
        if plan.subject == "employees" and home.plan is plan:
            yield from self._ours(plan)
            return
        seen: set[str] = set()
        for fields in (("employees.id", "employees.name", "employees.email"), ("accounts.owner",)):
            present = tuple(f for f in fields if f in plan.matches)
            found = self.employee(plan, *present) if present else None
            if (
                found is None
                or found.join
                or (not found.made and found.share == 1 and home.plan is not plan)
            ):
                continue
            if found.columns[0] in seen:
                continue
            seen.add(found.columns[0])
            at_home = home.plan is plan and found.columns == home.id.columns
            if home.plan is plan and not at_home and found.share == 1 and plan.sample.whole:
                continue
            entry = self._entry(plan, "employees", found, at_home=at_home)
            if present == ("accounts.owner",):
                entry.add(FieldPlan("name", found.columns[0], found.columns))
            else:
                self._name(entry, plan, "employees", found.id)
            entry.notes.append(Message(MADE if at_home or found.made else LACKING))
            yield entry

    def _ours(self, plan: TablePlan) -> Iterator[EntryPlan]:
        found = self.links.homes["employees"].id
        v = self.values
        entry = self._entry(plan, "employees", Reference(found, columns=found.columns), at_home=True)
        self._name(entry, plan, "employees", found)
        entry.add(v.plain(plan, "function", "employees.function", "employees.title", "departments.name"))
        entry.add(v.listed(plan, "level", "level", "employees.level"))
        entry.add(v.plain(plan, "region", "employees.region"))
        if "employees.manager" in plan.matches:
            manager = self.links.reference(plan, "employees", "employees.manager")
            self._point(entry, plan, "manager", manager, "employees.manager")
        entry.add(
            v.plain(plan, "captured", "employees.captured") if self._yes_no(plan, "captured") else None
        )
        if self._yes_no(plan, "on_notice"):
            entry.add(v.plain(plan, "on_notice", "employees.on_notice"))
        entry.add(v.day(plan, "valid_from", "employees.valid_from"))
        entry.add(v.day(plan, "valid_to", "employees.valid_to"))
        yield entry
        if entry.has("manager") and not entry.join:
            yield from self._lacking(plan, "employees", "employees.manager", found)

    @staticmethod
    def _yes_no(plan: TablePlan, name: str) -> bool:
        profile = plan.profile(f"employees.{name}")
        words = {word.casefold() for word in profile.words} if profile else set()
        return bool(words) and words <= {"true", "false", "yes", "no", "y", "n", "1", "0", "是", "否"}

    def _point(
        self, entry: EntryPlan, plan: TablePlan, field: str, found: Reference | None, concept: str
    ) -> None:
        """A field that names another record, unless it would name none or the record itself."""
        match = plan.matches[concept]
        params = {"column": match.column}
        if found is None:
            entry.notes.append(Message(NOT_THERE, params))
            return
        own = next(each for each in entry.fields if each.name == "id").columns
        if (entry.kind == "accounts" and field == "parent") or field == "manager":
            pairs = zip(plan.profiles[match.column].texts, plan.profiles[own[0]].texts, strict=True)
            if not found.join and any(a == b and a for a, b in pairs):
                entry.notes.append(Message(NO_SELF, params))
                return
        if found.join:
            entry.join.update({t: dict(on) for t, on in found.join.items()})
        entry.add(FieldPlan(field, found.said, (match.column,), match.score, note_of(plan, concept)))

    def _lacking(self, plan: TablePlan, kind: str, concept: str, own: Template) -> Iterator[EntryPlan]:
        """Records that a column names and that have no row themselves."""
        name = plan.matches[concept].column
        words, known = plan.profiles[name].words, plan.profiles[own.columns[0]].words
        if all(word in known for word in words) or len(own.columns) > 1:
            return
        id_ = own.renamed({own.columns[0]: name})
        entry = EntryPlan(kind, plan.name, repeats="first", unless={name: [""]}, notes=[Message(LACKING)])
        entry.add(FieldPlan("id", id_.said, (name,)))
        entry.add(FieldPlan("name", name, (name,)))
        yield entry

    def contacts(self, plan: TablePlan) -> Iterator[EntryPlan]:
        """Contacts with their seats, departments and holdings, where a table brings them."""
        home, found = self.links.homes.get("contacts"), self.contact(plan)
        if home is None or found is None or found.join:
            return
        at_home = home.plan is plan
        own_columns = any(f.startswith("contacts.") for f in plan.matches)
        if not at_home and (not own_columns or (not found.made and found.share == 1)):
            return
        entry = self._entry(plan, "contacts", found, at_home=at_home)
        self._name(entry, plan, "contacts", found.id)
        entry.add(self.values.plain(plan, "emails", "contacts.emails"))
        account = self.account(plan)
        if account is not None:
            yield from self._departments(plan, account)
        yield entry
        if account is not None:
            yield from self._seats(plan, found, account, at_home=at_home)
        attitude = self.values.listed(plan, "value", "attitude", "contacts.attitude")
        if attitude is not None:
            yield self._attitude(plan, found, attitude)

    def _departments(self, plan: TablePlan, account: Reference) -> Iterator[EntryPlan]:
        name = plan.column("departments.name")
        if name is None or not plan.profiles[name].fit_for_id:
            return
        entry = EntryPlan("departments", plan.name, repeats="first")
        entry.join.update({t: dict(on) for t, on in (account.join or {}).items()})
        id_ = Template(f"{account.id.text}.{{{name}}}")
        entry.add(FieldPlan("id", id_.said, id_.columns))
        entry.add(FieldPlan("account", account.said, account.columns))
        entry.add(self.values.plain(plan, "name", "departments.name"))
        self._needs(entry, plan, (*account.columns, name))
        yield entry

    def _seats(
        self, plan: TablePlan, found: Reference, account: Reference, *, at_home: bool
    ) -> Iterator[EntryPlan]:
        v, seat = self.values, found.id.with_tail(".seat")
        entry = EntryPlan("seats", plan.name, repeats=self._repeats(plan, seat, at_home=at_home))
        entry.join.update({t: dict(on) for t, on in (account.join or {}).items()})
        entry.add(FieldPlan("id", seat.said, found.columns))
        entry.add(FieldPlan("account", account.said, account.columns))
        name = plan.column("departments.name")
        if name is not None and plan.profiles[name].fit_for_id:
            entry.add(
                FieldPlan(
                    "department",
                    Template(f"{account.id.text}.{{{name}}}").said,
                    (name,),
                    plan.matches["departments.name"].score,
                    note_of(plan, "departments.name"),
                )
            )
        entry.add(v.plain(plan, "title", "seats.title"))
        entry.add(v.listed(plan, "level", "level", "seats.level"))
        entry.add(v.listed(plan, "roles", "roles", "seats.roles", several=True))
        if "seats.reports_to" in plan.matches and at_home:
            boss = self.links.reference(plan, "contacts", "seats.reports_to")
            sound = boss is not None and boss.share == 1 and account.join is None
            if boss is not None and sound:
                boss = Reference(boss.id.with_tail(".seat"), boss.join, boss.share, columns=boss.columns)
            self._point(entry, plan, "reports_to", boss if sound else None, "seats.reports_to")
        self._needs(entry, plan, (*found.columns, *account.columns))
        yield entry
        holding = EntryPlan("holdings", plan.name)
        holding.add(FieldPlan("contact", found.said, found.columns))
        holding.add(FieldPlan("seat", seat.said, found.columns))
        self._needs(holding, plan, (*found.columns, *account.columns))
        yield holding

    def _attitude(self, plan: TablePlan, found: Reference, attitude: FieldPlan) -> EntryPlan:
        entry = EntryPlan("assertions", plan.name, repeats="first")
        entry.add(FieldPlan("subject", found.said, found.columns))
        entry.add(FieldPlan("attribute", {"value": "attitude"}))
        entry.add(attitude)
        entry.add(FieldPlan("valid_from", {"value": self.values.as_of.isoformat()}, note=Message(SINCE)))
        self._needs(entry, plan, (*found.columns, *attitude.columns))
        return entry

    def ties(self, plan: TablePlan) -> Iterator[EntryPlan]:
        """Who of ours is named beside a contact."""
        contact = self.contact(plan)
        ours, owner = [f for f in _OWNER[:3] if f in plan.matches], "accounts.owner" in plan.matches
        used = tuple(ours) or (("accounts.owner",) if owner else ())
        if contact is None or not used or plan.subject not in {"accounts", "contacts", "ties"}:
            return
        if plan.subject == "accounts" and not name_of(plan, "contacts"):
            return
        employee = self.employee(plan, *used)
        if employee is None:
            return
        entry = EntryPlan("ties", plan.name, repeats=None if plan.subject == "ties" else "first")
        for each in (contact, employee):
            entry.join.update({t: dict(on) for t, on in (each.join or {}).items()})
        entry.add(FieldPlan("employee", employee.said, employee.columns, plan.matches[used[0]].score))
        entry.add(FieldPlan("contact", contact.said, contact.columns))
        level = self.values.listed(plan, "level", "tie_level", "ties.level")
        if level is not None:
            entry.add(level)
            day = self.values.day(plan, "assessed_on", "ties.assessed_on")
            since = FieldPlan("assessed_on", {"value": self.values.as_of.isoformat()}, note=Message(SINCE))
            full = day is not None and plan.profiles[day.columns[0]].full
            entry.add(day if full else since)
            entry.repeats = entry.repeats or "first"
        else:
            entry.notes.append(Message(KNOWS))
        self._needs(entry, plan, (*contact.columns, *employee.columns))
        yield entry

    def _entry(self, plan: TablePlan, kind: str, found: Reference, *, at_home: bool) -> EntryPlan:
        entry = EntryPlan(kind, plan.name, repeats=self._repeats(plan, found.id, at_home=at_home))
        match = next((m for m in plan.matches.values() if m.column == found.id.columns[0]), None)
        score = match.score if match else 1.0
        entry.add(FieldPlan("id", found.said, found.columns, score))
        self._needs(entry, plan, found.columns)
        return entry

    def _repeats(self, plan: TablePlan, id_: Template, *, at_home: bool) -> str | None:
        """Rows that state a record twice are allowed where they must be: the first holds."""
        texts = {name: plan.profiles[name].texts for name in id_.columns if name in plan.profiles}
        if not at_home or len(texts) < len(id_.columns):
            return "first"
        ids = [each for each in id_.rendered(texts) if each is not None]
        return None if len(set(ids)) == len(ids) and plan.sample.whole else "first"

    def _name(self, entry: EntryPlan, plan: TablePlan, entity: str, id_: Template) -> None:
        """Add a name; the id where no column has one."""
        if entity == "accounts":
            name = plan.column("accounts.name", "accounts.id")
            found = column(name) if name else id_
        else:
            found = name_of(plan, entity) or id_
        match = next((m for m in plan.matches.values() if m.column == found.columns[0]), None)
        gaps = [c for c in found.columns if c in plan.profiles and not plan.profiles[c].full]
        said = found.said
        if set(gaps) <= set(entry.unless):
            pass
        elif isinstance(said, str):
            said = {"column": said, "default": "?"}
        else:
            self._needs(entry, plan, tuple(gaps))
        note = note_of(plan, match.field) if match else None
        entry.add(FieldPlan("name", said, found.columns, match.score if match else 1.0, note))

    @staticmethod
    def _needs(entry: EntryPlan, plan: TablePlan, columns: tuple[str, ...]) -> None:
        """Leave out the rows where one of these columns is empty."""
        for name in columns:
            if name in plan.profiles and not (plan.profiles[name].full and plan.sample.whole):
                entry.unless.setdefault(name, [""])


SINCE = N_("No column says the day: the day of the tables is taken.")


def currency(plan: TablePlan, amount: str) -> FieldPlan:
    """The currency of an amount: a column, the sign at the amounts, or the name of the column."""
    match = plan.matches.get("money.currency")
    if match is not None:
        return FieldPlan("currency", match.column, (match.column,), match.score)
    profile = plan.profile(amount)
    said = profile.numbers.currency if profile and profile.numbers else None
    name = (plan.column(amount) or "").upper()
    named = next((code for mark, code in _MARKS.items() if mark in name), None)
    chinese = any("\u3400" <= letter <= "\u9fff" for letter in name)
    guess = said or named or ("CNY" if chinese else "USD")
    note = None if said or named else Message(N_("Check this: no column says the currency."))
    return FieldPlan("currency", {"value": guess}, (), 1.0 if note is None else 0.5, note)


_MARKS = {
    **{code: code for code in ("EUR", "USD", "GBP", "CNY", "RMB", "JPY", "CHF")},
    "€": "EUR",
    "$": "USD",
    "£": "GBP",
    "元": "CNY",
    "人民币": "CNY",
    "RMB": "CNY",
}
