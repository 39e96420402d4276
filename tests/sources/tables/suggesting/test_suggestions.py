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
