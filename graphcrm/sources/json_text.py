"""JSON as bundles are written in it: UTF-8, and no key twice in one object."""

import json
from math import inf

from graphcrm.errors import N_, Message, Problem
from graphcrm.records.checks.problems import shown

WHOLE = "$"
"""The path of the document as a whole."""

_DIGITS = 308
_EXCERPT = 40


class NotJson(Exception):
    """The text cannot be read at all; ``problem`` says where and why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem.what))


class Repeating(dict[str, object]):
    """An object that states keys twice: ``repeated`` has all their values; the last of them stands."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        self.repeated: dict[str, list[object]] = {}
        for key, value in pairs:
            self.repeated.setdefault(key, []).append(value)
        self.repeated = {key: values for key, values in self.repeated.items() if len(values) > 1}


def read_json(text: bytes) -> object:
    """The JSON value of a text; numbers that are not finite are kept, for whoever knows their field.

    Raises NotJson.
    """
    decoded = _decoded(text)
    if not decoded.strip():
        raise NotJson(
            Problem(
                WHOLE,
                None,
                Message(N_("The file is empty.")),
                Message(N_("Write a JSON object with as_of and lists of records.")),
            )
        )
    try:
        return _DECODER.decode(decoded)
    except json.JSONDecodeError as error:
        there = error.doc[error.pos :].split("\n", 1)[0][:_EXCERPT]
        raise NotJson(
            Problem(
                f"{error.lineno}:{error.colno}",
                shown(there),
                Message(
                    N_("This is not JSON: it cannot be read on from line {line}, column {column}."),
                    {"line": error.lineno, "column": error.colno},
                ),
                Message(N_("Correct it there: look for a comma, quote or bracket missing or too many.")),
            )
        ) from None
    except RecursionError:
        raise NotJson(
            Problem(
                WHOLE,
                None,
                Message(N_("Lists or objects stand too deep in each other.")),
                Message(N_("Write one object with lists of flat records.")),
            )
        ) from None


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        column = error.start - text.rfind(b"\n", 0, error.start)
        raise NotJson(
            Problem(
                f"{line}:{column}",
                text[error.start : error.start + 1].hex(),
                Message(
                    N_("This is not UTF-8 text (line {line}, byte {column})."),
                    {"line": line, "column": column},
                ),
                Message(N_("Save the file as UTF-8.")),
            )
        ) from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    plain = dict(pairs)
    return plain if len(plain) == len(pairs) else Repeating(pairs)


def _integer(digits: str) -> float:
    # Python refuses to read, and to print, integers of thousands of digits.
    return int(digits) if len(digits) <= _DIGITS else inf * (-1 if digits.startswith("-") else 1)


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_integer)
