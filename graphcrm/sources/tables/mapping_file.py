"""Mapping files: YAML read into a mapping; each problem names its line."""

from collections.abc import Collection, Iterator
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from graphcrm.errors import N_, Message, Problem, RefusedImport
from graphcrm.records.base import FIRST_DAY, LAST_DAY, within_reach
from graphcrm.records.bundle import RECORDS
from graphcrm.records.checks.nearest import Nearest
from graphcrm.records.checks.problems import shown
from graphcrm.records.interaction import Interaction
from graphcrm.records.tie import Tie
from graphcrm.sources.problems import said, unknown_key
from graphcrm.sources.tables.conversions import Wrong, types_of
from graphcrm.sources.tables.expressions import compiled
from graphcrm.sources.tables.mapping import Entry, Join, Mapping, Notation, Part, Source, Table, Value
from graphcrm.sources.tables.yaml_text import Location, YamlText, written


class MappingFile:
    """A mapping and the file it stands in, whose lines problems name."""

    def __init__(self, path: Path) -> None:
        """Read it.

        Raises InputError where the file cannot be read, RefusedImport with all its problems where it is no
        sound mapping.
        """
        self.path = path
        self.name = str(shown(path.name))
        self._text = YamlText(path, self.name)
        if not isinstance(self._text.value, dict):
            raise RefusedImport(self.name, [_problem(self.name, self._text.value, *_NO_MAPPING)])
        try:
            self.mapping = Mapping.model_validate(self._text.value)
        except ValidationError as error:
            raise RefusedImport(self.name, list(self._invalid(error))) from None
        if problems := list(self._senseless()):
            raise RefusedImport(self.name, problems)

    def at(self, *location: str | int) -> str:
        """The file's name, the line and the path of a part of the mapping."""
        _, line = self._text.walk(location)
        return f"{self.name}[{line}].{written(location)}"

    def notation(self, table: str) -> Notation:
        """How a table writes its values: as it says itself, else as the mapping says."""
        ways = (self.mapping.tables[table], self.mapping)
        stated = {
            name: next((v for way in ways if (v := getattr(way, name)) is not None), None)
            for name in Notation.model_fields
        }
        return Notation.model_validate(stated)

    def _invalid(self, error: ValidationError) -> Iterator[Problem]:
        by_path: dict[str, list[ErrorDetails]] = {}
        for each in error.errors(include_url=False):
            if each["type"] == "too_short" and each["input"]:
                continue  # pydantic does not count items that are wrong
            location, _ = self._text.walk(each["loc"])
            lacks = each["type"] == "missing"
            path = self.at(*location, *each["loc"][-1:]) if lacks else self.at(*location)
            by_path.setdefault(path, []).append(each)
        for path, errors in by_path.items():
            # Of what may be of several types, that of the type that came nearest.
            yield _of_pydantic(
                next((e for e in errors if not e["type"].endswith("_type")), errors[0]), path
            )

    def _senseless(self) -> Iterator[Problem]:
        """What the mapping says of kinds and tables that there are not, and what cannot be meant."""
        nearest, tables = Nearest(), self.mapping.tables
        as_of = self.mapping.as_of
        if as_of is not None and not within_reach(as_of):
            yield _problem(self.at("as_of"), as_of, *_TOO_FAR, first=shown(FIRST_DAY), last=shown(LAST_DAY))
        for number, entry in enumerate(self.mapping.records):
            place = ("records", number)
            if entry.table not in tables:
                yield _unknown(self.at(*place, "from"), _NO_TABLE, entry.table, tables, nearest)
            yield from self._joins(place, entry, nearest)
            if entry.kind not in RECORDS:
                yield _unknown(self.at(*place, "kind"), _NO_KIND, entry.kind, RECORDS, nearest)
                continue
            yield from self._fields(place, entry, nearest)
            if entry.repeats != "refuse" and entry.kind == Interaction.kind:
                yield _problem(self.at(*place, "repeats"), entry.repeats, *_NO_CHOICE)
            if entry.complete and entry.kind == Interaction.kind:
                yield _problem(self.at(*place, "complete"), True, *_NO_SNAPSHOT)
            elif entry.complete and self.mapping.source is None:
                yield _problem(self.at(*place, "complete"), True, *_NO_SOURCE)

    def _joins(self, place: Location, entry: Entry, nearest: Nearest) -> Iterator[Problem]:
        tables, before, later = self.mapping.tables, set[str](), [join.table for join in entry.join]
        for number, join in enumerate(entry.join):
            path = (*place, "join", number)
            if join.table not in tables:
                yield _unknown(self.at(*path, "table"), _NO_TABLE, join.table, tables, nearest)
            elif join.table in before:
                yield _problem(self.at(*path, "table"), join.table, *_JOINED_TWICE, table=shown(join.table))
            for column in join.on:
                if any(column.startswith(f"{table}.") for table in set(later) - before):
                    yield _problem(self.at(*path, "on", column), column, *_JOINED_LATER)
            before.add(join.table)

    def _fields(self, place: Location, entry: Entry, nearest: Nearest) -> Iterator[Problem]:
        model = RECORDS[entry.kind]
        fields = {info.alias or name: info for name, info in model.model_fields.items()}
        notation = self.notation(entry.table) if entry.table in self.mapping.tables else Notation()
        for field, source in entry.fields.items():
            at = (*place, "fields", field)
            if field not in fields:
                yield unknown_key(self.at(*at), field, None, list(fields), nearest)
                continue
            if tuple not in types_of(model, field) and (how := _listing(source)) is not None:
                yield _problem(self.at(*at, *how), None, *_ONE_VALUE, field=field)
                continue
            one: Any = Annotated[(fields[field].annotation, *fields[field].metadata, Field())]
            check = TypeAdapter(one, config=ConfigDict(strict=True, allow_inf_nan=False))
            for where, stated in compiled(source, model, field, notation).constants.items():
                yield from self._constant((*at, *where), stated, check)
        for field, info in fields.items():
            if info.is_required() and field not in entry.fields:
                yield _problem(self.at(*place, "fields"), None, *_NEEDED, kind=entry.kind, field=field)
        stated = entry.fields.keys()
        if entry.kind == Interaction.kind and not ("participants" in stated or {"from", "to"} <= stated):
            yield _problem(self.at(*place, "fields"), None, *_NOBODY)
        if entry.kind == Tie.kind and "level" in stated and "assessed_on" not in stated:
            yield _problem(self.at(*place, "fields", "level"), None, *_NOT_ASSESSED)

    def _constant(
        self, location: Location, stated: object, check: TypeAdapter[object]
    ) -> Iterator[Problem]:
        """What is wrong with a constant, be it for a whole field or an item of a list."""
        if isinstance(stated, Wrong):
            yield Problem(self.at(*location), shown(stated.value), stated.what, stated.cure)
            return
        errors: list[ErrorDetails] = []
        for value in (stated, (stated,)):
            try:
                check.validate_python(value)
            except ValidationError as error:
                errors += error.errors(include_url=False)
            else:
                return
        field = str(location[3])
        what, cure = said({**errors[0], "loc": (field,)})
        yield Problem(self.at(*location), shown(stated), what, cure)


