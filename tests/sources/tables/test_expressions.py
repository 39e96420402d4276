"""A field's values from the columns the mapping names; values worked out by hand."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from graphcrm.records.base import Record
from graphcrm.records.contact import Contact
from graphcrm.records.employee import Employee
from graphcrm.records.interaction import Interaction
from graphcrm.records.seat import Seat
from graphcrm.records.tie import Tie
from graphcrm.sources.tables import expressions
from graphcrm.sources.tables.conversions import Wrong
from graphcrm.sources.tables.expressions import Expression, compiled, names_in
from graphcrm.sources.tables.files.chunk import Cell
from graphcrm.sources.tables.mapping import Notation, Source

SOURCE: TypeAdapter[Source] = TypeAdapter(Source)


def made(source: object, model: type[Record], field: str, **notation: Any) -> Expression:
    return compiled(SOURCE.validate_python(source), model, field, Notation.model_validate(notation))


def value(source: object, model: type[Record], field: str, notation: Any = None, **cells: Cell) -> object:
    """The value of one row."""
    columns = {name: [cell] for name, cell in cells.items()}
    (found,) = made(source, model, field, **(notation or {})).values(columns, 1)
    return str(found.what) if isinstance(found, Wrong) else found


def name(source: object, notation: Any = None, **cells: Cell) -> object:
    return value(source, Contact, "name", notation, **cells)


def people(source: object, **cells: Cell) -> object:
    return value(source, Interaction, "participants", **cells)


NOT_MAPPED = "The mapping does not say what this word becomes."


@pytest.mark.parametrize(
    ("source", "cell", "found"),
    [
        ("a", " Eva ", "Eva"),
        ("a", "", None),
        ("a", "  ", None),
        ("a", None, None),
        ("a", 5.0, "5"),
        ("a", True, "true"),
        ({"column": "a"}, "Eva", "Eva"),
        ({"column": "a", "empty": ["-", "n/a"]}, " - ", None),
        ({"column": "a", "empty": ["-"]}, "--", "--"),
        ({"column": "a", "default": "?"}, None, "?"),
        ({"column": "a", "default": "?"}, "x", "x"),
        ({"column": "a", "default": 5}, "", "5"),
        ({"value": "x"}, "y", "x"),
        ({"value": 5}, "y", "5"),
        ({"value": None}, "y", None),
        ({"text": "{a}!"}, "x", "x!"),
        ({"text": "{a}!"}, None, None),
        ({"text": "{a}!", "default": "?"}, "", "?"),
        ({"text": "{a}-{a}"}, "x", "x-x"),
        ({"text": "no column"}, "x", "no column"),
        ({"text": "{a}"}, "{a}", "{a}"),
        ({"text": "{}{a}"}, "x", "{}x"),
        ({"text": "{a}"}, ["x", "y"], "x, y"),
        ({"column": "a", "match": r"\d+"}, "no. 17 b", "17"),
        ({"column": "a", "match": r"no\. (\d+)"}, "no. 17 b", "17"),
        ({"column": "a", "match": r"(x)?y"}, "y", None),
        ({"column": "a", "match": r"\d+"}, "none", r"This does not look like \d+."),
        ({"column": "a", "match": r"\d+"}, None, None),
        ({"column": "a", "match": r"\d+"}, 17.0, "17"),
        ({"column": "a", "match": "(.*)!", "empty": ["NULL"]}, "NULL!", None),
        ({"column": "a", "match": "(x)?y", "split": "-", "part": 1}, "y", None),
        ({"column": "a", "split": ",", "part": 1}, "Li, Eva", "Li"),
        ({"column": "a", "split": ",", "part": 2}, "Li, Eva", "Eva"),
        ({"column": "a", "split": ",", "part": -1}, "Li, Eva", "Eva"),
        ({"column": "a", "split": ",", "part": 3}, "Li, Eva", None),
        ({"column": "a", "split": ",", "part": -3}, "Li, Eva", None),
        ({"column": "a", "split": ",", "part": 2, "default": "?"}, "Li", "?"),
        ({"column": "a", "split": [";", "|"], "part": 2}, "a|b;c", "b"),
        ({"column": "a", "split": ".", "part": 2}, "a.b", "b"),
        ({"column": "a", "split": "/", "part": 2, "empty": ["n/a", "-"]}, "x/-", None),
        ({"column": "a", "split": "/", "part": 2}, ["x", "y"], "y"),
        ({"column": "a", "map": {"1": "one"}}, "1", "one"),
        ({"column": "a", "map": {"1": "one"}}, 1.0, "one"),
        ({"column": "a", "map": {"true": "yes"}}, True, "yes"),
        ({"column": "a", "map": {"a": "one"}}, "A", NOT_MAPPED),
        ({"column": "a", "map": {"a": "one"}}, None, None),
        ({"column": "a", "map": {"a": None}}, "a", None),
        ({"column": "a", "map": {"a": None}, "default": "?"}, "a", "?"),
        ({"column": "a", "map": {"a": "one"}, "otherwise": "keep"}, "b", "b"),
        ({"column": "a", "map": {"a": "one"}, "otherwise": "other"}, "b", "other"),
        ({"column": "a", "map": {"a": "one"}, "otherwise": None}, "b", None),
        ({"column": "a", "map": {"a": "one"}, "otherwise": None, "default": "?"}, "b", "?"),
        ({"column": "a", "map": {"a": "one"}, "default": "a"}, "", "a"),
        ({"column": "a", "split": " ", "part": 1, "map": {"Li": "黎"}}, "Li Eva", "黎"),
        ({"column": "a", "match": "^(..)", "map": {"DE": "Germany"}}, "DE-1", "Germany"),
    ],
)
def test_one_value(source: object, cell: Cell, found: object) -> None:
    assert name(source, a=cell) == found


def test_a_text_of_several_columns() -> None:
    full = {"text": "{First} {Last}"}
    assert name(full, First=" Eva", Last="Li ") == "Eva Li"
    assert name(full, First="Eva", Last=None) is None
    assert name(full, {"empty": ["?"]}, First="Eva", Last="?") is None
    assert name(full, First=5.0, Last=True) == "5 true"
    assert names_in("{b}{a} {b}") == ("b", "a")
    assert made(full, Contact, "name").needs == ("First", "Last")


def test_what_a_value_says_of_its_notation_holds_before_what_its_table_says() -> None:
    table = {"dates": "%d.%m.%Y", "empty": ["-"], "decimal": ","}
    assert value("a", Employee, "valid_from", table, a="1.7.2026") == date(2026, 7, 1)
    us = {"column": "a", "dates": "%m/%d/%Y"}
    assert value(us, Employee, "valid_from", table, a="7/1/2026") == date(2026, 7, 1)
    assert value(us, Employee, "valid_from", table, a="1.7.2026") == "This is not a date."
    assert value({"column": "a", "empty": ["x"]}, Contact, "name", table, a="-") == "-"
    assert value("a", Seat, "weight", table, a="0,5") == 0.5
    assert value({"column": "a", "decimal": "."}, Seat, "weight", table, a="0.5") == 0.5
    zone = {"column": "a", "time_zone": "Asia/Shanghai"}
    assert value(zone, Interaction, "at", {"time_zone": "Europe/Berlin"}, a="2026-06-30 08:00") == datetime(
        2026, 6, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("source", "cells", "found"),
    [
        ("a", {"a": "x"}, ("x",)),
        ("a", {"a": None}, None),
        ("a", {"a": ["x", " y ", "", None]}, ("x", "y")),
        ("a", {"a": [5.0, True]}, ("5", "true")),
        ("a", {"a": []}, None),
        ("a", {"a": [None, ""]}, None),
        ("a", {"a": [["x"]]}, "This is a list within a list."),
        ({"column": "a", "split": ";"}, {"a": "x; y;;"}, ("x", "y")),
        ({"column": "a", "split": ";"}, {"a": ";"}, None),
        ({"column": "a", "split": ";", "empty": ["-"]}, {"a": "x;-;y"}, ("x", "y")),
        ({"column": "a", "split": ";", "part": 2}, {"a": "x;y"}, ("y",)),
        ({"column": "a", "split": ";", "map": {"x": "1", "y": None}}, {"a": "x;y"}, ("1",)),
        ({"column": "a", "split": ";", "map": {"x": ["1", "2"]}, "otherwise": "keep"}, {"a": "x;y"},
         ("1", "2", "y")),
        ({"column": "a", "split": ";", "map": {"x": "1"}}, {"a": "x;y"}, NOT_MAPPED),
        ({"column": "a", "map": {"x": ["1", "2"]}}, {"a": "x"}, ("1", "2")),
        ({"column": "a", "match": "<(.*)>"}, {"a": ["Eva <e>", "Li <l>"]}, ("e", "l")),
        ({"column": "a", "match": "<(.*)>", "split": ","}, {"a": "to: <e,l>"}, ("e", "l")),
        ({"column": "a", "default": ["x", "y"]}, {"a": None}, ("x", "y")),
        ({"column": "a", "default": "x"}, {"a": None}, ("x",)),
        ({"value": ["x", 5, None]}, {"a": None}, ("x", "5")),
        ({"value": "x"}, {"a": None}, ("x",)),
        ({"value": []}, {"a": None}, ()),
        ({"column": "a", "default": []}, {"a": None}, ()),
        ({"column": "a", "map": {"none": []}}, {"a": "none"}, ()),
        ({"column": "a", "split": ";", "map": {"none": []}}, {"a": "none"}, ()),
        ({"column": "a", "split": ";", "map": {"none": [], "x": "y"}}, {"a": "none;x"}, ("y",)),
        (["a", "b"], {"a": "x", "b": "y"}, ("x", "y")),
        (["a", "b"], {"a": None, "b": "y"}, ("y",)),
        (["a", "b"], {"a": None, "b": " "}, None),
        (["a", "b"], {"a": "x", "b": "x"}, ("x", "x")),
        (["a", {"column": "b", "split": ","}], {"a": "x", "b": "y,z"}, ("x", "y", "z")),
        (["a", {"value": "me"}], {"a": "x"}, ("x", "me")),
        (["a", {"value": ["me", "you"]}], {"a": None}, ("me", "you")),
        (["a", {"column": "b", "match": "x"}], {"a": "x", "b": "y"}, "This does not look like x."),
        ([{"text": "{a}@{b}"}], {"a": "x", "b": "y"}, ("x@y",)),
    ],
)  # fmt: skip
def test_lists(source: object, cells: dict[str, Cell], found: object) -> None:
    assert people(source, **cells) == found


def test_text_or_a_list_of_texts_is_what_was_said() -> None:
    assert value("a", Contact, "evidence", a="x; y") == "x; y"
    assert value({"column": "a", "split": ";"}, Contact, "evidence", a="x; y") == ("x", "y")
    assert value(["a", "b"], Contact, "evidence", a="x", b=None) == ("x",)


def test_the_columns_an_expression_needs_come_in_the_order_they_are_said() -> None:
    expression = made(["b", {"text": "{c}{a}"}, {"value": "x"}, "b"], Interaction, "participants")
    assert expression.needs == ("b", "c", "a")
    assert [part.needs for part in expression.parts] == [("b",), ("c", "a"), (), ("b",)]


def test_constants_are_known_with_their_place_in_the_mapping() -> None:
    source = {"column": "a", "map": {"x": 0.5, "y": "good"}, "otherwise": 1, "default": "1%"}
    assert made(source, Tie, "level").constants == {
        ("map", "x"): 0.5, ("map", "y"): "good", ("otherwise",): 1, ("default",): 0.01,
    }  # fmt: skip
    listed = made(["a", {"value": "me"}], Interaction, "participants")
    assert listed.constants == {(1, "value"): "me"}


def test_numbers_and_truths_that_are_equal_are_told_apart() -> None:
    cells: Sequence[Cell] = [1, True, 1.0, "1", 0, False]
    found = made("a", Contact, "name").values({"a": cells}, len(cells))
    assert list(found) == ["1", "true", "1", "1", "0", "false"]


def test_what_is_remembered_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expressions, "REMEMBERED", 3)
    cells: list[Cell] = [f"{n}%" for n in (*range(10), *range(10))]
    found = made("a", Seat, "weight").values({"a": cells}, 20)
    assert list(found) == [n / 100 for n in (*range(10), *range(10))]


# Laws

WORDS = st.sampled_from(
    [
        "x",
        " y ",
        "",
        "-",
        "1",
        "0.5",
        "a;b",
        "2026-06-30",
        "2026-06-30T09:00:00Z",
        "2026-06-30T09:00:00+08:00",
        "9999-12-31T23:59:00-05:00",
        "true",
        "Li, Eva",
    ]
)
CELLS: st.SearchStrategy[Cell] = st.one_of(
    WORDS, WORDS, st.none(), st.text(max_size=5), st.floats(), st.booleans(), st.lists(WORDS, max_size=2)
)
ONES: st.SearchStrategy[dict[str, object]] = st.fixed_dictionaries(
    {"column": st.sampled_from("ab")},
    optional={
        "match": st.sampled_from(["[a-z]+", "(x)?y", "(.*)"]),
        "split": st.sampled_from([";", [",", ";"]]),
        "map": st.sampled_from([{"x": "y"}, {"x": None, "true": "1"}]),
        "otherwise": st.sampled_from(["keep", "x", None]),
        "default": st.sampled_from(["0.5", None]),
        "empty": st.just(["-"]),
        "time_zone": st.just("Europe/Berlin"),
        "time": st.just("12:00"),
    },
)
FIELDS: list[tuple[type[Record], str]] = [
    (Contact, "name"), (Contact, "recorded_at"), (Contact, "evidence"), (Seat, "level"), (Seat, "weight"),
    (Seat, "roles"), (Tie, "level"), (Employee, "valid_to"), (Interaction, "at"),
]  # fmt: skip


@settings(max_examples=500, deadline=None, derandomize=True)
@given(
    st.sampled_from(FIELDS),
    ONES | st.lists(ONES, min_size=1, max_size=2) | st.just({"text": "{a}{b}"}),
    st.lists(st.tuples(CELLS, CELLS), max_size=6),
)
def test_many_rows_give_what_each_gives_alone(
    target: tuple[type[Record], str], source: Any, rows: list[tuple[Cell, Cell]]
) -> None:
    for one in source if isinstance(source, list) else [source]:
        if "map" not in one:
            one.pop("otherwise", None)

    def told(found: object) -> object:
        return (found.value, found.what, found.cure) if isinstance(found, Wrong) else found

    columns: dict[str, list[Cell]] = {"a": [a for a, _ in rows], "b": [b for _, b in rows]}
    together = made(source, *target).values(columns, len(rows))
    alone = [made(source, *target).values({"a": [a], "b": [b]}, 1)[0] for a, b in rows]
    assert list(map(repr, map(told, together))) == list(map(repr, map(told, alone)))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.datetimes(timezones=st.timezones() | st.just(UTC)), min_size=1, max_size=5))
def test_times_read_at_once_are_those_read_one_by_one(moments: list[datetime]) -> None:
    at_once = made("a", Interaction, "at")
    one_by_one = made({"column": "a", "match": ".*"}, Interaction, "at")
    cells: list[Cell] = [moment.isoformat() for moment in moments]
    both = [each.values({"a": cells}, len(cells)) for each in (at_once, one_by_one)]
    values = [[v.what if isinstance(v, Wrong) else v for v in found] for found in both]
    assert values[0] == values[1]
