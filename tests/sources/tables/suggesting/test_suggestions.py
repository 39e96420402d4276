"""Whatever the files, what is suggested loads and reads."""

import csv
import json
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphcrm.errors import InputError
from graphcrm.policies import load_policy
from graphcrm.sources.tables.mapping_file import MappingFile
from graphcrm.sources.tables.reading import TableSource
from graphcrm.sources.tables.suggesting.shown import rows_of
from graphcrm.sources.tables.suggesting.suggestion import suggest
from graphcrm.sources.tables.suggesting.words import synonyms
from graphcrm.sources.tables.suggesting.writing import yaml_of

TODAY = date(2026, 6, 30)
NAMES = [
    *(word for words in synonyms().full.values() for word in words),
    *(w for fields in synonyms().bare.values() for words in fields.values() for w in words),
    *("", "{x}", "a.b", "on", "NO", "x: y", "# c", '"', "'", "—", "\u2028", "2024"),
]
CELLS = ["", "A", "B", "Ann Lee", "1", "2", "1.5", "2026-05-01", "01/02/2026", "a@b.example", "call", "{x}"]
headers = st.lists(st.one_of(st.sampled_from(NAMES), st.text(max_size=12)), min_size=1, max_size=8)
stems = st.sampled_from(["accounts", "contacts", "orders", "users", "跟进记录", "x", "deals", "ties"])


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, list[list[str]]]:
    header = draw(headers)
    cells = st.one_of(st.sampled_from(CELLS), st.text(max_size=6))
    rows = draw(st.lists(st.lists(cells, min_size=len(header), max_size=len(header)), max_size=6))
    return draw(stems), [header, *rows]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(tables(), min_size=1, max_size=3, unique_by=lambda table: table[0]))
