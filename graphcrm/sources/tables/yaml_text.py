"""YAML as mappings are written in it: words stay words, no key twice, and each value knows its line.

YAML 1.1 reads ``NO`` as false, ``1998-05-06`` as a date and ``08:30`` as a number of seconds. In a mapping
they are words of somebody's tables.
"""

import re
from collections.abc import Iterator, Sequence
from math import inf, isinf
from pathlib import Path

import yaml

from graphcrm.errors import N_, InputError, Message, Problem, RefusedImport
from graphcrm.records.checks.problems import shown

Location = Sequence[str | int]
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
_LONGEST_NUMBER = 300
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None, "~": None, "": None}
_LARGEST = 10_000_000
"""Bytes of a mapping's file. Mappings have some thousands; a table given by mistake may have any number."""
_MOST_PARTS = 1_000_000
"""Parts of a mapping with each name written out; names within names can make billions of a few lines."""
_OWN_TAGS = "tag:yaml.org,2002:"


class YamlText:
    """A YAML document: its value, and the line of each part of it."""

    def __init__(self, path: Path, name: str) -> None:
        """Read it. Raises InputError, or RefusedImport with the problem's line."""
        self.name = name
        self._root = _composed(path, name)
        self._made: dict[int, tuple[object, int]] = {}
        try:
            self.value = self._plain(self._root)[0] if self._root else None
        except RecursionError:
            raise self._refused(name, *_TOO_DEEP) from None

    def walk(self, location: Location) -> tuple[Location, int]:
        """What of a location leads somewhere, and the line where that begins; lines count from 1."""
        node, mark, found = self._root, self._root and self._root.start_mark, list[str | int]()
        for part in location:
            below = _below(node, part)
            if below is not None:
                node, mark = below
                found.append(part)
        return found, mark.line + 1 if mark else 1

    def _plain(self, node: yaml.Node) -> tuple[object, int]:
        """What a node says, and of how many parts that is made."""
        # A part that is named several times is made once, so that names within names cost nothing.
        if id(node) not in self._made:
            value, size = self._make(node)
            if size > _MOST_PARTS:
                raise self._refused(self._at(node), *_TOO_MUCH)
            self._made[id(node)] = value, size
        return self._made[id(node)]

    def _make(self, node: yaml.Node) -> tuple[object, int]:
        if not node.tag.startswith(_OWN_TAGS):
            raise self._refused(self._at(node), *_TAG, tag=shown(node.tag))
        if isinstance(node, yaml.SequenceNode):
            items = [self._plain(each) for each in node.value]
            return [value for value, _ in items], 1 + sum(size for _, size in items)
        if isinstance(node, yaml.MappingNode):
            made: dict[str, object] = {}
            parts = 1
            for key, each in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    raise self._refused(self._at(key), *_NO_KEY)
                word = str(key.value)
                if word in made:
                    raise self._refused(f"{self._at(key)}.{shown(word)}", *_TWICE)
                made[word], size = self._plain(each)
                parts += size
            return made, parts
        word = str(node.value)
        value = word if getattr(node, "style", None) in {"'", '"', "|", ">"} else _scalar(word)
        return value, 1 + len(word) // 100

    def _at(self, node: yaml.Node) -> str:
        return f"{self.name}[{node.start_mark.line + 1}]"

    def _refused(self, path: str, what: str, cure: str, **params: object) -> RefusedImport:
        return RefusedImport(self.name, [_problem(path, what, cure, **params)])


_TOO_DEEP = (N_("Lists or mappings stand too deep in each other."), N_("Write it flat."))
_TOO_MUCH = (
    N_("Its aliases stand for other aliases, too many to read."),
    N_("Write it out, without & and *."),
)
_TWICE = (N_("This key is stated twice."), N_("Keep one of them."))
_NO_KEY = (N_("A key is one word or text, not a list or a mapping."), N_("Put quotes around the key."))
_TAG = (
    N_("{tag} means nothing in a mapping."),
    N_("Put quotes around what begins with an exclamation mark."),
)
_NOT_YAML = (
    N_("This is not YAML: {reason}."),
    N_("Look at indents and colons there; what begins with a special character, like %, needs quotes."),
)


def _scalar(word: str) -> object:
    if word in _WORDS:
        return _WORDS[word]
    if len(word) > _LONGEST_NUMBER:
        return word
    if _INT.fullmatch(word):
        return int(word)
    number = float(word) if _FLOAT.fullmatch(word) else inf
    return word if isinf(number) else number


def _below(node: yaml.Node | None, part: str | int) -> tuple[yaml.Node, yaml.Mark] | None:
    """The part of a node, and where it begins: of a mapping with its key."""
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        below = node.value[part] if part < len(node.value) else None
        return below and (below, below.start_mark)
    if isinstance(node, yaml.MappingNode):
        return next(((value, key.start_mark) for key, value in node.value if key.value == str(part)), None)
    return None


def _composed(path: Path, name: str) -> yaml.Node | None:
    text = _text(path, name)
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except RecursionError:
        raise RefusedImport(name, [_problem(name, *_TOO_DEEP)]) from None
    except (yaml.YAMLError, ValueError) as error:
        raise RefusedImport(name, [_not_yaml(error, text, name)]) from None
    return node


def _text(path: Path, name: str) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise RefusedImport(
                name,
                [
                    _problem(
                        name,
                        N_("This file is far too large to be a mapping."),
                        N_("Give the mapping after --mapping, and the tables without an option."),
                    )
                ],
            )
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedImport(
            name, [_problem(name, N_("This is not UTF-8 text."), N_("Save the file as UTF-8."))]
        ) from None
    except (OSError, ValueError) as error:
        raise InputError(
            N_("{file} cannot be read: {reason}."),
            hint=N_("Give the path of a mapping that you may read."),
            file=shown(str(path)),
            reason=getattr(error, "strerror", None) or "not a path",
        ) from None


def _not_yaml(error: Exception, text: str, name: str) -> Problem:
    """The problem of what PyYAML does not understand; of a wrong character it knows no line."""
    if isinstance(error, yaml.reader.ReaderError):
        line, reason = text.count("\n", 0, error.position), f"{error.reason} (U+{error.character:04X})"
        return _problem(f"{name}[{line + 1}]", *_NOT_YAML, reason=reason)
    mark = getattr(error, "problem_mark", None)
    place = f"{name}[{mark.line + 1}]" if mark else name
    return _problem(place, *_NOT_YAML, reason=getattr(error, "problem", None) or str(error))


def _problem(path: str, what: str, cure: str, **params: object) -> Problem:
    return Problem(path, None, Message(what, params), Message(cure, params))


def written(location: Location) -> str:
    """A location as people read it.

    >>> written(("records", 0, "fields", "id"))
    'records[0].fields.id'
    """
    return "".join(_steps(location)).removeprefix(".")


def _steps(location: Location) -> Iterator[str]:
    for part in location:
        yield f"[{part}]" if isinstance(part, int) else f".{part}"