def _listing(source: Source) -> Location | None:
    """Where a source says that it makes a list; None where it makes one value."""
    if isinstance(source, tuple):
        return ()
    if isinstance(source, str):
        return None
    if source.split is not None and source.part is None:
        return ("split",)
    words = (source.map or {}).items()
    lists = (("map", word) for word, becomes in words if isinstance(becomes, tuple))
    return next(
        chain(((key,) for key in ("value", "default") if isinstance(getattr(source, key), tuple)), lists),
        None,
    )


_NO_MAPPING = (
    N_("This is not a mapping."),
    N_("Write tables and records, as `graphcrm mapping suggest` does."),
)
_NO_TABLE = N_("This mapping has no table {word}.")
_NO_KIND = N_("There is no kind of record {word}.")
_TOO_FAR = (N_("This day is too far off."), N_("Give a day from {first} to {last}."))
_JOINED_TWICE = (
    N_("{table} is joined already."),
    N_("State it once more under tables, by another name and with the same files, and join that."),
)
_JOINED_LATER = (
    N_("This column is of a table that is not joined yet."),
    N_("Put the join of its table before this one."),
)
_ONE_VALUE = (
    N_("{field} takes one value, and this makes a list."),
    N_("Name one column or one constant; of what is split, say which part."),
)
_NOBODY = (
    N_("Nothing says who took part."),
    N_("Say where participants come from; or from and to, for what one person sent to others."),
)
_NOT_ASSESSED = (
    N_("A level needs the day it was assessed."),
    N_("Say where assessed_on comes from: a column, or a constant."),
)
_NO_SNAPSHOT = (
    N_("What happened cannot be retired."),
    N_("Remove complete: interactions are only ever added."),
)
_NO_CHOICE = (
    N_("Interactions pass by too fast to choose among rows of the same id."),
    N_("Remove repeats, and give each row an id of its own, such as a text of several columns."),
)
_NO_SOURCE = (
    N_("What is complete must say its source."),
    N_("Add source at the top of the mapping, the same in each import, or remove complete."),
)
_NEEDED = (
    N_("Records of {kind} need {field}."),
    N_("Say where {field} comes from: a column, or a constant."),
)
_NO_KEYS = (N_("Keys with their values belong here."), N_("Write each on a line of its own: key: value."))
_NO_WHOLE_NUMBER = (N_("This is not a whole number."), N_("Write a whole number, like 2."))
_SAYINGS: dict[str, tuple[str, str]] = {
    "one_origin": (
        N_("A value comes from one of column, text and value."),
        N_("Write exactly one of the three."),
    ),
    "part": (
        N_("part needs split, and cannot be 0."),
        N_("Say split, and count parts from 1, or from -1 backwards."),
    ),
    "otherwise": (N_("otherwise needs a map."), N_("Add map, or use default.")),
    "time_zone": (
        N_("There is no such time zone."),
        N_("Write a name like Europe/Berlin or Asia/Shanghai."),
    ),
    "date_format": (
        N_("This is no way to write a date."),
        N_("Write %d for the day, %m for the month and %Y for the year, such as %d.%m.%Y, in quotes."),
    ),
    "time_of_day": (N_("This is no time of day."), N_("Write hours and minutes, like 08:30.")),
    "pattern": (N_("This is no regular expression: {why}."), N_("Correct it, or leave match out.")),
    "empty_word": (
        N_("An empty cell is never looked up in the map."),
        N_("Say what stands there instead with default."),
    ),
    "too_short": (N_("There is nothing in it."), N_("State at least one, or leave it out.")),
    "dict_type": _NO_KEYS,
    "model_type": _NO_KEYS,
    "string_type": (N_("This is not text."), N_("Write it as text, in quotes if it is a number.")),
    "string_too_short": (N_("This text is empty."), N_("Fill it in, or leave it out.")),
    "int_parsing": _NO_WHOLE_NUMBER,
    "int_from_float": _NO_WHOLE_NUMBER,
    "bool_parsing": (N_("This is neither true nor false."), N_("Write true or false.")),
}


