"""What a cell says, as the kind of value a field takes; values worked out by hand."""

import math
import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.sources.tables.conversions import Wrong, converter, text
from graphcrm.sources.tables.files.chunk import Cell
from graphcrm.sources.tables.mapping import Notation

DAYS, TIMES = frozenset({date}), frozenset({datetime})
MOMENTS = frozenset({date, datetime})
NUMBERS, WHOLE, LEVELS = frozenset({float}), frozenset({int}), frozenset({float, str})
TRUTHS, TEXTS = frozenset({bool}), frozenset({str})
BERLIN = "Europe/Berlin"


def read(types: frozenset[type], cell: Cell, **notation: Any) -> object:
    return converter(types, Notation.model_validate(notation))(cell)


def wrong(types: frozenset[type], cell: Cell, **notation: Any) -> tuple[str, str]:
    with pytest.raises(Wrong) as caught:
        read(types, cell, **notation)
    return str(caught.value.what), str(caught.value.cure)


@pytest.mark.parametrize(
    ("cell", "dates", "day"),
    [
        ("2026-06-30", None, date(2026, 6, 30)),
        ("20260630", None, date(2026, 6, 30)),
        ("2026-W27-2", None, date(2026, 6, 30)),
        ("2026-06-30T23:59:59Z", None, date(2026, 6, 30)),
        ("2026-06-30 08:00", None, date(2026, 6, 30)),
        ("30.06.2026", "%d.%m.%Y", date(2026, 6, 30)),
        ("06/30/26", "%m/%d/%y", date(2026, 6, 30)),
        ("1.7.2026", ("%Y-%m-%d", "%d.%m.%Y"), date(2026, 7, 1)),
        ("2026年6月30日", "%Y年%m月%d日", date(2026, 6, 30)),
        ("30 Jun 2026", "%d %b %Y", date(2026, 6, 30)),
        ("30.06.2026 14:05", "%d.%m.%Y %H:%M", date(2026, 6, 30)),
        (date(2026, 6, 30), "%d.%m.%Y", date(2026, 6, 30)),
        (datetime(2026, 6, 30, 5), None, date(2026, 6, 30)),  # noqa: DTZ001 - as a workbook gives it
    ],
)
def test_days(cell: Cell, dates: object, day: date) -> None:
    found = read(DAYS, cell, dates=dates)
    assert found == day
    assert type(found) is date


@pytest.mark.parametrize(
    ("cell", "dates", "cure"),
    [
        ("30.06.2026", None, "Write it like 2026-06-30, or say dates in the mapping, such as %d.%m.%Y."),
        ("2026-06-31", None, "Write it like 2026-06-30, or say dates in the mapping, such as %d.%m.%Y."),
        ("06/30/2026", "%d/%m/%Y", "Write it as %d/%m/%Y, or add its format to dates in the mapping."),
        ("x", ("%Y", "%y"), "Write it as %Y, %y, or add its format to dates in the mapping."),
        ("46203", None, "It looks like a spreadsheet's number of a day: format the column as a date."),
        (46203, None, "It looks like a spreadsheet's number of a day: format the column as a date."),
        (46203.5, "%Y", "It looks like a spreadsheet's number of a day: format the column as a date."),
        (True, None, "Write it like 2026-06-30, or say dates in the mapping, such as %d.%m.%Y."),
    ],
)
def test_what_is_no_day_is_told_with_the_cure(cell: Cell, dates: object, cure: str) -> None:
    assert wrong(DAYS, cell, dates=dates) == ("This is not a date.", cure)