def test_any_suggested_mapping_loads_and_names_columns_that_are_there(
    found: list[tuple[str, list[list[str]]]],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for stem, rows in found:
            with (folder / f"{stem}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows)
        try:
            suggestion = suggest([folder], load_policy(), TODAY)
        except InputError:
            return
        mapping = folder / "mapping.yaml"
        mapping.write_text(yaml_of(suggestion, str), encoding="utf-8")
        MappingFile(mapping)
        TableSource(mapping, ()).draft(TODAY)


def suggested(folder: Path, **files: str) -> str:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    text = yaml_of(suggest([folder], load_policy(), TODAY), str)
    (folder / "mapping.yaml").write_text(text, encoding="utf-8")
    return text


def met(folder: Path) -> list[tuple[str, str, list[str]]]:
    """When, how and who: the interactions that the suggested mapping reads, in order."""
    stream = TableSource(folder / "mapping.yaml", ()).draft(TODAY).stream
    assert stream is not None
    found = [json.loads(body) for batch in stream.batches() for body in batch.bodies]
    return sorted((each["at"], each["channel"], each["participants"]) for each in found)


def test_the_same_number_of_a_contact_and_an_employee_is_told_apart(tmp_path: Path) -> None:
    suggested(
        tmp_path,
        contacts="ID,Name,Company,Owner ID\n1,Ann Lee,Oak Ltd,1\n2,Bo Ray,Elm Ltd,2\n",
        employees="ID,Name\n1,Cy Fox\n2,Di Orr\n",
        activities="Date,Type,Contact ID,Owner ID\n2026-05-01,call,1,2\n",
    )
    draft = TableSource(tmp_path / "mapping.yaml", ()).draft(TODAY)
    assert [c.id for c in draft.bundle.contacts] == ["contact.1", "contact.2"]
    assert [e.id for e in draft.bundle.employees] == ["1", "2"]
    assert draft.stream is not None
    (batch,) = draft.stream.batches()
    assert '"participants":["2","contact.1"]' in batch.bodies[0]


def test_a_file_without_header_is_called_by_letters_and_read_by_its_values(tmp_path: Path) -> None:
    text = suggested(
        tmp_path,
        customers="C1,Oak Ltd,Ann Lee,Sales Manager\nC2,Elm Group,Bo Ray,Owner\nC3,Ash Inc,Cy Fox,Owner\n",
    )
    assert "header: [A, B, C, D]" in text
    draft = TableSource(tmp_path / "mapping.yaml", ()).draft(TODAY)
    assert next((a.id, a.name) for a in draft.bundle.accounts) == ("C1", "Oak Ltd")
    assert next((c.id, c.name) for c in draft.bundle.contacts) == ("C1.contact", "Ann Lee")
    assert [s.title for s in draft.bundle.seats] == ["Sales Manager", "Owner", "Owner"]


def test_a_day_that_could_be_either_takes_the_format_of_a_sure_column_beside_it(tmp_path: Path) -> None:
    text = suggested(
        tmp_path,
        visits="Visit date,Customer,Contact,Rep,Created\n01/02/2026,Oak,Ann Lee,Di,12/31/2025\n",
    )
    assert 'dates: "%m/%d/%Y"' in text
    assert "could be read" not in text


def test_what_no_column_says_is_listed_to_be_filled_in(tmp_path: Path) -> None:
    text = suggested(tmp_path, contacts="Customer,Contact,Title\nOak,Ann Lee,CFO\n")
    assert "# level: …  # unknown: seats without level have an uncertain weight" in text


@pytest.mark.parametrize("word", ["NULL", "n/a", "暂无"])
def test_words_for_nothing_are_told_to_the_mapping(tmp_path: Path, word: str) -> None:
    text = suggested(tmp_path, contacts=f"Customer,Contact,Title\nOak,Ann Lee,{word}\nElm,Bo Ray,CFO\n")
    draft = TableSource(tmp_path / "mapping.yaml", ()).draft(TODAY)
    assert "empty:" in text
    assert [seat.title for seat in draft.bundle.seats] == [None, "CFO"]


def test_the_last_visit_in_a_list_of_key_accounts_is_an_interaction(tmp_path: Path) -> None:
    # The first example of docs/mapping.md.
    text = suggested(
        tmp_path,
        **{
            "key-accounts": "Customer;Contact;Position;Dept.;Our rep;Last visit\n"
            "Huayue Heavy Industry;何静;Managing director;Management;Li Yan;31.05.2026\n"
            "Huayue Heavy Industry;Zhao Min;Purchasing manager;Purchasing;Li Yan;12.06.2026\n"
            "Penglan Shipping;Sun Wei;Head of engineering;Engineering;Chen Hao;\n"
        },
    )
    assert "Not used:" not in text
    assert 'unless:\n      Last visit: ""' in text
    draft = TableSource(tmp_path / "mapping.yaml", ()).draft(TODAY)
    departments = [(d.account, d.name) for d in draft.bundle.departments]
    assert departments == [
        ("Huayue Heavy Industry", "Management"),
        ("Huayue Heavy Industry", "Purchasing"),
        ("Penglan Shipping", "Engineering"),
    ]
    assert [s.department for s in draft.bundle.seats] == [d.id for d in draft.bundle.departments]
    assert met(tmp_path) == [
        ("2026-05-31T00:00:00Z", "visit", ["Li Yan", "Huayue Heavy Industry.何静"]),
        ("2026-06-12T00:00:00Z", "visit", ["Li Yan", "Huayue Heavy Industry.Zhao Min"]),
    ]


def test_last_visits_and_last_calls_of_one_row_are_two_interactions(tmp_path: Path) -> None:
    suggested(
        tmp_path,
        contacts="客户名称,姓名,负责人,最近拜访日期,最近通话\n"
        "华岳,何静,李岩,2026-05-01,2026-05-02\n华岳,赵敏,李岩,,\n",
    )
    assert met(tmp_path) == [
        ("2026-05-01T00:00:00Z", "visit", ["李岩", "华岳.何静"]),
        ("2026-05-02T00:00:00Z", "call", ["李岩", "华岳.何静"]),
    ]


SALESFORCE = {
    "Account": "Id,Name\n001A,Oak Ltd\n001B,Elm Group\n",
    "Contact": "Id,AccountId,Name\n003A,001A,Ann Lee\n003B,001B,Bo Ray\n",
    "User": "Id,Name,Email\n005A,Cy Fox,cy@us.example\n005B,Di Orr,di@us.example\n",
}
TASKS = (
    "Id,WhoId,OwnerId,ActivityDate,Status,TaskSubtype,Type\n"
    "00T1,003A,005A,2026-05-01,Completed,Call,\n"
    "00T2,003A,005A,2026-05-03,Completed,Email,Other\n"
    "00T3,003B,005B,2026-06-15,Not Started,Call,\n"
    "00T4,003B,005B,2026-06-20,Deferred,Email,\n"
)


def test_tasks_that_did_not_happen_are_left_out_and_the_others_have_their_channel(tmp_path: Path) -> None:
    text = suggested(tmp_path, **SALESFORCE, Task=TASKS)
    assert "      Status: [Not Started, Deferred]" in text
    assert "# Check this: rows are left out that, by Status, did not happen: Not Started, Deferred." in text
    assert met(tmp_path) == [
        ("2026-05-01T00:00:00Z", "call", ["005A", "003A"]),
        ("2026-05-03T00:00:00Z", "mail", ["005A", "003A"]),
    ]


def test_a_column_by_which_rows_are_left_out_is_a_guess(tmp_path: Path) -> None:
    suggested(tmp_path, **SALESFORCE, Task=TASKS)
    rows = {
        (r.table, r.column): (r.field, r.sure) for r in rows_of(suggest([tmp_path], load_policy(), TODAY))
    }
    assert rows["task", "Status"] == ("interactions.unless", "guess")
    assert rows["task", "TaskSubtype"] == ("interactions.channel", "sure")


def test_the_tables_day_is_not_that_of_what_was_put_off(tmp_path: Path) -> None:
    suggested(tmp_path, **SALESFORCE, Task=TASKS)
    assert suggest([tmp_path], load_policy(), date(2027, 1, 1)).as_of == date(2026, 5, 3)


def test_of_two_columns_the_channel_is_the_one_that_tells_more_rows(tmp_path: Path) -> None:
    tasks = TASKS.replace("Call,\n", "Task,Meeting\n").replace("Email,", "Task,")
    suggested(tmp_path, **SALESFORCE, Task=tasks.replace("Other", "Call"))
    assert [channel for _, channel, _ in met(tmp_path)] == ["meeting", "call"]


@pytest.mark.parametrize("word", ["未开始", "计划", "取消", "Planned", "OPEN", "Cancelled", "not_started"])
def test_words_for_what_did_not_happen(tmp_path: Path, word: str) -> None:
    suggested(
        tmp_path,
        拜访记录="客户名称,联系人,业务员,拜访日期,拜访方式,状态\n"
        f"华岳,何静,李岩,2026-05-01,拜访,已完成\n华岳,赵敏,陈浩,2026-05-02,电话,{word}\n",
    )
    assert met(tmp_path) == [("2026-05-01T00:00:00Z", "visit", ["李岩", "华岳.何静"])]


def test_open_orders_were_placed_and_cancelled_ones_were_not(tmp_path: Path) -> None:
    suggested(
        tmp_path,
        orders="Order number,Order date,Customer,Contact,Sales rep,Status\n"
        "7,2026-05-01,Oak,Ann Lee,Cy Fox,Open\n8,2026-05-02,Oak,Bo Ray,Cy Fox,Cancelled\n",
    )
    assert met(tmp_path) == [("2026-05-01T00:00:00Z", "order", ["Cy Fox", "Oak.Ann Lee"])]


@pytest.mark.parametrize(
    ("header", "still", "closed"),
    [
        ("StageName", "Prospecting", ["Closed Won", "Closed Lost"]),
        ("Stage", "Won over", ["Won", "6 - Lost"]),
        ("阶段", "方案", ["赢单", "输单", "已关闭"]),
        ("状态", "跟进中", ["已赢单", "丢单"]),
    ],
)
def test_opportunities_that_are_closed_are_left_out(
    tmp_path: Path, header: str, still: str, closed: list[str]
) -> None:
    rows = "".join(f"N{at},Oak,{100 + at},{stage}\n" for at, stage in enumerate([still, *closed]))
    text = suggested(tmp_path, opportunities=f"Id,Account Name,Amount,{header}\n{rows}")
    assert "# Check this: an opportunity on record is open money" in text
    draft = TableSource(tmp_path / "mapping.yaml", ()).draft(TODAY)
    assert [(o.id, o.amount, o.stage) for o in draft.bundle.opportunities] == [("N0", 100, still)]


def test_the_unless_of_closed_stages_is_as_a_person_would_write_it(tmp_path: Path) -> None:
    text = suggested(
        tmp_path,
        Opportunity="Id,Account Name,Amount,StageName\n"
        "1,Oak,5,Closed Won\n2,Oak,6,New\n3,Oak,7,Closed Lost\n",
    )
    assert "    unless:\n      StageName: [Closed Won, Closed Lost]\n" in text


def test_chinese_numbers_of_superiors_are_managers_and_reporting_lines(tmp_path: Path) -> None:
    suggested(
        tmp_path,
        员工="工号,姓名,部门,上级工号\nE1,李岩,销售,\nE2,陈浩,销售,E1\n",
        联系人="编号,姓名,客户名称,职务,上级工号\nC1,何静,华岳,总经理,\nC2,赵敏,华岳,采购经理,C1\n",
    )
    bundle = TableSource(tmp_path / "mapping.yaml", ()).draft(TODAY).bundle
    assert [(e.id, e.manager) for e in bundle.employees] == [("E1", None), ("E2", "E1")]
    assert [(s.id, s.reports_to) for s in bundle.seats] == [("C1.seat", None), ("C2.seat", "C1.seat")]


@pytest.mark.parametrize("header", ["记录号", "单号", "编号"])
def test_chinese_numbers_of_records_are_their_ids(tmp_path: Path, header: str) -> None:
    suggested(
        tmp_path,
        客户=f"{header},客户名称\nK1,华岳\nK2,鹏澜\n",
        商机=f"{header},客户名称,商机名称,预计金额\nS1,华岳,机床,100\n",
        拜访记录=f"{header},客户名称,联系人,业务员,拜访日期\nV1,华岳,何静,李岩,2026-05-01\n",
    )
    draft = TableSource(tmp_path / "mapping.yaml", ()).draft(TODAY)
    assert [o.id for o in draft.bundle.opportunities] == ["S1"]
    assert draft.stream is not None
    (batch,) = draft.stream.batches()
    assert [json.loads(body)["id"] for body in batch.bodies] == ["拜访记录.V1"]
