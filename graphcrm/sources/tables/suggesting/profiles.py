"""Profiles: what the values of a column look like."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from graphcrm.records.base import ID_PATTERN
from graphcrm.sources.tables.conversions import text
from graphcrm.sources.tables.files.chunk import Cell
from graphcrm.sources.tables.suggesting.dates import Dates, dates_in
from graphcrm.sources.tables.suggesting.numbers import Numbers, numbers_in
from graphcrm.sources.tables.suggesting.sampling import Sample
from graphcrm.sources.tables.suggesting.words import vocabulary

EMPTY = frozenset(
    (
        *("NULL", "null", "N/A", "n/a", "#N/A", "-", "--", "—", "(null)", "(blank)", "\\N", "None", "nan"),
        *("NaN", "暂无", "未知", "不详", "待定", "unknown", "Unknown", "TBD", "tbd", "?", "/"),
    )
)
"""Words that stand for nothing known, wherever a cell holds nothing else."""

FEW = 40
"""A closed list has at most so many words."""

LONGEST_ID = 150
_MOST = 0.8
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PERSON = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}")
_ID = re.compile(ID_PATTERN)


@dataclass(frozen=True, eq=False)
class Profile:
    """A column: its texts (empty where nothing is known) and what they have in common."""

    name: str
    texts: Sequence[str]
    cells: Sequence[Cell]
    empty: frozenset[str]
    today: date

    @cached_property
    def known(self) -> list[Cell]:
        """The cells that say something."""
        return [cell for cell, word in zip(self.cells, self.texts, strict=True) if word]

    @cached_property
    def words(self) -> Counter[str]:
        """Its distinct values and how often each occurs, in the order they are met."""
        return Counter(word for word in self.texts if word)

    @property
    def filled(self) -> float:
        """Which share of the rows has a value."""
        return len(self.known) / len(self.texts) if self.texts else 0.0

    @property
    def full(self) -> bool:
        """Whether every row has a value."""
        return bool(self.known) and len(self.known) == len(self.texts)

    @cached_property
    def unique(self) -> bool:
        """Whether no value occurs twice."""
        return bool(self.words) and max(self.words.values()) == 1

    @cached_property
    def fit_for_id(self) -> bool:
        """Whether its values may stand in an id."""
        plain = not set("{}") & set(self.name)
        return plain and all(len(w) <= LONGEST_ID and _ID.fullmatch(w) for w in self.words)

    @cached_property
    def dates(self) -> Dates | None:
        """How it writes dates, if it does."""
        return dates_in([c.strip() if isinstance(c, str) else c for c in self.known], self.today)

    @cached_property
    def numbers(self) -> Numbers | None:
        """How it writes numbers, if it does."""
        return numbers_in([c.strip() if isinstance(c, str) else c for c in self.known])

    @cached_property
    def lists(self) -> bool:
        """Whether cells hold lists of their own, as in Parquet and JSON."""
        return any(isinstance(cell, list) for cell in self.cells)

    def share(self, kind: str) -> float:
        """Which share of the values looks like an email, a person, a company or a title."""
        looks = {"email": _is_email, "person": _is_person, "company": _is_company, "title": _is_title}[kind]
        total = sum(self.words.values())
        return sum(count for word, count in self.words.items() if looks(word)) / total if total else 0.0

    @property
    def emails(self) -> bool:
        """Whether it holds e-mail addresses."""
        return self.share("email") >= _MOST

    @property
    def example(self) -> str:
        """A value to show."""
        return next(iter(self.words), "")


def profiled(sample: Sample, today: date) -> tuple[dict[str, Profile], tuple[str, ...]]:
    """The profiles of a table's columns, and its words for what is not known."""
    texts = {name: [_text(cell) for cell in cells] for name, cells in sample.columns.items()}
    nothing = tuple(sorted({word for words in texts.values() for word in EMPTY.intersection(words)}))
    profiles = {}
    for name, cells in sample.columns.items():
        said = ["" if word in nothing else word for word in texts[name]]
        profiles[name] = Profile(name, said, cells, frozenset(nothing), today)
    return profiles, nothing


def _text(cell: Cell) -> str:
    return "" if cell is None or isinstance(cell, list) else text(cell).strip()


def _is_email(word: str) -> bool:
    return _EMAIL.fullmatch(word) is not None


def _is_person(word: str) -> bool:
    if re.fullmatch(r"[\u3400-\u9fff·]{2,4}", word):
        return word[0] in vocabulary().surnames and not _is_title(word)
    capital = all(part[0].isupper() or part in {"de", "da", "van", "von", "der"} for part in word.split())
    return capital and _PERSON.fullmatch(word) is not None and not _is_company(word) and not _is_title(word)


def _is_company(word: str) -> bool:
    return _has(word, vocabulary().looks["company"])


def _is_title(word: str) -> bool:
    return _has(word, vocabulary().looks["title"])


def _has(word: str, marks: frozenset[str]) -> bool:
    latin = set(re.findall(r"[a-z]+", word.casefold().replace(".", "")))
    return bool(latin & marks) or any(word.endswith(mark) for mark in marks if not mark.isascii())
