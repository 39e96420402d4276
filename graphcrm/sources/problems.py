"""Problems of records: what pydantic refused, said so that a person can mend it."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from graphcrm.errors import N_, Message, Problem
from graphcrm.records.checks.nearest import Nearest
from graphcrm.records.checks.problems import shown

_TEXT = (N_("This is not text."), N_("Write it as text, in quotes."))
_DAY = (N_("This is not a date."), N_("Write a date like 2026-06-30."))
_MOMENT = (
    N_("This is neither a date nor a time."),
    N_("Write a date like 2026-06-30, or a time with its offset like 2026-06-30T09:00:00+02:00."),
)
_TIME = (N_("This is not a time."), N_("Write a time with its offset, like 2026-06-30T09:00:00+02:00."))

_SAYINGS: dict[str, tuple[str, str]] = {
    "missing": (N_("{field} is missing."), N_("Add {field}.")),
    "string_type": _TEXT,
    "string_too_short": (N_("This text is empty."), N_("Fill it in, or remove {field} if it is unknown.")),
    "string_too_long": (
        N_("This text is too long."),
        N_("Shorten it to at most {max_length} characters."),
    ),
    "string_pattern_mismatch": (
        N_("This text is blank, or has blanks around it or a line break in it."),
        N_("Write it on one line, without blanks before or after."),
    ),
    "int_type": (
        N_("This is not a whole number."),
        N_("Write a number without quotes or decimals, like 2."),
    ),
    "float_type": (N_("This is not a number."), N_("Write a number without quotes, like 0.5.")),
    "bool_type": (N_("This is neither true nor false."), N_("Write true or false, without quotes.")),
    "tuple_type": (N_("This is not a list."), N_("Write a list, in square brackets.")),
    "literal_error": (N_("This is not one of the values {field} can have."), N_("Use one of: {expected}.")),
    "greater_than_equal": (N_("This is below {ge}."), N_("Give a number of at least {ge}.")),
    "less_than_equal": (N_("This is above {le}."), N_("Give a number of at most {le}.")),
    "greater_than": (N_("This is not above {gt}."), N_("Give a number above {gt}.")),
    "finite_number": (
        N_("This number is not finite, or far too large."),
        N_("Write an ordinary value, or remove {field} if it is unknown."),
    ),
    "day": _DAY,
    "date_type": _DAY,
    "moment": _MOMENT,
    "moment_naive": (
        N_("This is not a time with an offset."),
        N_("Write a time with its offset, like 2026-06-30T09:00:00+02:00."),
    ),
    "datetime_type": _TIME,
    "needs_assessed_on": (
        N_("A level needs the day it was assessed."),
        N_("Add assessed_on, or remove the level."),
    ),
    "one_form": (
        N_("It must name either its participants, or who it came from and whom it went to."),
        N_("Give participants alone, or from and to together."),
    ),
}
"""What is wrong and what to do, by pydantic's name of the error."""

_CURRENCY = (N_("This is not a currency code."), N_("Write three capital letters, like EUR."))
_OTHER = (N_("This cannot be used: {reason}."), N_("Correct the value, or remove {field}."))

_UNIONS: dict[frozenset[str], tuple[str, str]] = {
    frozenset({"date_type", "datetime_type"}): _MOMENT,
    frozenset({"float_type", "string_type"}): (
        N_("This is neither a number nor a word."),
        N_("Write a number without quotes, or a word in quotes."),
    ),
    frozenset({"string_type", "tuple_type"}): (
        N_("This is neither text nor a list of texts."),
        N_("Write text in quotes, or a list of such texts."),
    ),
    frozenset({"string_type", "int_type", "float_type", "tuple_type"}): (
        N_("This is neither a word, nor a number, nor a list of words."),
        N_("Write what the attribute takes, or null to take it back."),
    ),
}
"""What is wrong where a field may be of several types and the value is of none of them."""

_PLACES = {"needs_assessed_on": "assessed_on"}
"""Where an error about a whole record is mended."""


