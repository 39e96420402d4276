"""Exports of other programs, from the command line to the store: flat lists, GB18030, JSON lines, Parquet.

Truth: each table is written by the test, and what must be in the store is written beside it by hand.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cli.terminal import Cli
from imported import facts_at, problems, values

from graphcrm.records.bundle import Bundle

DAY = date(2026, 6, 30)


def stored(cli: Cli) -> Bundle:
    return facts_at(cli.store("store.db"), DAY)


def mapping(cli: Cli, text: str) -> Path:
    path = cli.folder / "map.yaml"
    path.write_text("as_of: 2026-06-30\n" + text, encoding="utf-8")
    return path


FLAT = """\
dates: "%d.%m.%Y"
time_zone: Europe/Berlin
empty: [n/a, "-"]
tables:
  list: {files: list.csv, encoding: cp1252}
records:
  - kind: accounts
    from: list
    fields: {id: Customer, name: Customer}
  - kind: departments
    from: list
    unless: {Department: [null, n/a]}
    fields: {id: {text: "{Customer}/{Department}"}, account: Customer, name: Department}
  - kind: seats
    from: list
    fields:
      id: {text: "{Customer}/{Contact}"}
      account: Customer
      department: {text: "{Customer}/{Department}"}
      title: Title
      level: {column: Title, map: {CEO: 1, CFO: 2, Head of Purchasing: 2}, otherwise: null}
  - kind: contacts
    from: list
    fields:
      id: Contact
      name: {column: Contact, match: '^[^<]+\\b'}
      emails: {column: Contact, match: '<(.+)>|$'}
  - kind: holdings
    from: list
    fields: {contact: Contact, seat: {text: "{Customer}/{Contact}"}}
  - kind: employees
    from: list
    fields:
      id: {column: Our rep, split: [" / ", ";"], part: 1}
      name: {column: Our rep, split: [" / ", ";"], part: 1}
  - kind: ties
    from: list
    fields:
      employee: {column: Our rep, split: [" / ", ";"], part: 1}
      contact: Contact
  - kind: interactions
    from: list
    unless: {Last meeting: ""}
    fields:
      id: {text: "{Contact}, {Last meeting}"}
      at: {column: Last meeting, time: "10:00"}
      channel: {value: meeting}
      participants: [{column: Our rep, split: [" / ", ";"]}, Contact]
"""
FLAT_ROWS = """\
Key accounts 2026;;;;;
Customer;Contact;Title;Department;Our rep;Last meeting
Müller AG;Jörg Öz <joerg@mueller.example>;CEO;Board;Ann Lee;31.01.2026
Müller AG;Eva Ü.;CFO;Finance;Ann Lee / Bob Ray;01.06.2026
Müller AG;Tom Poe;Engineer;n/a;Bob Ray;
Café “Nord”;Ida Bø;Head of Purchasing;Purchasing;Bob Ray;-
Café “Nord”;Ida Bø;Head of Purchasing;Purchasing;Bob Ray;-
;;;;;
"""


def test_a_flat_list_of_key_accounts_feeds_all_kinds_at_once(cli: Cli) -> None:
    (cli.folder / "list.csv").write_bytes(FLAT_ROWS.replace("\n", "\r\n").encode("cp1252"))
    path = mapping(cli, FLAT.replace("cp1252}", "cp1252, header: 2}"))
    cli("import", "tables", "-m", path)
    facts = stored(cli)
    assert values(facts, "accounts", "id", "name") == {("Müller AG",) * 2, ("Café “Nord”",) * 2}
    assert values(facts, "departments", "id", "account", "name") == {
        ("Müller AG/Board", "Müller AG", "Board"),
        ("Müller AG/Finance", "Müller AG", "Finance"),
        ("Café “Nord”/Purchasing", "Café “Nord”", "Purchasing"),
    }
    joerg = "Jörg Öz <joerg@mueller.example>"
    assert values(facts, "seats", "id", "account", "department", "title", "level") == {
        (f"Müller AG/{joerg}", "Müller AG", "Müller AG/Board", "CEO", 1),
        ("Müller AG/Eva Ü.", "Müller AG", "Müller AG/Finance", "CFO", 2),
        ("Müller AG/Tom Poe", "Müller AG", None, "Engineer", None),
        ("Café “Nord”/Ida Bø", "Café “Nord”", "Café “Nord”/Purchasing", "Head of Purchasing", 2),
    }
    assert values(facts, "contacts", "id", "name", "emails") == {
        (joerg, "Jörg Öz", ("joerg@mueller.example",)),
        ("Eva Ü.", "Eva Ü", ()),
        ("Tom Poe", "Tom Poe", ()),
        ("Ida Bø", "Ida Bø", ()),
    }
    assert values(facts, "holdings", "contact", "seat") == {
        (seat.id.partition("/")[2], seat.id) for seat in facts.seats
    }
    assert values(facts, "employees", "id", "name") == {("Ann Lee",) * 2, ("Bob Ray",) * 2}
    assert values(facts, "ties", "employee", "contact", "level") == {
        ("Ann Lee", joerg, None),
        ("Ann Lee", "Eva Ü.", None),
        ("Bob Ray", "Tom Poe", None),
        ("Bob Ray", "Ida Bø", None),
    }
    # 10:00 in Berlin is 09:00 UTC in winter and 08:00 in summer.
    assert values(facts, "interactions", "id", "at", "channel", "participants") == {
        (f"{joerg}, 31.01.2026", datetime(2026, 1, 31, 9, tzinfo=UTC), "meeting", ("Ann Lee", joerg)),
        (
            "Eva Ü., 01.06.2026",
            datetime(2026, 6, 1, 8, tzinfo=UTC),
            "meeting",
            ("Ann Lee", "Bob Ray", "Eva Ü."),
        ),
    }
    assert cli.json("import", "tables", "-m", path)["changed"] is False


def test_who_is_not_there_is_told_in_their_own_column(cli: Cli) -> None:
    """Also where another column of the list is empty, or holds several people."""
    people = "tables: {x: {files: x.csv}}\nrecords:\n  - kind: interactions\n    from: x\n    fields:\n"
    fields = "      {id: Id, at: Day, channel: {value: call}, participants: [*rep, Contact]}\n".replace(
        "*rep", "{column: Rep, split: /}"
    )
    (cli.folder / "x.csv").write_text(
        "Id,Day,Rep,Contact\n1,2026-01-01,,p1\n2,2026-01-01,a / b,p2\n3,2026-01-01,a,p3\n", encoding="utf-8"
    )
    told = problems(cli("import", "tables", "-m", mapping(cli, people + fields), code=2))
    assert [(place, value) for place, value, _, _ in told] == [
        ("x.csv[2].Contact", "'p1'"),
        ("x.csv[3].Contact", "'p2'"),
        ("x.csv[3].Rep", "'a'"),
        ("x.csv[3].Rep", "'b'"),
        ("x.csv[4].Contact", "'p3'"),
    ]


CHINESE = """\
decimal: ","
dates: "%Y年%m月%d日"
empty: [无]
tables:
  客户: {files: 客户*.csv}
