"""Events: interactions, opportunities and mechanisms from the rows of a table."""

from collections.abc import Iterator, Mapping, Sequence

from graphcrm.errors import N_, Message
from graphcrm.sources.tables.suggesting.linking import Reference
from graphcrm.sources.tables.suggesting.people import People, currency
from graphcrm.sources.tables.suggesting.plans import EntryPlan, FieldPlan, Said, TablePlan, Template
from graphcrm.sources.tables.suggesting.values import Values
from graphcrm.sources.tables.suggesting.words import normal, vocabulary

NOBODY = N_("Left out: these rows name no contact, so nobody is known to have taken part.")
NO_CHANNEL = N_("Left out: rows of kinds that are no channel of the method pack.")
THE_ONE = N_("Who took part is not in this table: whoever the account's row names is taken.")
MADE_ID = N_("No column numbers these rows: the id is made of what tells them apart.")
WAS_THERE = N_("Who is named beside the contact is taken to have taken part.")
NOT_HAPPENED = N_("Check this: rows are left out that, by {column}, did not happen: {words}.")
NOT_OPEN = N_(
    "Check this: an opportunity on record is open money, so rows are left out where {column} is {words}."
)
ASSUMED = N_("Check this: no column says what kind of interaction this is.")


class Events:
    """The entries of what happened, may happen, and is agreed."""

    def __init__(self, people: People, values: Values) -> None:
        self.people = people
        self.values = values

    def interactions(self, plan: TablePlan) -> Iterator[EntryPlan]:
        """Interactions between ours and theirs."""
        if plan.subject != "interactions":
            return
        contact = self.people.contact(plan)
        entry = EntryPlan("interactions", plan.name)
        if contact is None:
            entry.notes.append(Message(NOBODY))
            yield entry
            return
        employee = self.people.employee(plan) or self._by_contact(plan, contact)
        channel = self._channel(entry, plan)
        self._id(entry, plan, contact, employee)
        entry.add(self.values.day(plan, "at", "interactions.at"))
        entry.add(channel)
        participants: list[Said] = []
        for each in (employee, contact):
            if each is None:
                continue
            participants.append(each.said)
            entry.join.update({t: dict(on) for t, on in (each.join or {}).items()})
        named = any(f.startswith("contacts.") for f in plan.matches)
        columns = tuple(c for each in (employee, contact) if each for c in each.columns)
        note = None if named else Message(THE_ONE)
        entry.add(FieldPlan("participants", participants, columns, note=note))
        self._needs(
            entry, plan, (*contact.columns, *(c for f in entry.fields if f.name == "at" for c in f.columns))
        )
        column, words = not_happened(plan)
        if words:
            entry.leave_out(
                column, words, Message(NOT_HAPPENED, {"column": column, "words": ", ".join(words)})
            )
        yield entry

    def visits(self, plan: TablePlan) -> Iterator[EntryPlan]:
        """The last visit, meeting or call that a list of accounts or contacts tells of each contact."""
        contact = self.people.contact(plan)
        if contact is None or not any(f.startswith("contacts.") for f in plan.matches):
            return
        employee = self.people.employee(plan)
        present = [each for each in (employee, contact) if each is not None]
        for match in [m for f, m in plan.matches.items() if f.startswith("visited.")]:
            channel = match.field.removeprefix("visited.")
            columns = tuple(
                dict.fromkeys(c for each in present for c in each.columns if c in plan.profiles)
            )
            if channel not in self.values.words("channel") or not plan.profiles[match.column].fit_for_id:
                continue
            entry = EntryPlan("interactions", plan.name, unless={match.column: [""]})
            parts = (*(c for c in columns if plan.profiles[c].fit_for_id), match.column)
            text = ".".join([plan.name, channel, *(f"{{{name}}}" for name in parts)])
            entry.add(FieldPlan("id", {"text": text}, parts, note=Message(MADE_ID)))
            entry.add(self.values.day(plan, "at", match.field))
            entry.add(FieldPlan("channel", {"value": channel}))
            for each in present:
                entry.join.update({t: dict(on) for t, on in (each.join or {}).items()})
            said = [each.said for each in present]
            note = Message(WAS_THERE) if employee is not None else None
            entry.add(FieldPlan("participants", said, columns, note=note))
            self._needs(entry, plan, columns)
            yield entry

    def _by_contact(self, plan: TablePlan, contact: Reference) -> Reference | None:
        """Who of ours stands beside the contact in the contact's own table."""
        home = self.people.links.homes["contacts"].plan
        name = home.column("employees.id", "employees.name", "employees.email", "accounts.owner")
        ours = self.people.employee(home)
        keys = [p.name for p in home.profiles.values() if p.unique]
        links = self.people.links.reference(plan, "contacts")
        if (
            name is None
            or ours is None
            or ours.join
            or links is None
            or len(contact.columns) != 1
            or home is plan
        ):
            return None
        wanted = links.id.columns[0] if not links.join else None
        key = self.people.links.homes["contacts"].id.columns[0]
        if wanted is None or key not in keys or not home.profiles[name].fit_for_id:
            return None
        before = f"{home.name}."
        id_ = ours.id.renamed({c: before + c for c in ours.id.columns})
        return Reference(id_, {home.name: {wanted: key}}, columns=())

    def _channel(self, entry: EntryPlan, plan: TablePlan) -> FieldPlan:
        ways = [
            self.values.listed(plan, "channel", "channel", each)
            for each in ("interactions.channel", "interactions.subtype")
        ]
        found = max((way for way in ways if way), key=lambda way: _told(plan, way), default=None)
        if found is None:
            return FieldPlan("channel", {"value": self._channel_by_name(plan)}, (), 0.5, Message(ASSUMED))
        said = found.said
        if isinstance(said, dict) and "map" in said:
            strange = [word for word, meant in said["map"].items() if meant is None]
            if strange:
                entry.unless[found.columns[0]] = ["", *strange]
                entry.notes.append(Message(NO_CHANNEL))
            del said["otherwise"]
            said["map"] = {word: meant for word, meant in said["map"].items() if meant is not None}
        profile = plan.profiles[found.columns[0]]
        if not profile.full:
            entry.unless.setdefault(found.columns[0], [""])
        return FieldPlan("channel", said, found.columns, found.score, found.note)

    def _channel_by_name(self, plan: TablePlan) -> str:
        words = self.values.words("channel")
        names = [
            plan.sample.name,
            plan.column("interactions.id") or "",
            plan.column("interactions.at") or "",
        ]
        for name in names:
            for way, meant in vocabulary().lists["channel"].items():
                parts = normal(name).split()
                if meant in words and (way in parts or (not way.isascii() and way in name)):
                    return meant
        return "meeting" if "meeting" in words else words[0]

    def _id(
        self, entry: EntryPlan, plan: TablePlan, contact: Reference, employee: Reference | None
    ) -> None:
        key = plan.profile("interactions.id")
        prefix = plan.name
        if key is not None and key.full and key.unique and key.fit_for_id:
            entry.add(
                FieldPlan(
                    "id",
                    {"text": f"{prefix}.{{{key.name}}}"},
                    (key.name,),
                    plan.matches["interactions.id"].score,
                )
            )
            return
        others = [n for n, p in plan.profiles.items() if p.full and p.fit_for_id and len(p.words) > 1]
        first = [
            plan.matches["interactions.at"].column,
            *contact.columns,
            *(employee.columns if employee else ()),
        ]
        chosen = [c for c in dict.fromkeys(first) if c in plan.profiles and plan.profiles[c].fit_for_id]
        for name in others:
            if _distinct(plan, chosen) == plan.sample.rows:
                break
            if name not in chosen and _distinct(plan, [*chosen, name]) > _distinct(plan, chosen):
                chosen.append(name)
        text = ".".join([prefix, *(f"{{{name}}}" for name in chosen)])
        entry.add(FieldPlan("id", {"text": text}, tuple(chosen), note=Message(MADE_ID)))
        self._needs(entry, plan, tuple(chosen))

    def opportunities(self, plan: TablePlan) -> Iterator[EntryPlan]:
        """Deals that may be won."""
        account = self.people.account(plan)
        amount = self.values.number(plan, "amount", "opportunities.amount")
        if plan.subject != "opportunities" or account is None or amount is None:
            return
        entry = EntryPlan("opportunities", plan.name)
        entry.join.update({t: dict(on) for t, on in (account.join or {}).items()})
        key, name = plan.profile("opportunities.id"), plan.column("opportunities.name")
        if key is not None and key.full and key.unique and key.fit_for_id:
            entry.add(self.values.plain(plan, "id", "opportunities.id"))
        else:
            parts = [c for c in (account.columns[0], name) if c and plan.profiles[c].fit_for_id]
            parts += [n for n, p in plan.profiles.items() if p.full and p.fit_for_id and n not in parts]
            chosen = parts[:1]
            for each in parts[1:]:
                if _distinct(plan, [*chosen, each]) > _distinct(plan, chosen):
                    chosen.append(each)
            text = ".".join(f"{{{c}}}" for c in chosen)
            entry.add(FieldPlan("id", Template(text).said, tuple(chosen), note=Message(MADE_ID)))
            self._needs(entry, plan, tuple(chosen))
        entry.add(FieldPlan("account", account.said, account.columns))
        entry.add(self.values.plain(plan, "name", "opportunities.name"))
        entry.add(amount)
        entry.add(currency(plan, "opportunities.amount"))
        entry.add(self.values.plain(plan, "stage", "opportunities.stage", "opportunities.status"))
        entry.add(self.values.day(plan, "expected_on", "opportunities.expected_on"))
        coins = [c for f in entry.fields if f.name == "currency" for c in f.columns]
        self._needs(entry, plan, (*account.columns, *amount.columns, *coins))
        for column in (plan.column("opportunities.stage"), plan.column("opportunities.status")):
            words = (
                [w for w in plan.profiles[column].words if vocabulary().exactly("stage", w)]
                if column
                else []
            )
            if column and words:
                entry.leave_out(
                    column, words, Message(NOT_OPEN, {"column": column, "words": ", ".join(words)})
                )
        yield entry

    def mechanisms(self, plan: TablePlan) -> Iterator[EntryPlan]:
        """Agreements and the like."""
        account = self.people.account(plan)
        kind = self.values.listed(plan, "kind", "mechanism", "mechanisms.kind")
        if plan.subject != "mechanisms" or account is None or kind is None:
            return
        entry = EntryPlan("mechanisms", plan.name)
        entry.join.update({t: dict(on) for t, on in (account.join or {}).items()})
        key = plan.profile("mechanisms.id")
        if key is not None and key.full and key.unique and key.fit_for_id:
            entry.add(self.values.plain(plan, "id", "mechanisms.id"))
        else:
            text = f"{account.id.text}.{{{kind.columns[0]}}}"
            entry.add(FieldPlan("id", {"text": text}, kind.columns, note=Message(MADE_ID)))
            entry.repeats = "first"
        entry.add(FieldPlan("account", account.said, account.columns))
        if isinstance(kind.said, dict) and "map" in kind.said:
            strange = [word for word, meant in kind.said["map"].items() if meant is None]
            entry.unless[kind.columns[0]] = ["", *strange]
        entry.add(kind)
        for name, of in (
            ("our_owners", self.people.employee(plan)),
            ("their_owners", self.people.contact(plan)),
        ):
            if of is not None and not of.join and any(c in plan.profiles for c in of.columns):
                entry.add(FieldPlan(name, of.said, of.columns))
        entry.add(self.values.number(plan, "cadence_days", "mechanisms.cadence_days"))
        entry.add(self.values.day(plan, "valid_from", "mechanisms.valid_from"))
        entry.add(self.values.day(plan, "valid_to", "mechanisms.valid_to"))
        self._needs(entry, plan, account.columns)
        yield entry

    def departments(self, plan: TablePlan) -> Iterator[EntryPlan]:
        """Departments with a table of their own."""
        account = self.people.account(plan)
        name = plan.column("departments.name")
        if plan.subject != "departments" or account is None or name is None:
            return
        if not plan.profiles[name].fit_for_id:
            return
        entry = EntryPlan("departments", plan.name, repeats="first")
        entry.join.update({t: dict(on) for t, on in (account.join or {}).items()})
        # The same id as the departments that contacts name, so that both are one.
        entry.add(FieldPlan("id", Template(f"{account.id.text}.{{{name}}}").said, (name,)))
        entry.add(FieldPlan("account", account.said, account.columns))
        entry.add(self.values.plain(plan, "name", "departments.name"))
        entry.add(self.values.plain(plan, "function", "departments.function"))
        self._needs(entry, plan, (*account.columns, name))
        yield entry

    @staticmethod
    def _needs(entry: EntryPlan, plan: TablePlan, columns: Sequence[str]) -> None:
        for name in columns:
            if name in plan.profiles and not (plan.profiles[name].full and plan.sample.whole):
                entry.unless.setdefault(name, [""])


def not_happened(plan: TablePlan) -> tuple[str, list[str]]:
    """The column of a table of events that says whether they happened, and its words for what did not.

    Orders are placed whether or not they are done: of them only the cancelled are meant.
    """
    column = plan.column("interactions.status")
    if column is None:
        return "", []
    names = {*normal(plan.sample.name).split(), *normal(plan.column("interactions.at") or "").split()}
    orders = "order" in names or any("订单" in n or "下单" in n for n in names)
    meant = {"cancelled"} if orders else {"cancelled", "pending"}
    return column, [w for w in plan.profiles[column].words if vocabulary().exactly("status", w) in meant]


def _told(plan: TablePlan, field: FieldPlan) -> int:
    """How many rows a field with a map says something about."""
    words = plan.profiles[field.columns[0]].words
    known = field.said.get("map") if isinstance(field.said, Mapping) else None
    if not isinstance(known, Mapping):
        return sum(words.values())
    return sum(count for word, count in words.items() if known.get(word) is not None)


def _distinct(plan: TablePlan, columns: Sequence[str]) -> int:
    return len(set(zip(*(plan.profiles[name].texts for name in columns), strict=True))) if columns else 0
