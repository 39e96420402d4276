"""Whatever is wrong with a mapping is told at its line and path, with what was probably meant."""

from pathlib import Path

import pytest
from mappings import laid_out, lines, refused

from graphcrm.errors import Problem
from graphcrm.sources.tables.mapping_file import MappingFile

SOUND = """\
source: crm
as_of: 2026-06-30
tables:
  people: {files: people.csv}
  mails: {files: mails.csv}
records:
  - kind: contacts
    from: people
    fields:
      id: Id
      name: Name
  - kind: interactions
    from: mails
    join:
      - table: people
        on: {Person: Id}
    fields: {id: Id, at: At, channel: {value: mail}, participants: [Person, {column: To, split: ";"}]}
"""


def wrong(folder: Path, old: str, new: str) -> list[Problem]:
    """What is told once one thing of the sound mapping is another."""
    assert SOUND.count(old) == 1
    return refused(lambda: MappingFile(laid_out(folder, SOUND.replace(old, new))))


def test_the_sound_mapping_is_sound(tmp_path: Path) -> None:
    assert MappingFile(laid_out(tmp_path, SOUND)).mapping.source == "crm"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("source: crm", "sorce: crm", "m.yaml[1].sorce: There is no field sorce here."),
        ("source: crm", "source: ''", "m.yaml[1].source: This text is empty."),
        ("2026-06-30", "30.06.2026", "m.yaml[2].as_of: This is not a date."),
        ("2026-06-30", "1026-06-30", "m.yaml[2].as_of: This day is too far off."),
        ("as_of: 2026-06-30", "dates: DD.MM.YYYY", "m.yaml[2].dates: This is no way to write a date."),
        ("as_of: 2026-06-30", "dates: '%d.%m.%Q'", "m.yaml[2].dates: This is no way to write a date."),
        ("as_of: 2026-06-30", "dates: '%d.%d.%Y'", "m.yaml[2].dates: This is no way to write a date."),
        ("as_of: 2026-06-30", "dates: '%d.%m'", "m.yaml[2].dates: This is no way to write a date."),
        ("as_of: 2026-06-30", "dates: '%Y%'", "m.yaml[2].dates: This is no way to write a date."),
        ("as_of: 2026-06-30", "dates: []", "m.yaml[2].dates: There is nothing in it."),
        ("as_of: 2026-06-30", "time_zone: CEST", "m.yaml[2].time_zone: There is no such time zone."),
        ("as_of: 2026-06-30", "time_zone: ../x", "m.yaml[2].time_zone: There is no such time zone."),
        ("as_of: 2026-06-30", "time: 24:00", "m.yaml[2].time: This is no time of day."),
        ("as_of: 2026-06-30", "time: 08.30", "m.yaml[2].time: This is no time of day."),
        ("as_of: 2026-06-30", "decimal: ;", "m.yaml[2].decimal: This is not one of the values decimal"),
        ("as_of: 2026-06-30", "empty: NULL", "m.yaml[2].empty: This is not a list."),
        ("as_of: 2026-06-30", "empty: [0]", "m.yaml[2].empty[0]: This is not text."),
        ("{files: people.csv}", "{}", "m.yaml[4].tables.people.files: files is missing."),
        ("{files: people.csv}", "people.csv", "m.yaml[4].tables.people: Keys with their values belong"),
        ("{files: people.csv}", "{files: []}", "m.yaml[4].tables.people.files: There is nothing in it."),
        (
            "{files: people.csv}",
            "{files: x, seperator: ;}",
            "m.yaml[4].tables.people.seperator: There is no field seperator here.",
        ),
        (
            "{files: people.csv}",
            "{files: x, header: 0}",
            "m.yaml[4].tables.people.header: This is below 1.",
        ),
        (
            "kind: contacts",
            "kind: contact",
            "m.yaml[7].records[0].kind: There is no kind of record contact.",
        ),
        ("from: mails", "from: mail", "m.yaml[13].records[1].from: This mapping has no table mail."),
        ("from: people", "form: people", "m.yaml[7].records[0].from: from is missing."),
        (
            "- table: people",
            "- table: poeple",
            "m.yaml[15].records[1].join[0].table: This mapping has no table poeple.",
        ),
        ("on: {Person: Id}", "on: {}", "m.yaml[16].records[1].join[0].on: There is nothing in it."),
        (
            "on: {Person: Id}",
            "when: {Person: Id}",
            "m.yaml[15].records[1].join[0].on: on is missing.",
        ),
        (
            "on: {Person: Id}",
            "on: {people.Id: Id}",
            "m.yaml[16].records[1].join[0].on.people.Id: This column is of a table that is not joined yet.",
        ),
        (
            "on: {Person: Id}",
            "on: {Person: Id}\n      - {table: people, on: {To: Id}}",
            "m.yaml[17].records[1].join[1].table: people is joined already.",
        ),
        (
            "on: {Person: Id}",
            "on: {Person: Id}\n        missing: skip",
            "m.yaml[17].records[1].join[0].missing: This is not one of the values missing can have.",
        ),
        ("name: Name", "nam: Name", "m.yaml[11].records[0].fields.nam: There is no field nam here."),
        ("name: Name", "city: Name", "m.yaml[9].records[0].fields: Records of contacts need name."),
        ("name: Name", "name: ''", "m.yaml[11].records[0].fields.name: This text is empty."),
        ("name: Name", "name: 7", "m.yaml[11].records[0].fields.name: This is not text."),
        ("name: Name", "name: []", "m.yaml[11].records[0].fields.name: There is nothing in it."),
        (
            "name: Name",
            "name: [Name]",
            "m.yaml[11].records[0].fields.name: name takes one value, and this makes a list.",
        ),
        (
            "name: Name",
            "name: {column: Name, split: ' '}",
            "m.yaml[11].records[0].fields.name.split: name takes one value, and this makes a list.",
        ),
        (
            "name: Name",
            "name: {value: [a, b]}",
            "m.yaml[11].records[0].fields.name.value: name takes one value, and this makes a list.",
        ),
        (
            "name: Name",
            "name: {column: Name, map: {a: b, c: [d]}}",
            "m.yaml[11].records[0].fields.name.map.c: name takes one value, and this makes a list.",
        ),
        (
            "name: Name",
            "name:\n        column: Name\n        text: '{Name}'",
            "m.yaml[11].records[0].fields.name: A value comes from one of column, text and value.",
        ),
        (
            "name: Name",
            "name: {colum: Name}",
            "m.yaml[11].records[0].fields.name.colum: There is no field colum here.",
        ),
        (
            "name: Name",
            "name: {value: x, split: [1]}",
            "m.yaml[11].records[0].fields.name.split[0]: This is not text.",
        ),
        (
            "name: Name",
            "name: {column: Name, part: 1}",
            "m.yaml[11].records[0].fields.name: part needs split, and cannot be 0.",
        ),
        (
            "name: Name",
            "name: {column: Name, split: ' ', part: 0}",
            "m.yaml[11].records[0].fields.name: part needs split, and cannot be 0.",
        ),
        (
            "name: Name",
            "name: {column: Name, split: ' ', part: first}",
            "m.yaml[11].records[0].fields.name.part: This is not a whole number.",
        ),
        (
            "name: Name",
            "name: {column: Name, match: (}",
            "m.yaml[11].records[0].fields.name.match: This is no regular expression: missing )",
        ),
        (
            "name: Name",
            "name: {column: Name, match: 'a{99999999999999999999}'}",
            "m.yaml[11].records[0].fields.name.match: This is no regular expression:",
        ),
        (
            "name: Name",
            "name: {column: Name, otherwise: keep}",
            "m.yaml[11].records[0].fields.name: otherwise needs a map.",
        ),
        (
            "name: Name",
            "name: {column: Name, map: {'': x}}",
            "m.yaml[11].records[0].fields.name: An empty cell is never looked up in the map.",
        ),
        (
            "name: Name",
            "name: Name\n    complete: perhaps",
            "m.yaml[12].records[0].complete: This is neither",
        ),
        ("from: mails", "from: mails\n    complete: true", "m.yaml[14].records[1].complete: What happened"),
        (
            "from: mails",
            "from: mails\n    repeats: last",
            "m.yaml[14].records[1].repeats: Interactions pass",
        ),
        ("participants:", "evidence:", "m.yaml[17].records[1].fields: Nothing says who took part."),
        (
            "participants:",
            "from: x, evidence:",
            "m.yaml[17].records[1].fields: Nothing says who took part.",
        ),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(
    tmp_path: Path, old: str, new: str, told: str | None
) -> None:
    if told is None:
        return
    found = lines(wrong(tmp_path, old, new))
    assert any(line.startswith(told) for line in found), found