records:
  - kind: accounts
    from: 客户
    fields:
      id: 客户编号
      name: 客户名称
      region: 地区
      annual_revenue: 年收入（元）
      currency: {value: CNY}
      mechanisms_complete: 完整
  - kind: employees
    from: 客户
    fields: {id: 负责人, name: 负责人, valid_from: 入职}
"""
CHINESE_ROWS = """\
客户编号;客户名称;地区;年收入（元）;完整;负责人;入职
K1;长江装备;华东;1.234.567,50;是;王芳;2020年1月5日
K2;"晨光;文具";无;0,5;否;李娜;2021年12月31日
K3;北方材料;华北;;;王芳;2020年01月05日
"""


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_a_chinese_export_comes_in_whatever_its_encoding(cli: Cli, encoding: str) -> None:
    (cli.folder / "客户表.csv").write_bytes(CHINESE_ROWS.encode(encoding))
    cli("import", "tables", "-m", mapping(cli, CHINESE))
    facts = stored(cli)
    assert values(facts, "accounts", "id", "name", "region", "annual_revenue", "mechanisms_complete") == {
        ("K1", "长江装备", "华东", 1234567.5, True),
        ("K2", "晨光;文具", None, 0.5, False),
        ("K3", "北方材料", "华北", None, False),
    }
    assert values(facts, "employees", "id", "valid_from") == {
        ("王芳", date(2020, 1, 5)),
        ("李娜", date(2021, 12, 31)),
    }


def test_what_is_wrong_with_a_chinese_export_is_told_in_its_words(cli: Cli) -> None:
    rows = CHINESE_ROWS.replace("0,5", "1.5").replace("2021年12月31日", "2021-12-31").replace("是", "全")
    (cli.folder / "客户表.csv").write_bytes(rows.encode("gb18030"))
    told = problems(cli("import", "tables", "-m", mapping(cli, CHINESE), code=2))
    assert [(place, value) for place, value, _, _ in told] == [
        ("客户表.csv[2].完整", "'全'"),
        ("客户表.csv[3].入职", "'2021-12-31'"),
        ("客户表.csv[3].年收入（元）", "'1.5'"),
    ]
    assert told[1][3] == "Write it as %Y年%m月%d日, or add its format to dates in the mapping."


LINES = """\
time_zone: Asia/Shanghai
tables:
  people: {files: people.jsonl}
  meetings: {files: meetings.jsonl}
records:
  - kind: contacts
    from: people
    where: {side: theirs}
    fields: {id: id, name: name.full, emails: mail}
  - kind: employees
    from: people
    where: {side: ours}
    fields: {id: id, name: name.full, level: level, captured: flags.mail}
  - kind: interactions
    from: meetings
    fields: {id: id, at: when.start, channel: {value: meeting}, participants: [organiser.id, guests]}
