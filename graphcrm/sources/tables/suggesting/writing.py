"""Writing: a suggestion as the text of a mapping, with comments in the user's language."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from unicodedata import category

from graphcrm.errors import N_, Message
from graphcrm.sources.tables.suggesting.plans import EntryPlan, FieldPlan, TablePlan
from graphcrm.sources.tables.suggesting.suggestion import Suggestion
from graphcrm.sources.tables.suggesting.unknown import missing_fields, missing_kinds

Translate = Callable[[str], str]

WIDTH = 100
LONGEST = 120
_PLAIN = re.compile(r"[^\W\d_][\w./()-]*(?: [\w./()&+-]+)*")
_RESERVED = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"))
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def yaml_of(suggestion: Suggestion, translate: Translate, schema: str | None = None) -> str:
    """The mapping as YAML. ``schema`` is where editors find the JSON Schema of mappings."""
    return "\n".join(_Writer(suggestion, translate).lines(schema)) + "\n"


def scalar(value: object) -> str:
    """A value as YAML writes it on one line; a text that could be read as something else is quoted.

    >>> scalar("Account Name"), scalar("NO"), scalar("2026-06-30"), scalar(None), scalar(["a", 1])
    ('Account Name', '"NO"', '"2026-06-30"', 'null', '[a, 1]')
    """
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) and value.casefold() not in _RESERVED else _quoted(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(k)}: {scalar(v)}" for k, v in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(scalar, value)) + "]"
    return json.dumps(value)


def _quoted(text: str) -> str:
    plain = json.dumps(text, ensure_ascii=False)
    return "".join(_escaped(c) if category(c) in _UNPRINTABLE else c for c in plain)


def _escaped(letter: str) -> str:
    return f"\\U{ord(letter):08x}" if ord(letter) > 0xFFFF else f"\\u{ord(letter):04x}"  # noqa: PLR2004


class _Writer:
    def __init__(self, suggestion: Suggestion, translate: Translate) -> None:
        self._all = suggestion
        self._translate = translate
        self._plans = {plan.name: plan for plan in suggestion.plans}

    def _say(self, message: Message | str) -> str:
        said = message.text(self._translate) if isinstance(message, Message) else self._translate(message)
        return "".join(" " if category(c) in _UNPRINTABLE else c for c in said)

    def lines(self, schema: str | None) -> Iterator[str]:
        """The lines of the whole mapping."""
        if schema:
            yield f"# yaml-language-server: $schema={schema}"
        yield from self._remarks(
            N_("Suggested by graphcrm from headers and values: read it, and correct what is wrong."),
            N_('Where a line says "check this", the tables left a doubt. Then:'),
        )
        yield "#     graphcrm import tables --mapping THIS-FILE FOLDER"
        yield ""
        yield from self._top()
        yield ""
        yield "tables:"
        for plan in self._all.plans:
            used = any(e.fields and plan.name in {e.table, *e.join} for e in self._all.entries)
            yield from self._table(plan, "  " if used else "# ")
        yield ""
        yield "records:"
        for index, entry in enumerate(self._all.entries):
            if index:
                yield ""
            yield from self._entry(entry)
        lacks = missing_kinds(entry.kind for entry in self._all.entries if entry.fields)
        if lacks:
            yield ""
            yield from self._remarks(*lacks)

    def _top(self) -> Iterator[str]:
        yield f"# source: CRM  # {self._say(SOURCE)}"
        if self._all.as_of is not None:
            day = self._all.as_of.isoformat()
            yield f"as_of: {day}  # {self._say(LAST_DAY)}"
        else:
            yield f"# as_of: 2026-06-30  # {self._say(DAY)}"
        if any(self._zoneless(plan) for plan in self._all.plans):
            zone = self._say(N_("the zone of the times; UTC if absent"))
            yield f"# time_zone: Europe/Berlin  # {zone}"

    @staticmethod
    def _zoneless(plan: TablePlan) -> bool:
        profile = plan.profile("interactions.at")
        return bool(profile and profile.dates and profile.dates.timed and not profile.dates.zoned)

    def _table(self, plan: TablePlan, indent: str) -> Iterator[str]:
        layout, files = plan.sample.layout, [path.name for path in plan.sample.paths]
        if indent.startswith("#"):
            yield f"  # {self._say(Message(NOT_USED, {'name': plan.sample.name}))}"
            yield from self._columns(plan)
            return
        yield f"{indent}{scalar(plan.name)}:"
        deeper = f"{indent}  "
        names = [_literal(name) for name in files]
        yield f"{deeper}files: {scalar(names if len(names) > 1 else names[0])}"
        if layout.sheet is not None:
            yield f"{deeper}sheet: {scalar(layout.sheet)}"
        if plan.sample.headerless:
            yield f"{deeper}# {self._say(NO_HEADER)}"
            yield f"{deeper}header: {scalar(list(plan.sample.header))}"
        elif layout.header != 1:
            yield f"{deeper}header: {layout.header}"
        if plan.empty:
            yield f"{deeper}empty: {scalar(plan.empty)}"
        yield from self._columns(plan)

    def _columns(self, plan: TablePlan) -> Iterator[str]:
        used = self._used(plan)
        unused = [name for name in plan.profiles if name not in used]
        if unused:
            unused_said = self._say(N_("Not used:"))
            yield from _wrapped(f"{unused_said} {', '.join(map(self._say_name, unused))}", "    # ")
        if plan.sample.repeated:
            names = ", ".join(map(self._say_name, plan.sample.repeated))
            yield from _wrapped(self._say(Message(REPEATED, {"names": names})), "    # ")

    def _say_name(self, name: str) -> str:
        return "".join(" " if category(c) in _UNPRINTABLE else c for c in name)

    def _used(self, plan: TablePlan) -> set[str]:
        return used_columns(self._all, plan)

    def _entry(self, entry: EntryPlan) -> Iterator[str]:
        if not entry.fields:
            yield from self._remarks(*entry.notes, indent="  ")
            return
        for note in entry.notes:
            yield from _wrapped(self._say(note), "  # ")
        yield f"  - kind: {entry.kind}"
        yield f"    from: {scalar(entry.table)}"
        if entry.repeats:
            yield f"    repeats: {entry.repeats}"
        yield from self._conditions(entry)
        yield "    fields:"
        for field in entry.fields:
            yield from self._field(entry, field)
        for name, why in missing_fields(entry.kind, (f.name for f in entry.fields)).items():
            if entry.repeats != "first" or entry.kind in {"seats", "ties"} or self._main(entry):
                yield f"      # {name}: …  # {self._say(why)}"

    @staticmethod
    def _conditions(entry: EntryPlan) -> Iterator[str]:
        if entry.join:
            yield "    join:"
            for table, on in entry.join.items():
                yield f"      - {{table: {scalar(table)}, on: {scalar(on)}}}"
        if entry.unless:
            yield "    unless:"
            for name, words in entry.unless.items():
                yield f"      {scalar(name)}: {scalar(words[0] if len(words) == 1 else words)}"

    def _main(self, entry: EntryPlan) -> bool:
        """Whether this is where most records of the kind come from."""
        return entry is next(e for e in self._all.entries if e.fields and e.kind == entry.kind)

    def _field(self, entry: EntryPlan, field: FieldPlan) -> Iterator[str]:
        note = f"  # {self._say(field.note)}" if field.note else ""
        letters = self._plans[entry.table].sample.headerless
        sample = self._example(entry, field) if letters else ""
        note = note or (f"  # {sample}" if sample else "")
        if isinstance(field.said, Mapping) and isinstance(field.said.get("map"), Mapping):
            yield f"      {field.name}:{note}"
            for key, value in field.said.items():
                if key != "map":
                    yield f"        {key}: {scalar(value)}"
                    continue
                yield "        map:"
                assert isinstance(value, Mapping)
                for word, meant in value.items():
                    doubt = f"  # {self._say(field.notes[word])}" if word in field.notes else ""
                    yield f"          {scalar(word)}: {scalar(meant)}{doubt}"
            return
        line = f"      {field.name}: {scalar(field.said)}"
        if len(line + note) > LONGEST:
            yield f"      {note.strip()}"
            note = ""
        yield line + note

    def _example(self, entry: EntryPlan, field: FieldPlan) -> str:
        profiles = self._plans[entry.table].profiles
        examples = [profiles[c].example for c in field.columns if c in profiles]
        return self._say_name(", ".join(examples))[: WIDTH // 2]

    def _remarks(self, *messages: Message | str, indent: str = "") -> Iterator[str]:
        for message in messages:
            yield from _wrapped(self._say(message), f"{indent}# ")


SOURCE = N_("where these facts come from; the same name at each import")
LAST_DAY = N_("the day of the last interaction")
DAY = N_("the day the tables show; today if absent")
NOT_USED = N_("{name}: nothing in it was recognised.")
NO_HEADER = N_("Check this: the first row looks like data, so columns are named by letters here.")
REPEATED = N_("Several columns have these names, so they cannot be read: {names}")


def used_columns(suggestion: Suggestion, plan: TablePlan) -> set[str]:
    """The columns of a table that the entries read."""
    before = f"{plan.name}."
    used: set[str] = set()
    for entry in suggestion.entries:
        said = json.dumps([f.said for f in entry.fields], ensure_ascii=False)
        columns = {c for f in entry.fields for c in f.columns} | set(entry.unless)
        if entry.table == plan.name:
            used |= {c for c in plan.profiles if c in columns}
            used |= {c for on in entry.join.values() for c in on if c in plan.profiles}
        if plan.name in entry.join:
            used |= set(entry.join[plan.name].values())
            used |= {c for c in plan.profiles if json.dumps(before + c, ensure_ascii=False)[1:-1] in said}
    return used


def _literal(name: str) -> str:
    """A file's name as a pattern that fits it alone."""
    return re.sub(r"([*?\[])", r"[\1]", name)


def _wrapped(text: str, indent: str) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and len(indent) + len(line) + 1 + len(word) > WIDTH:
            yield indent + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield indent + line
