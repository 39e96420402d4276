"""Words: what people call columns and values, and how alike two names are."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from rapidfuzz.fuzz import ratio, token_sort_ratio

ALIKE = 88
"""From this likeness on (0 to 100) two names differ by a slip only."""

SHORTEST = 5
"""Shorter words have too few letters to be told from others when one is wrong."""

TAIL = 0.5
"""Which part of a name its known ending must be: `Primary Contact` ends in `contact`."""

_HAN = re.compile(r"[\u3400-\u9fff]")
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_CUSTOM = re.compile(r"__[a-z]$", re.IGNORECASE)
_GAPS = re.compile(r"[^\w#]+|_+")


def normal(name: str) -> str:
    """A name without case, marks, brackets, plural and abbreviations.

    >>> normal("Cust. No"), normal("AccountName__c"), normal("E-Mails"), normal("客户名称（必填）")
    ('customer number', 'account name', 'email', '客户名称')
    """
    bare = _BRACKETS.sub(" ", name) if _BRACKETS.sub("", name).strip() else name
    spaced = _CAMEL.sub(" ", _CUSTOM.sub("", bare.strip()))
    words = _GAPS.sub(" ", spaced).casefold().replace("e mail", "email").split()
    short = synonyms().short
    written = " ".join(short.get(word, word) for word in map(_singular, words))
    return re.sub(rf"(?<={_HAN.pattern}) (?={_HAN.pattern})", "", written)


def _singular(word: str) -> str:
    if (
        len(word) < SHORTEST
        or word == "sales"
        or not word.endswith("s")
        or word.endswith(("ss", "us", "is"))
    ):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def likeness(name: str, known: str, *, tail: bool = True) -> float:
    """How alike two normal names are, 0 to 1: the same, nearly, or (``tail``) one the other's ending."""
    if name == known:
        return 1.0
    if _HAN.search(known):
        if tail and name.endswith(known) and len(known) >= TAIL * len(name):
            return 0.7 + 0.2 * len(known) / len(name)
        alike = ratio(name, known)
        return 0.8 * alike / 100 if alike >= ALIKE else 0.0
    if tail and name.endswith(f" {known}") and known.count(" ") + 1 >= TAIL * (name.count(" ") + 1):
        return 0.65 + 0.2 * len(known) / len(name)
    if min(len(name), len(known)) < SHORTEST:
        return 0.0
    alike = token_sort_ratio(name, known)
    return 0.95 * alike / 100 if alike >= ALIKE else 0.0


@dataclass(frozen=True)
class Synonyms:
    """The names of columns (``kind.field``) and tables, in their normal form."""

    short: Mapping[str, str]
    tables: Mapping[str, tuple[str, ...]]
    full: Mapping[str, tuple[str, ...]]
    bare: Mapping[str, Mapping[str, tuple[str, ...]]]
    ignored: tuple[str, ...]


@cache
def synonyms() -> Synonyms:
    """The names that stand in ``synonyms.yaml``."""
    stated = _read("synonyms.yaml")
    short = {str(word): str(meant) for word, meant in stated["short"].items()}
    bare = Synonyms(short, {}, {}, {}, ())
    return _normalised(bare, stated)


def _normalised(bare: Synonyms, stated: Mapping[str, Any]) -> Synonyms:
    def many(words: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_normal_with(bare.short, word) for word in words))

    return Synonyms(
        bare.short,
        {kind: many(words) for kind, words in stated["tables"].items()},
        {field: many(words) for field, words in stated["full"].items()},
        {kind: {f: many(w) for f, w in fields.items()} for kind, fields in stated["bare"].items()},
        many(stated["ignored"]),
    )


def _normal_with(short: Mapping[str, str], word: str) -> str:
    """A word of the list itself: it is written plainly, in lower case."""
    return " ".join(short.get(part, part) for part in map(_singular, word.casefold().split()))


@dataclass(frozen=True)
class Vocabulary:
    """The words of closed lists as people write them: by list, what a normal word means."""

    lists: Mapping[str, Mapping[str, str]]
    looks: Mapping[str, frozenset[str]]
    surnames: frozenset[str]

    def exactly(self, name: str, word: str) -> str | None:
        """What a value says if it is one of a list's words and no other; numbers before it do not count."""
        return self.lists[name].get(normal(word.lstrip("0123456789.-_) ") or word))

    def meaning(self, name: str, word: str, known: Iterable[str]) -> str | None:
        """What a value of a column means in a list, among the words the method pack has."""
        allowed = set(known)
        wanted = normal(word)
        for plain in (wanted, wanted.replace(" ", "_"), word):
            if plain in allowed:
                return plain
        stated = {w: m for w, m in self.lists[name].items() if m in allowed}
        if wanted in stated:
            return stated[wanted]
        best = max(stated, key=lambda each: likeness(wanted, each), default="")
        return stated[best] if best and likeness(wanted, best) else None


@cache
def vocabulary() -> Vocabulary:
    """The words that stand in ``vocabulary.yaml``."""
    stated = _read("vocabulary.yaml")
    looks = stated.pop("looks")
    lists: dict[str, dict[str, str]] = {name: {} for name in stated}
    for name, words in stated.items():
        for meant, ways in words.items():
            for way in ways:
                lists[name].setdefault(normal(way), meant)
    return Vocabulary(
        lists,
        {name: frozenset(looks[name]) for name in ("company", "title")},
        frozenset(looks["surname"]),
    )


def _read(name: str) -> dict[str, Any]:
    """A data file in which everything is text: YAML would take `no` for false."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes texts only
    return found