"""
PEOPLE: list[dict[str, object]] = [
    {"id": "p1", "side": "theirs", "name": {"full": "Ida Bø"}, "mail": ["ida@x.example", "i@x.example"]},
    {"id": "p2", "side": "theirs", "name": {"full": "汪洋"}, "mail": None},
    {"id": 7, "side": "ours", "name": {"full": "Ann"}, "level": 2, "flags": {"mail": True, "crm": 1}},
    {"id": "e2", "side": "ours", "name": {"full": "Bob"}},
    {"id": "x", "side": "else"},
]
MEETINGS: list[dict[str, object]] = [
    {
        "id": "m1",
        "when": {"start": "2026-03-01T09:30:00"},
        "organiser": {"id": 7},
        "guests": ["p1", "p2"],
    },
    {
        "id": "m2",
        "when": {"start": "2026-03-02T09:30:00-05:00"},
        "organiser": {"id": "e2"},
        "guests": ["p2"],
    },
]


def lines(cli: Cli, name: str, objects: list[dict[str, object]]) -> None:
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects)
    (cli.folder / name).write_text(text, encoding="utf-8")


def test_objects_within_objects_come_in_from_json_lines(cli: Cli) -> None:
    lines(cli, "people.jsonl", PEOPLE)
    lines(cli, "meetings.jsonl", MEETINGS)
    cli("import", "tables", "-m", mapping(cli, LINES))
    facts = stored(cli)
    assert values(facts, "contacts", "id", "name", "emails") == {
        ("p1", "Ida Bø", ("ida@x.example", "i@x.example")),
        ("p2", "汪洋", ()),
    }
    assert values(facts, "employees", "id", "name", "level", "captured") == {
        ("7", "Ann", 2, True),
        ("e2", "Bob", None, False),
    }
    assert values(facts, "interactions", "id", "at", "participants") == {
        ("m1", datetime(2026, 3, 1, 1, 30, tzinfo=UTC), ("7", "p1", "p2")),
        ("m2", datetime(2026, 3, 2, 14, 30, tzinfo=UTC), ("e2", "p2")),
    }


def test_what_is_wrong_with_json_lines_is_told_by_line_and_name(cli: Cli) -> None:
    odd = {**MEETINGS[1], "id": "m3", "when": {"start": "noon"}, "guests": ["p2", "p9"]}
    strange: dict[str, object] = {**MEETINGS[1], "id": "m4", "guests": [["p1"], "p2"]}
    unknown: dict[str, object] = {**MEETINGS[1], "id": "m5", "guests": ["p9", "p2"]}
    lines(cli, "people.jsonl", [*PEOPLE, {"id": "p2", "side": "theirs", "name": {"full": "王洋"}}])
    lines(cli, "meetings.jsonl", [*MEETINGS, odd, strange, unknown])
    told = problems(cli("import", "tables", "-m", mapping(cli, LINES), code=2))
    assert [(place, value) for place, value, _, _ in told] == [
        ("meetings.jsonl[3].when.start", "'noon'"),
        ("meetings.jsonl[4].guests", "[['p1'], 'p2']"),
        ("meetings.jsonl[5].guests", "'p9'"),
        ("people.jsonl[6].name.full", "'王洋'"),
    ]
    assert all(what and cure for *_, what, cure in told)


def test_a_list_is_no_part_of_a_text(cli: Cli) -> None:
    text = LINES.replace("name: name.full", 'name: {text: "{name.full}!"}')
    lines(cli, "people.jsonl", [*PEOPLE, {"id": "p3", "side": "theirs", "name": {"full": ["Ann", "Lee"]}}])
    lines(cli, "meetings.jsonl", MEETINGS)
    [told] = problems(cli("import", "tables", "-m", mapping(cli, text), code=2))
    assert told[:3] == ("people.jsonl[6].name.full", "['Ann', 'Lee']", "This is a list, not a value.")


PARQUET = """\
tables:
  visits: {files: "*.parquet"}
records:
  - kind: contacts
    from: visits
    fields: {id: whom, name: {text: "Person {whom}"}}
  - kind: employees
    from: visits
    fields: {id: who, name: {text: "No. {who}"}}
  - kind: interactions
    from: visits
    fields: {id: {text: "visit {no}"}, at: at, channel: {value: visit}, participants: [who, whom]}
"""


def test_parquet_keeps_its_types(cli: Cli) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    for month in (1, 2):
        table = pyarrow.table(
            {
                "no": [month * 10 + n for n in range(3)],
                "at": [datetime(2026, month, 1 + n, 8, tzinfo=UTC) for n in range(3)],
                "who": pyarrow.array([1, 2, 1], pyarrow.int64()),
                "whom": [f"p{n % 2}" for n in range(3)],
            }
        )
        parquet.write_table(table, cli.folder / f"visits-{month}.parquet")
    cli("import", "tables", "-m", mapping(cli, PARQUET))
    facts = stored(cli)
    assert values(facts, "contacts", "id", "name") == {("p0", "Person p0"), ("p1", "Person p1")}
    assert values(facts, "employees", "id", "name") == {("1", "No. 1"), ("2", "No. 2")}
    assert values(facts, "interactions", "id", "at", "participants") == {
        (f"visit {month}{n}", datetime(2026, month, 1 + n, 8, tzinfo=UTC), (who, whom))
        for month in (1, 2)
        for n, (who, whom) in enumerate([("1", "p0"), ("2", "p1"), ("1", "p0")])
    }