def _of_pydantic(error: ErrorDetails, path: str) -> Problem:
    kind = error["type"]
    if kind == "extra_forbidden":
        known = [info.alias or name for name, info in _part_at(error["loc"]).model_fields.items()]
        return unknown_key(path, str(error["loc"][-1]), error["input"], known, Nearest())
    if kind in _SAYINGS:
        return _problem(path, error["input"], *_SAYINGS[kind], **error.get("ctx", {}))
    what, cure = said(error)
    return Problem(path, None if kind == "missing" else shown(error["input"]), what, cure)


def _part_at(location: Location) -> type[Part]:
    """Which part of a mapping a location leads into."""
    if location[2:3] == ("fields",):
        return Value
    if location[2:3] == ("join",) and len(location) > 4:  # noqa: PLR2004 - records, 0, join, 0, key
        return Join
    parts: dict[object, type[Part]] = {"tables": Table, "records": Entry}
    return parts.get(location[0], Mapping) if len(location) > 1 else Mapping


def _unknown(path: str, what: str, word: str, known: Collection[str], nearest: Nearest) -> Problem:
    params = {"word": shown(word), "known": ", ".join(known), "nearest": nearest.to(word, known)}
    cure = (
        N_("Did you mean {nearest}? Known are: {known}.")
        if params["nearest"]
        else N_("Use one of: {known}.")
    )
    return Problem(path, shown(word), Message(what, params), Message(cure, params))


def _problem(path: str, value: object, what: str, cure: str, **params: object) -> Problem:
    return Problem(path, shown(value), Message(what, params), Message(cure, params))