@pytest.mark.parametrize(
    ("field", "stated", "at", "told"),
    [
        ("valid_from", "{value: 30.06.2026}", "value", "This is not a date."),
        ("valid_from", "{value: 5}", "value", "This is not a date."),
        ("valid_from", "{column: x, default: soon}", "default", "This is not a date."),
        ("level", "{value: high}", "value", "This is not a number."),
        ("level", "{value: 0}", "value", "This is below 1."),
        ("level", "{value: 1.5}", "value", "This is not a whole number."),
        ("level", "{column: x, map: {a: 1, b: top}}", "map.b", "This is not a number."),
        ("level", "{column: x, map: {a: 1}, otherwise: lower}", "otherwise", "This is not a number."),
        ("weight", "{value: -1}", "value", "This is below 0."),
        ("id", "{value: ' s'}", "value", "This text is blank"),
        ("roles", "[x, {value: [a, 5], default: ~}, {column: y, default: ''}]", None, None),
        ("roles", "{column: x, split: ;, map: {a: [user, buyer]}}", None, None),
        ("level", "{column: x, map: {a: 1, b: 2.0}, otherwise: 999}", None, None),
        ("weight", "{column: x, default: 1}", None, None),
        ("name", "{value: 5}", None, None),
        ("name", "{column: x, map: {a: true}}", None, None),
        ("valid_from", "{value: 2026-06-30}", None, None),
    ],
)
def test_constants_are_judged_before_any_table_is_read(
    tmp_path: Path, field: str, stated: str, at: str | None, told: str | None
) -> None:
    fields = {"id": "a", "account": "b", field: stated}
    mapping = (
        "tables: {t: {files: t.csv}}\nrecords:\n  - kind: "
        + ("employees" if field.startswith("valid") or field == "name" else "seats")
        + "\n    from: t\n    fields:\n"
    )
    if "employees" in mapping:
        fields = {"id": "a", "name": "b", field: stated}
    mapping += "".join(f"      {name}: {value}\n" for name, value in fields.items())
    path = laid_out(tmp_path, mapping)
    if told is None:
        MappingFile(path)
        return
    line = mapping[: mapping.index(f" {field}: ")].count("\n") + 1
    (problem,) = refused(lambda: MappingFile(path))
    assert problem.path == f"m.yaml[{line}].records[0].fields.{field}.{at}"
    assert str(problem.what).startswith(told)


