"""Many interactions at once are the same text, or the same problems, as each judged by pydantic alone."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mappings import source
from pydantic import ValidationError

from graphcrm.records.body import body_of
from graphcrm.records.checks.nearest import Nearest
from graphcrm.records.interaction import Interaction
from graphcrm.sources.tables import bodies as bodies_module
from graphcrm.sources.tables.bodies import Bodies
from graphcrm.sources.tables.row_problems import row_problems

AT = datetime(2026, 6, 30, 9, tzinfo=UTC)
ODD = st.sampled_from(
    [
        "",
        " ",
        "é",
        "李",
        '"',
        "\\",
        "\n",
        "\t",
        "\x00",
        "\x1f",
        "\x7f",
        "\x85",
        "\u2028",
        "🙂",
        "</b>",
        "a" * 201,
    ]
)
TEXTS = st.one_of(st.sampled_from("abc"), st.text(max_size=4), ODD)
ODDITIES = [None, 5, 0, True, 1.5, ("a",), date(2026, 1, 1)]
NOT_TEXT: st.SearchStrategy[Any] = st.sampled_from([*ODDITIES, ["a"]])
TIMES = st.datetimes(timezones=st.sampled_from([UTC, None])) | st.datetimes(timezones=st.just(UTC))
LISTS = st.lists(TEXTS, max_size=3).map(tuple)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "id": TEXTS,
    "at": TIMES,
    "channel": TEXTS,
    "participants": st.none() | LISTS,
    "from": st.none() | TEXTS,
    "to": st.none() | LISTS,
    "recorded_at": st.none() | st.dates() | TIMES,
    "source": st.none() | TEXTS,
    "by": st.none() | TEXTS,
    "evidence": st.none() | TEXTS | LISTS,
}
SOUND: dict[str, st.SearchStrategy[Any]] = {
    "id": st.sampled_from(["a", "b", "é李🙂", 'q"\\', "<b>"]),
    "at": st.datetimes(timezones=st.just(UTC)),
    "channel": st.sampled_from(["mail", "call\n\t\x01", "\u2028\x7f", ""]),
    "participants": st.lists(st.sampled_from(["a", "b", '"']), min_size=1, max_size=3).map(tuple),
    "from": st.sampled_from("ab"),
    "to": st.lists(st.sampled_from("ab"), min_size=1, max_size=3).map(tuple),
    "recorded_at": st.none() | st.dates() | st.datetimes(timezones=st.just(UTC)),
    "source": st.none() | st.sampled_from(["crm", "\x02"]),
    "by": st.none() | st.sampled_from(["eva", " eva "]),
    "evidence": st.none() | st.text('ab\n"', max_size=3) | st.lists(st.sampled_from("ab")).map(tuple),
}
Columns = dict[str, list[Any]]


def columns(values: dict[str, st.SearchStrategy[Any]], names: Sequence[str]) -> st.SearchStrategy[Columns]:
    row = st.fixed_dictionaries({name: values[name] for name in names})
    return st.lists(row, min_size=1, max_size=4).map(
        lambda rows: {name: [each[name] for each in rows] for name in names}
    )


def rows_of(fields: Columns) -> list[dict[str, Any]]:
    rows = (dict(zip(fields, values, strict=True)) for values in zip(*fields.values(), strict=True))
    return [{name: value for name, value in row.items() if value is not None} for row in rows]


def one_by_one(fields: Columns) -> list[str] | None:
    """The bodies as records write them; None if one is wrong."""
    try:
        return [body_of(Interaction.model_validate(row)) for row in rows_of(fields)]
    except ValidationError:
        return None


OPTIONAL = st.lists(st.sampled_from(["recorded_at", "source", "by", "evidence"]), unique=True)
PEOPLE = st.sampled_from(
    [["participants"], ["from", "to"], ["participants", "from", "to"], ["from"], ["to"], []]
)
REQUIRED = st.sampled_from([["id", "at", "channel"]] * 5 + [["id", "at"], ["channel"]])


@settings(max_examples=800, deadline=None, derandomize=True)
@given(st.data())
def test_bodies_at_once_are_those_of_records_wherever_they_are_written(data: st.DataObject) -> None:
    names = [*data.draw(REQUIRED), *data.draw(PEOPLE), *data.draw(OPTIONAL)]
    # Readers of tables make tuples of lists.
    wrong = {
        name: st.sampled_from(ODDITIES) if name in {"participants", "to"} else NOT_TEXT for name in names
    }
    mixed = {name: st.one_of(VALUES[name], SOUND[name], wrong[name]) for name in names}
    fields = data.draw(columns(data.draw(st.sampled_from([VALUES, SOUND, mixed])), names))
    at_once = Bodies().of(fields)
    if at_once is not None:
        assert at_once == one_by_one(fields)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.data())
def test_sound_interactions_are_written_at_once(data: st.DataObject) -> None:
    people = data.draw(st.sampled_from([["participants"], ["from", "to"]]))
    fields = data.draw(columns(SOUND, ["id", "at", "channel", *people, *data.draw(OPTIONAL)]))
    written = Bodies().of(fields)
    assert written is not None
    assert written == one_by_one(fields)


@pytest.mark.parametrize(
    "more",
    [
        {"participants": [("a",)], "to": [()]},
        {"participants": [("a",)], "from": [""]},
        {"participants": [()]},
        {"from": ["a"], "to": [()]},
        {"participants": [None], "from": ["a"], "to": [None]},
        {"participants": [("a",)], "at": [date(2026, 6, 30)]},
        {"participants": [("a",)], "at": [AT.replace(tzinfo=None)]},
        {"participants": [["a"]], "source": [["x"]]},
        {"participants": [("a",)], "evidence": [("x", 5)]},
        {"participants": [("a" * 201,)]},
        {"participants": [("a",)], "id": [" a"]},
        {"participants": [("a",)], "source": [" "]},
        {"participants": [("a",)], "channel": [None]},
    ],
)
def test_what_pydantic_would_refuse_is_left_to_it(more: Columns) -> None:
    fields = {"id": ["i"], "at": [AT], "channel": ["mail"], **more}
    assert one_by_one(fields) is None
    assert Bodies().of(fields) is None


def test_columns_in_which_nothing_is_known_do_not_slow_the_others() -> None:
    fields: Columns = {"id": ["i"], "at": [AT], "channel": ["mail"], "participants": [None], "from": ["a"],
                       "to": [("b",)], "recorded_at": [None], "by": [None]}  # fmt: skip
    assert Bodies().of(fields) == one_by_one(fields)


def test_what_is_remembered_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies_module, "REMEMBERED", 3)
    bodies = Bodies()
    for start in range(0, 40, 4):
        names = [f"p{n}" for n in range(start, start + 4)]
        fields: Columns = {"id": names, "at": [AT] * 4, "channel": names,
                           "participants": [(name, "me") for name in names]}  # fmt: skip
        assert bodies.of(fields) == one_by_one(fields)


MAPPING = """\
tables: {t: {files: t.jsonl}}
records:
  - {kind: interactions, from: t, fields: {id: i, at: a, channel: c, participants: p, evidence: e}}
