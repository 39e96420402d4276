"""The statements in ``cypher/``: one a file, with a header: purpose, parameters, columns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from graphcrm.errors import N_, StoreError

FOLDER = "cypher"
NONE = "none"
_HEADER = ("Purpose", "Parameters", "Columns")
_FIELD = re.compile(r"// (Purpose|Parameters|Names|Columns): (.*)")
_PARAMETER = re.compile(r"\$(\w+)")
_NAME = re.compile(r"`\{(\w+)\}`")
_WORD = re.compile(r"[A-Za-z]+(_[A-Za-z]+)*")


@dataclass(frozen=True)
class Statement:
    """One statement. ``names`` are the labels and types it leaves open: Cypher takes those literally."""

    path: str
    text: str
    purpose: str
    parameters: tuple[str, ...]
    names: tuple[str, ...]
    columns: tuple[str, ...]

    def named(self, **names: str) -> str:
        """The text with its labels and types put in; they are words of ours, never values."""
        assert set(names) == set(self.names), f"{self.path} leaves open {self.names}"
        assert all(_WORD.fullmatch(name) for name in names.values()), "a label or type is a word"
        return _NAME.sub(lambda found: names[found[1]], self.text)


def parse(path: str, content: str) -> Statement:
    """The statement in a file.

    Raises:
        StoreError: it has no whole header, or header and text do not speak of the same parameters.
    """
    fields: dict[str, str] = {}
    last = ""
    lines = content.splitlines()
    end = next((n for n, line in enumerate(lines) if not line.startswith("//")), len(lines))
    for line in lines[:end]:
        if found := _FIELD.fullmatch(line):
            last = found[1]
            fields[last] = found[2]
        elif last:
            fields[last] += " " + line.removeprefix("//").strip()
    text = "\n".join(lines[end:]).strip()
    missing = [field for field in _HEADER if not fields.get(field)]
    parameters, names = _list(fields.get("Parameters", NONE)), _list(fields.get("Names", NONE))
    if missing or not text:
        raise _bad(path, N_("it lacks {what}"), what=", ".join(missing) or "a statement")
    for told, used in ((parameters, _PARAMETER.findall(text)), (names, _NAME.findall(text))):
        if set(told) != set(used):
            what = ", ".join(sorted(set(told) ^ set(used)))
            raise _bad(path, N_("its header and its text do not both name {what}"), what=what)
    return Statement(path, text, fields["Purpose"], parameters, names, _list(fields["Columns"]))


@cache
def statements(folder: str) -> dict[str, Statement]:
    """The statements of a folder of ``cypher/``, by name."""
    return {
        file.name.removesuffix(".cypher"): parse(f"{folder}/{file.name}", content)
        for file, content in texts(folder)
    }


def texts(folder: str) -> Iterator[tuple[Traversable, str]]:
    """The files of a folder of ``cypher/`` and what stands in them, by name."""
    place = files("graphcrm") / FOLDER / folder
    for file in sorted(place.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".cypher"):
            yield file, file.read_text("utf-8")


def _list(text: str) -> tuple[str, ...]:
    return () if text == NONE else tuple(part.strip() for part in text.split(","))


def _bad(path: str, reason: str, **params: object) -> StoreError:
    return StoreError(
        N_("The statement {path} of this graphcrm is not whole: {reason}."),
        hint=N_("Install graphcrm again."),
        path=path,
        reason=reason.format(**params),
    )