@pytest.mark.parametrize(
    ("cell", "notation", "moment"),
    [
        ("2026-06-30T09:00:00Z", {}, datetime(2026, 6, 30, 9, tzinfo=UTC)),
        ("2026-06-30T09:00:00+08:00", {}, datetime(2026, 6, 30, 1, tzinfo=UTC)),
        ("2026-06-30 09:00", {}, datetime(2026, 6, 30, 9, tzinfo=UTC)),
        ("2026-06-30 09:00", {"time_zone": BERLIN}, datetime(2026, 6, 30, 7, tzinfo=UTC)),
        ("2026-01-30 09:00", {"time_zone": BERLIN}, datetime(2026, 1, 30, 8, tzinfo=UTC)),
        ("2026-06-30 09:00+00:00", {"time_zone": BERLIN}, datetime(2026, 6, 30, 9, tzinfo=UTC)),
        # Clocks went from 3 to 2 on 25 October 2026: the first of both is meant.
        ("2026-10-25 02:30", {"time_zone": BERLIN}, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-25 03:00", {"time_zone": BERLIN}, datetime(2026, 10, 25, 2, tzinfo=UTC)),
        # And from 2 to 3 on 29 March: half past two was never; it is reckoned as before the change.
        ("2026-03-29 02:30", {"time_zone": BERLIN}, datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        ("2026-06-30", {}, datetime(2026, 6, 30, tzinfo=UTC)),
        ("20260630", {"time": "12:00"}, datetime(2026, 6, 30, 12, tzinfo=UTC)),
        ("2026-06-30", {"time": "12:00", "time_zone": BERLIN}, datetime(2026, 6, 30, 10, tzinfo=UTC)),
        ("2026-12-30", {"time": "12:00", "time_zone": BERLIN}, datetime(2026, 12, 30, 11, tzinfo=UTC)),
        (date(2026, 6, 30), {"time": "08:30"}, datetime(2026, 6, 30, 8, 30, tzinfo=UTC)),
        (
            datetime(2026, 6, 30, 9),  # noqa: DTZ001 - as a workbook gives it
            {"time_zone": "Asia/Shanghai", "time": "12:00"},
            datetime(2026, 6, 30, 1, tzinfo=UTC),
        ),
        (
            datetime(2026, 6, 30, 9, tzinfo=timezone(timedelta(hours=-5))),
            {},
            datetime(2026, 6, 30, 14, tzinfo=UTC),
        ),
        ("30.06.2026 9:05", {"dates": "%d.%m.%Y %H:%M"}, datetime(2026, 6, 30, 9, 5, tzinfo=UTC)),
        ("30.06.2026", {"dates": "%d.%m.%Y", "time": "10:00"}, datetime(2026, 6, 30, 10, tzinfo=UTC)),
        (
            "30.06.2026 9:05 +0200",
            {"dates": "%d.%m.%Y %H:%M %z", "time_zone": "Asia/Shanghai"},
            datetime(2026, 6, 30, 7, 5, tzinfo=UTC),
        ),
    ],
)
def test_times(cell: Cell, notation: dict[str, Any], moment: datetime) -> None:
    found = read(TIMES, cell, **notation)
    assert isinstance(found, datetime)
    assert (found, found.tzinfo) == (moment, UTC)


@pytest.mark.parametrize(
    "cell",
    ["0001-01-01T00:00:00+02:00", "9999-12-31T23:00:00-02:00", "2026-06-30T25:00", "noon", 5.5, [], True],
)
def test_what_is_no_time_is_told(cell: Cell) -> None:
    assert wrong(TIMES, cell)[0] == "This is neither a date nor a time."


def test_the_ends_of_the_calendar_are_told_in_any_zone() -> None:
    assert wrong(TIMES, "0001-01-01", time_zone=BERLIN)[0] == "This is neither a date nor a time."


def test_a_day_stays_one_where_the_field_takes_days() -> None:
    assert read(MOMENTS, "2026-06-30") == date(2026, 6, 30)
    assert read(MOMENTS, "2026-06-30", time="12:00") == datetime(2026, 6, 30, 12, tzinfo=UTC)
    assert read(MOMENTS, "2026-06-30T10:00Z") == datetime(2026, 6, 30, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "decimal", "number"),
    [
        ("5", None, 5),
        ("-5", None, -5),
        ("+5", None, 5),
        ("0", None, 0),
        ("007", None, 7),
        ("0.5", None, 0.5),
        (".5", None, 0.5),
        ("-.5", None, -0.5),
        ("5.", None, 5),
        ("1,234", None, 1234),
        ("1,234,567.89", None, 1234567.89),
        ("1 234.5", None, 1234.5),
        ("1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567", None, 1234567),
        ("1\N{NARROW NO-BREAK SPACE}234,5", ",", 1234.5),
        ("1'234.5", None, 1234.5),
        ("1’234.5", None, 1234.5),
        ("1.234,5", ",", 1234.5),
        ("1.234.567", ",", 1234567),
        ("0,5", ",", 0.5),
        ("0,125", ",", 0.125),
        ("12.3%", None, 0.123),
        ("12,3 %", ",", 0.123),
        ("29%", None, 0.29),
        ("-50%", None, -0.5),
        (5, ",", 5),
        (0.1, ",", 0.1),
        ("9" * 300, None, 1e300),
        ("0." + "3" * 400, None, 1 / 3),
    ],
)
def test_numbers(cell: Cell, decimal: str | None, number: float) -> None:
    assert read(NUMBERS, cell, decimal=decimal) == number


@pytest.mark.parametrize(
    ("cell", "decimal"),
    [
        ("0,5", None),
        ("0,125", None),
        ("1,23", None),
        ("1,2345", None),
        ("1,234 567", None),
        ("1,234.567,8", None),
        ("0.125", ","),
        ("1.5", ","),
        ("01,234", None),
        ("1,234,56", None),
        ("1.2.3", None),
        ("٣", None),
        ("１２", None),
        ("三", None),
        ("½", None),
        ("²", None),
        ("1e5", None),
        ("5 %%", None),
        ("%", None),
        (".", None),
        ("-", None),
        ("--5", None),
        ("- 5", None),
        ("5 EUR", None),
        ("inf", None),
        ("nan", None),
        ("0x1F", None),
        ("1_000", None),
        ("9" * 301, None),
        (True, None),
        (math.inf, None),
        (math.nan, None),
        (date(2026, 6, 30), None),
        ([5], None),
    ],
)
def test_what_is_no_number_is_told(cell: Cell, decimal: str | None) -> None:
    assert wrong(NUMBERS, cell, decimal=decimal)[0] == "This is not a number."
    assert wrong(WHOLE, cell, decimal=decimal)[0] == "This is not a number."


def test_the_cure_of_a_number_is_written_as_the_table_writes_it() -> None:
    assert "1234.5;" in wrong(NUMBERS, "x")[1]
    assert "1234,5;" in wrong(NUMBERS, "x", decimal=",")[1]


@pytest.mark.parametrize("cell", [2, 2.0, "2", "2.0", "2.", "+2", "200%"])
def test_whole_numbers(cell: Cell) -> None:
    found = read(WHOLE, cell)
    assert (found, type(found)) == (2, int)


@pytest.mark.parametrize("cell", [2.5, "2.5", "2%"])
def test_what_is_no_whole_number_is_told(cell: Cell) -> None:
    assert wrong(WHOLE, cell)[0] == "This is not a whole number."


@pytest.mark.parametrize(
    ("cell", "value"),
    [("0.5", 0.5), ("1", 1), ("good", "good"), (0.5, 0.5), ("50%", 0.5), ("1-2", "1-2"), (True, "true")],
)
def test_a_number_or_a_word(cell: Cell, value: object) -> None:
    found = read(LEVELS, cell)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    "cell",
    ["true", "TRUE", "Yes", "y", "X", "x", "1", 1, 1.0, True, "Ja", "WAHR", "Oui", "VRAI", "SÍ", "是", "✓"],
)
def test_yes(cell: Cell) -> None:
    assert read(TRUTHS, cell) is True