"""


@settings(max_examples=60, deadline=None, derandomize=True)
@example([("i", "2026-06-30T09:00:00Z", "mail", ["a"], None), (None, "soon", None, None, ["x"])])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b", None, "x" * 201, "\x07"]),
            st.sampled_from(["2026-06-30T09:00:00Z", "2026-06-30", None, "soon"]),
            st.sampled_from(["mail", None]),
            st.sampled_from(["a", ["a", "b"], [], None, ["a", "\x07"]]),
            st.sampled_from(["x", ["x", "y"], None]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_the_problems_of_a_chunk_are_those_of_its_rows(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[Any, ...]]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "t.jsonl").write_text(
        "".join(json.dumps(dict(zip("iacpe", row, strict=True))) + "\n" for row in rows)
    )
    stream = source(folder, MAPPING).draft(date(2026, 6, 30)).stream
    assert stream is not None
    written = [body for batch in stream.batches() for body in batch.bodies]

    sound, told = [], []
    for number, (i, a, c, p, e) in enumerate(rows, 1):
        unread = a == "soon"
        at = None if a is None or unread else datetime.fromisoformat(a).replace(tzinfo=UTC)
        people = tuple(p) if isinstance(p, list) and p else (p,) if isinstance(p, str) else None
        stated = {"id": i, "at": at, "channel": c, "participants": people,
                  "evidence": tuple(e) if isinstance(e, list) else e}  # fmt: skip
        place = f"t.jsonl[{number}]#0"
        if unread:
            told.append((f"{place}.at", "This is neither a date nor a time."))
        try:
            record = Interaction.model_validate({k: v for k, v in stated.items() if v is not None})
            sound.append(body_of(record))
        except ValidationError as error:
            told += [
                (problem.path, str(problem.what))
                for problem in row_problems(error, place, Interaction, Nearest())
                if not (unread and problem.path == f"{place}.at")
            ]
    assert sorted((p.path, str(p.what)) for p in stream.problems) == sorted(told)
    assert sorted(written) == sorted(sound)


def test_a_whole_row_is_not_shown_as_a_value(tmp_path: Path) -> None:
    mapping = MAPPING.replace("jsonl", "csv")
    table = "i,a,c,p,e\n1,2026-06-30T09:00Z,mail,,\n"
    stream = source(tmp_path, mapping, {"t.csv": table}).draft(date(2026, 6, 30)).stream
    assert stream is not None
    assert not list(stream.batches())
    (problem,) = stream.problems
    assert (problem.path, problem.value) == ("t.csv[2]#0", None)
    assert str(problem.cure) == "Fill the cells of participants alone, or those of from and to together."