def validation_problems(
    error: ValidationError,
    place: str,
    model: type[BaseModel],
    nearest: Nearest,
    sayings: Mapping[str, tuple[str, str]] | None = None,
) -> Iterator[Problem]:
    """The problems of one record at ``place``: one for each field, or for each item of a list.

    ``sayings`` are what a source says differently: what is wrong and what to do, by pydantic's name of it.
    """
    sayings = {**_SAYINGS, **(sayings or {})}
    for _, errors in groupby(error.errors(include_url=False), key=lambda e: e["loc"][:1]):
        for chosen, saying in _told(list(errors)):
            yield _problem(chosen, saying or sayings.get(chosen["type"], _OTHER), place, model, nearest)


def said(error: ErrorDetails) -> tuple[Message, Message]:
    """What is wrong and what to do, of one error of pydantic's."""
    what, cure = _SAYINGS.get(error["type"], _OTHER)
    field = next((str(part) for part in reversed(error["loc"]) if isinstance(part, str)), "")
    params = {"field": field, "reason": error["msg"], **_readable(error.get("ctx", {}))}
    return Message(what, params), Message(cure, params)


def unknown_key(path: str, key: str, value: object, known: list[str], nearest: Nearest) -> Problem:
    """The problem of a key that means nothing here."""
    params = {"key": shown(key), "known": ", ".join(known), "nearest": nearest.to(key, known)}
    cure = (
        N_("Did you mean {nearest}? Known are: {known}.")
        if params["nearest"]
        else N_("Remove it, or use one of: {known}.")
    )
    return Problem(
        path, shown(value), Message(N_("There is no field {key} here."), params), Message(cure, params)
    )


def keys_of(model: type[BaseModel]) -> list[str]:
    """The keys of a model as JSON writes them."""
    return [info.alias or name for name, info in model.model_fields.items()]


def at(place: str, field: str) -> str:
    """The path of a field; what a bundle says of itself stands in no record."""
    return f"{place}.{shown(field)}" if place else str(shown(field))


def _told(errors: list[ErrorDetails]) -> list[tuple[ErrorDetails, tuple[str, str] | None]]:
    """Which errors of a field to tell; where it may be of several types, the type that came nearest."""
    if not any(isinstance(part, str) for part in errors[0]["loc"][1:]):
        return [(e, None) for e in errors]
    for e in errors:
        if not e["type"].endswith("_type"):
            return [(e, None)]
    items = [e for e in errors if isinstance(e["loc"][-1], int)]
    if items:
        return [(e, None) for e in items]
    return [(errors[0], _UNIONS.get(frozenset(e["type"] for e in errors)))]


def _problem(
    error: ErrorDetails,
    saying: tuple[str, str],
    place: str,
    model: type[BaseModel],
    nearest: Nearest,
) -> Problem:
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    field = str(error["loc"][0]) if error["loc"] else _PLACES.get(kind, "")
    if kind == "extra_forbidden":
        return unknown_key(at(place, field), field, value, keys_of(model), nearest)
    items = "".join(f"[{part}]" for part in error["loc"][1:] if isinstance(part, int))
    if isinstance(value, float) and isinstance(shown(value), str):
        saying = _SAYINGS["finite_number"]
    elif kind == "string_pattern_mismatch" and field == "currency":
        saying = _CURRENCY
    what, cure = saying
    params = {"field": field, "reason": error["msg"], **_readable(context)}
    return Problem(
        f"{at(place, field)}{items}" if field else place,
        None if kind in {"missing", *_PLACES} else shown(value),
        Message(what, params),
        Message(cure, params),
    )


def _readable(context: Mapping[str, object]) -> dict[str, object]:
    """Numbers without a needless .0; pydantic's English list of words as a plain one."""
    return {
        key: f"{value:g}"
        if isinstance(value, float)
        else value.replace(" or ", ", ").replace("'", "")
        if isinstance(value, str)
        else value
        for key, value in context.items()
    }
