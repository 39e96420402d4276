"""Bundles: one JSON file with the facts of a portfolio, read in full; every problem is told at once."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from graphcrm.errors import N_, InputError, Message, Problem
from graphcrm.records.base import FIRST_DAY, LAST_DAY, Record, within_reach
from graphcrm.records.bundle import RECORDS, Bundle
from graphcrm.records.checks.nearest import Nearest
from graphcrm.records.checks.problems import in_order, shown
from graphcrm.records.draft import Draft
from graphcrm.sources.json_text import WHOLE, NotJson, Repeating, read_json
from graphcrm.sources.problems import at, keys_of, unknown_key, validation_problems

_Model = TypeVar("_Model", bound=BaseModel)

_HEADER = tuple(key for key in keys_of(Bundle) if key not in RECORDS)
_RETIRABLE = tuple(kind for kind in RECORDS if kind != "interactions")
_NOWHEN = Bundle(as_of=FIRST_DAY)
"""Stands in where a bundle does not say its day; a draft with problems is never imported."""


def read_bundle(path: Path) -> Draft:
    """The draft of the bundle in a file.

    Raises InputError where the file cannot be read; what is wrong inside is in the draft's problems.
    """
    try:
        text = path.read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(
            N_("{file} cannot be read: {reason}."),
            hint=N_("Give the path of a JSON file that you may read."),
            file=shown(str(path)),
            reason=getattr(error, "strerror", None) or "not a path",
        ) from None
    return parse_bundle(text, path.name)


def parse_bundle(text: bytes, name: str) -> Draft:
    """The draft of a bundle's text, with everything that is wrong with it."""
    try:
        document = read_json(text)
    except NotJson as error:
        return Draft(name, _NOWHEN, {}, (error.problem,))
    if not isinstance(document, dict):
        return Draft(name, _NOWHEN, {}, (_no_object(WHOLE, document),))
    return _Reading(document).draft(name)


class _Reading:
    """One pass over a bundle's document, collecting records, their places and their problems."""

    def __init__(self, document: dict[str, object]) -> None:
        self._document = document
        self._problems: list[Problem] = []
        self._nearest = Nearest()
        self._declared: dict[str, set[str]] = defaultdict(set)

    def draft(self, name: str) -> Draft:
        """What could be read."""
        header = self._header()
        records: dict[str, tuple[Record, ...]] = {}
        places: dict[str, tuple[str, ...]] = {}
        for kind in RECORDS:
            read = list(self._records(kind))
            places[kind] = tuple(place for place, _ in read)
            records[kind] = tuple(record for _, record in read)
        return Draft(
            name,
            header.model_copy(update=records),
            places,
            tuple(in_order(self._problems)),
            {kind: frozenset(ids) for kind, ids in self._declared.items()},
        )

    def _header(self) -> Bundle:
        stated = {key: value for key, value in self._document.items() if key in _HEADER}
        self._repeated("", self._document)
        for key, value in self._document.items():
            if key not in _HEADER and key not in RECORDS:
                path = at("", key)
                self._problems.append(unknown_key(path, key, value, keys_of(Bundle), self._nearest))
        header = self._valid(Bundle, "", stated)
        if header is None:
            return _NOWHEN
        wrong = list(_header_problems(header))
        self._problems.extend(wrong)
        return _NOWHEN if wrong else header

    def _records(self, kind: str) -> Iterator[tuple[str, Record]]:
        listed = self._document.get(kind, [])
        if not isinstance(listed, list):
            self._problems.append(
                Problem(
                    kind,
                    shown(listed),
                    Message(N_("{kind} is not a list."), {"kind": kind}),
                    Message(
                        N_("Write a list of records in square brackets, or leave {kind} out."),
                        {"kind": kind},
                    ),
                )
            )
            return
        for index, stated in enumerate(listed):
            place = f"{kind}[{index}]"
            if not isinstance(stated, dict):
                self._problems.append(_no_object(place, stated))
            elif (record := self._valid(RECORDS[kind], place, stated)) is not None:
                yield place, record
            else:
                self._declare(kind, stated)
                if (rest := _sound_rest(RECORDS[kind], stated)) is not None:
                    yield place, rest

    def _valid(self, model: type[_Model], place: str, stated: dict[str, object]) -> _Model | None:
        """The model of what is stated; None where it has problems."""
        sound = not self._repeated(place, stated) if place else True
        try:
            valid = model.model_validate_json(json.dumps(stated))
        except ValidationError as error:
            if error.errors(include_url=False, include_input=False)[0]["type"] == "json_invalid":
                self._without_unreadable(model, place, stated)
            else:
                self._problems.extend(validation_problems(error, place, model, self._nearest))
            return None
        except RecursionError:
            self._without_unreadable(model, place, stated)
            return None
        return valid if sound else None

    def _without_unreadable(self, model: type[BaseModel], place: str, stated: dict[str, object]) -> None:
        """Tell of values that are JSON and yet no values; then look at the rest of the record."""
        unreadable = set()
        for key, value in stated.items():
            if saying := _unreadable(key) or _unreadable(value):
                unreadable.add(key)
                self._problems.append(Problem(at(place, key), shown(value), *map(Message, saying)))
        try:
            model.model_validate_json(
                json.dumps({key: value for key, value in stated.items() if key not in unreadable})
            )
        except ValidationError as error:
            told = {at(place, key) for key in unreadable}
            rest = validation_problems(error, place, model, self._nearest)
            self._problems.extend(problem for problem in rest if problem.path not in told)

    def _repeated(self, place: str, stated: dict[str, object]) -> bool:
        if not isinstance(stated, Repeating):
            return False
        self._problems.extend(
            Problem(
                at(place, key),
                shown(values),
                Message(N_("{key} is stated {count} times."), {"key": shown(key), "count": len(values)}),
                Message(N_("Keep one of them.")),
            )
            for key, values in stated.repeated.items()
        )
        return True

    def _declare(self, kind: str, stated: dict[str, object]) -> None:
        """Remember what others may name a record by that has problems itself."""
        name = stated.get("name" if kind == "stages" else "id")
        if name is None and kind == "ties":
            name = f"{stated.get('employee')}|{stated.get('contact')}"
        if isinstance(name, str):
            self._declared[kind].add(name)


