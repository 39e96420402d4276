"""Plans: what was understood of a table, and what a suggested mapping will say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from graphcrm.errors import Message
from graphcrm.sources.tables.expressions import names_in
from graphcrm.sources.tables.suggesting.profiles import Profile
from graphcrm.sources.tables.suggesting.sampling import Sample

Said: TypeAlias = str | Mapping[str, object] | Sequence["Said"]
"""A field as the mapping says it: a column, a value in full, or a list of both."""


@dataclass(frozen=True)
class Match:
    """A column means a field; ``score`` says how sure that is, 0 to 1."""

    field: str
    column: str
    score: float
    by_values: bool = False


@dataclass
class TablePlan:
    """A table and what was understood of it; ``subject`` is the kind its rows are about, if known."""

    name: str
    sample: Sample
    profiles: Mapping[str, Profile]
    empty: tuple[str, ...]
    subject: str | None = None
    matches: dict[str, Match] = field(default_factory=dict)

    def column(self, *fields: str) -> str | None:
        """The column of the first of these fields that has one."""
        return next((self.matches[each].column for each in fields if each in self.matches), None)

    def profile(self, *fields: str) -> Profile | None:
        """The profile of that column."""
        name = self.column(*fields)
        return None if name is None else self.profiles[name]


@dataclass(frozen=True)
class FieldPlan:
    """A field, where its value comes from, how sure that is (0 to 1), and what to tell the user."""

    name: str
    said: Said
    columns: tuple[str, ...] = ()
    score: float = 1.0
    note: Message | None = None
    notes: Mapping[str, Message] = field(default_factory=dict)
    """Notes on single words of a map."""


@dataclass
class EntryPlan:
    """The records of one kind from one table."""

    kind: str
    table: str
    fields: list[FieldPlan] = field(default_factory=list)
    join: dict[str, dict[str, str]] = field(default_factory=dict)
    unless: dict[str, list[str]] = field(default_factory=dict)
    repeats: str | None = None
    notes: list[Message] = field(default_factory=list)
    doubts: set[str] = field(default_factory=set)
    """Columns by whose words rows are left out: a guess, however plain their names."""

    def leave_out(self, column: str, words: Sequence[str], note: Message) -> None:
        """Leave out the rows with these words, and say why."""
        self.unless[column] = list(dict.fromkeys((*self.unless.get(column, ()), *words)))
        self.doubts.add(column)
        self.notes.append(note)

    def add(self, each: FieldPlan | None) -> None:
        """Take a field, if there is one."""
        if each is not None and all(each.name != other.name for other in self.fields):
            self.fields.append(each)

    def has(self, *names: str) -> bool:
        """Whether it has all of these fields."""
        return set(names) <= {each.name for each in self.fields}


@dataclass(frozen=True)
class Template:
    """An id as a text with columns in braces, such as ``{Customer}.{Contact}``."""

    text: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it names."""
        return names_in(self.text)

    def renamed(self, names: Mapping[str, str]) -> "Template":
        """The same with other columns."""
        text = self.text
        for at, column in enumerate(self.columns):
            text = text.replace(f"{{{column}}}", f"{{\x00{at}}}")
        for at, column in enumerate(self.columns):
            text = text.replace(f"{{\x00{at}}}", f"{{{names.get(column, column)}}}")
        return replace(self, text=text)

    def with_tail(self, tail: str) -> "Template":
        """The id of what belongs to it."""
        return Template(f"{self.text.removesuffix('.contact')}{tail}")

    @property
    def said(self) -> Said:
        """As a mapping says it: the column alone where there is nothing else."""
        (*columns,) = self.columns
        return columns[0] if self.text == f"{{{columns[0]}}}" else {"text": self.text}

    def rendered(self, texts: Mapping[str, Sequence[str]]) -> list[str | None]:
        """The id of each row; None where a column is empty."""
        found: list[str | None] = []
        for cells in zip(*(texts[name] for name in self.columns), strict=True):
            text = self.text
            for at, column in enumerate(self.columns):
                text = text.replace(f"{{{column}}}", f"{{\x00{at}}}")
            for at, cell in enumerate(cells):
                text = text.replace(f"{{\x00{at}}}", cell)
            found.append(text if all(cells) else None)
        return found


def column(name: str) -> Template:
    """The id that a column holds."""
    return Template(f"{{{name}}}")