@pytest.mark.parametrize(
    "cell", ["false", "FALSE", "No", "n", "0", 0, 0.0, False, "Nein", "FALSCH", "non", "FAUX", "否", "✗"]
)
def test_no(cell: Cell) -> None:
    assert read(TRUTHS, cell) is False


@pytest.mark.parametrize("cell", ["maybe", 2, 0.5, date(2026, 6, 30), "-", "未知"])
def test_what_is_neither_yes_nor_no_is_told(cell: Cell) -> None:
    assert wrong(TRUTHS, cell)[0] == "This is neither yes nor no."


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("a", "a"),
        (5, "5"),
        (5.0, "5"),
        (5.5, "5.5"),
        (1e16, "10000000000000000"),
        (True, "true"),
        (False, "false"),
        (date(2026, 6, 30), "2026-06-30"),
        (datetime(2026, 6, 30), "2026-06-30"),  # noqa: DTZ001 - a day as a workbook gives it
        (datetime(2026, 6, 30, 9, 5), "2026-06-30T09:05:00"),  # noqa: DTZ001 - the same with its time
        (datetime(2026, 6, 30, tzinfo=UTC), "2026-06-30T00:00:00+00:00"),
        (["a", 5.0, None, True], "a, 5, , true"),
    ],
)
def test_texts(cell: Cell, words: str) -> None:
    assert text(cell) == words
    assert read(TEXTS, cell) == words