def _sound_rest(model: type[_Model], stated: dict[str, object]) -> _Model | None:
    """A wrong record without its wrong fields, so that the rest is checked in the same go.

    None where it cannot stand without them, or not without a false alarm: a holding that has lost its end
    would seem to overlap the next one. A draft with problems is refused, so this is never imported.
    """
    try:
        model.model_validate_json(json.dumps(stated))
    except ValidationError as error:
        wrong = {
            e["loc"][0] if e["loc"] else "" for e in error.errors(include_url=False, include_input=False)
        }
        if wrong & {"", "valid_from", "valid_to"}:
            return None
        rest = {key: value for key, value in stated.items() if key not in wrong}
        try:
            return model.model_validate_json(json.dumps(rest))
        except ValidationError:
            return None
    except (RecursionError, ValueError):
        return None
    return None


def _header_problems(header: Bundle) -> Iterator[Problem]:
    if not within_reach(header.as_of):
        yield Problem(
            "as_of",
            shown(header.as_of),
            Message(N_("This day is too far off.")),
            Message(
                N_("Give a day from {first} to {last}."),
                {"first": shown(FIRST_DAY), "last": shown(LAST_DAY)},
            ),
        )
    for index, kind in enumerate(header.complete):
        if kind not in _RETIRABLE:
            yield Problem(
                f"complete[{index}]",
                shown(kind),
                Message(N_("{kind} is no kind of record that can be complete."), {"kind": shown(kind)}),
                Message(N_("Use one of: {kinds}."), {"kinds": ", ".join(_RETIRABLE)}),
            )
    if header.complete and header.source is None:
        yield Problem(
            "source",
            None,
            Message(N_("A bundle with complete lists must say its source.")),
            Message(N_("Add source, the same in each of its bundles, or remove complete.")),
        )


def _no_object(path: str, value: object) -> Problem:
    return Problem(
        path,
        shown(value),
        Message(N_("This is not an object.")),
        Message(N_("Write fields with their values, in curly brackets.")),
    )


def _unreadable(value: object) -> tuple[str, str] | None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
        from_json(json.dumps([value]))
    except UnicodeEncodeError:
        return N_("This text holds half a character."), N_("Write the text anew.")
    except (ValueError, RecursionError):
        return N_("Lists or objects stand too deep in each other here."), N_("Write a plain value.")
    return None