def test_a_constant_of_a_closed_list_is_judged(tmp_path: Path) -> None:
    mapping = """\
        tables: {t: {files: t.csv}}
        records:
          - kind: ties
            from: t
            fields: {employee: a, contact: b, trust_holder: {value: frim}}
        """
    (problem,) = refused(lambda: MappingFile(laid_out(tmp_path, mapping)))
    assert str(problem.what) == "This is not one of the values trust_holder can have."
    assert str(problem.cure) == "Use one of: person, firm, unknown."
    assert problem.value == "frim"


def test_a_level_of_a_tie_needs_its_day(tmp_path: Path) -> None:
    mapping = """\
        tables: {t: {files: t.csv}}
        records:
          - kind: ties
            from: t
            fields: {employee: a, contact: b, level: c}
        """
    assert lines(refused(lambda: MappingFile(laid_out(tmp_path, mapping)))) == [
        "m.yaml[5].records[0].fields.level: A level needs the day it was assessed."
    ]


def test_complete_needs_a_source(tmp_path: Path) -> None:
    text = SOUND.replace("source: crm\n", "").replace("kind: contacts", "kind: contacts\n    complete: yes")
    assert lines(refused(lambda: MappingFile(laid_out(tmp_path, text)))) == [
        "m.yaml[7].records[0].complete: What is complete must say its source."
    ]
    assert MappingFile(laid_out(tmp_path, "source: crm\n" + text)).mapping.complete == ("contacts",)


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        ("source: crm", "sorce: crm", "source"),
        ("kind: contacts", "kind: contact", "contacts"),
        ("from: mails", "from: mail", "mails"),
        ("name: Name", "nam: Name", "name"),
        ("name: Name", "name: {colum: Name}", "column"),
        ("on: {Person: Id}", "on: {Person: Id}\n        mising: empty", "missing"),
        ("from: people", "form: people", "from"),
    ],
)
def test_what_was_probably_meant_is_named(tmp_path: Path, old: str, new: str, meant: str) -> None:
    cures = [str(problem.cure) for problem in wrong(tmp_path, old, new)]
    assert any(cure.startswith(f"Did you mean {meant}?") for cure in cures), cures