# Laws

FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%Y年%m月%d日", "%d %b %Y", "%Y%m%d", "%A %d %B %Y", "%Y-%j")
CELLS: st.SearchStrategy[Cell] = st.recursive(
    st.text(max_size=12)
    | st.text("0123456789.,-+:TZ% /'e", max_size=20)
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.dates()
    | st.datetimes(timezones=st.none() | st.timezones())
    | st.from_regex(re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d([+-]\d\d:\d\d)?", re.ASCII), fullmatch=True),
    lambda inner: st.lists(inner | st.none(), max_size=3),
    max_leaves=4,
)
NOTATIONS = st.fixed_dictionaries(
    {},
    optional={
        "dates": st.sampled_from(FORMATS),
        "time_zone": st.sampled_from((BERLIN, "Asia/Shanghai", "Pacific/Apia", "America/New_York")),
        "time": st.sampled_from(("00:00", "12:00", "23:59")),
        "decimal": st.sampled_from(".,"),
    },
)


@settings(max_examples=600, deadline=None, derandomize=True)
@given(CELLS, NOTATIONS, st.sampled_from((DAYS, TIMES, MOMENTS, NUMBERS, WHOLE, LEVELS, TRUTHS, TEXTS)))
def test_any_cell_becomes_such_a_value_or_is_wrong(
    cell: Cell, notation: dict[str, Any], types: frozenset[type]
) -> None:
    try:
        found = read(types, cell, **notation)
    except Wrong as error:
        assert str(error.what)  # noqa: PT017 - that it can be said is all
        assert str(error.cure)  # noqa: PT017
        return
    assert type(found) in types | ({int} if float in types else set())
    if isinstance(found, float) and types != LEVELS:
        assert math.isfinite(found)
    if isinstance(found, datetime):
        assert found.tzinfo is UTC


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(FORMATS))
def test_a_day_written_in_a_format_is_read_back(day: date, form: str) -> None:
    assert read(DAYS, day.strftime(form), dates=form) == day


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.datetimes(min_value=datetime(1900, 1, 2), max_value=datetime(2999, 1, 1)),  # noqa: DTZ001 - naive
    st.sampled_from((BERLIN, "Asia/Shanghai", "America/New_York", "Pacific/Apia")),
    st.booleans(),
)
def test_a_time_of_a_zone_is_read_back(moment: datetime, zone: str, native: bool) -> None:
    expected = moment.replace(tzinfo=UTC)
    local = expected.astimezone(ZoneInfo(zone))
    if local.fold:  # the second time the clock shows the same
        return
    naive = local.replace(tzinfo=None)
    assert read(TIMES, naive if native else naive.isoformat(), time_zone=zone) == expected
    assert read(TIMES, local.isoformat(), time_zone="UTC") == expected


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.decimals(min_value=-(10**15), max_value=10**15, places=4),
    st.sampled_from((".", ",")),
    st.sampled_from(("", ",", " ", "\N{NO-BREAK SPACE}", "'", "’")),
    st.booleans(),
)
def test_a_number_is_read_back(number: Any, mark: str, group: str, percent: bool) -> None:
    if group == ",":
        group = "." if mark == "," else ","
    written = f"{number:,.4f}".translate({ord(","): group, ord("."): mark})
    expected = float(f"{number}e-2" if percent else f"{number}")
    assert read(NUMBERS, written + ("%" if percent else ""), decimal=mark) == expected