def test_all_that_is_wrong_is_told_in_one_go(tmp_path: Path) -> None:
    text = SOUND.replace("kind: contacts", "kind: contact").replace("{value: mail}", "{value: [a, b]}")
    assert lines(
        refused(lambda: MappingFile(laid_out(tmp_path, text.replace("from: mails", "from: x"))))
    ) == [
        "m.yaml[7].records[0].kind: There is no kind of record contact.",
        "m.yaml[13].records[1].from: This mapping has no table x.",
        "m.yaml[17].records[1].fields.channel.value: channel takes one value, and this makes a list.",
    ]


def test_names_that_bear_others_do_not_lead_a_path_astray(tmp_path: Path) -> None:
    mapping = """\
        tables:
          fields: {files: a.csv, seperator: ;}
        records:
          - {kind: contacts, from: fields, fields: {id: a, name: b}, wher: {}}
        """
    problems = refused(lambda: MappingFile(laid_out(tmp_path, mapping)))
    assert [str(problem.cure)[:23] for problem in problems] == [
        "Did you mean separator?",
        "Did you mean where? Kno",
    ]


def test_two_entries_may_make_one_kind(tmp_path: Path) -> None:
    more = "  - {kind: contacts, from: mails, fields: {id: a, name: b}}\n"
    twice = SOUND.replace("  - kind: interactions", f"{more}  - kind: interactions")
    assert [e.kind for e in MappingFile(laid_out(tmp_path, twice)).mapping.records] == [
        "contacts", "contacts", "interactions",
    ]  # fmt: skip


def test_a_table_writes_as_it_says_itself_or_else_as_the_mapping_says(tmp_path: Path) -> None:
    text = SOUND.replace("source: crm", "decimal: ','\ntime: 08:30\nempty: [NULL]").replace(
        "{files: mails.csv}", "{files: mails.csv, decimal: ., empty: []}"
    )
    file = MappingFile(laid_out(tmp_path, text))
    people, mails = file.notation("people"), file.notation("mails")
    assert (people.decimal, people.time, people.empty) == (",", "08:30", ("NULL",))
    assert (mails.decimal, mails.time, mails.empty) == (".", "08:30", ())
