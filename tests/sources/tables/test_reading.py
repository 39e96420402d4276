"""From tables and a mapping to a draft: which files, rows and records, and what is told of them."""

from pathlib import Path

import pytest
from mappings import DAY, draft, failed, laid_out, lines, refused, source

from graphcrm.errors import InputError
from graphcrm.records.draft import Draft
from graphcrm.sources.tables.reading import TableSource

PEOPLE = """\
    tables: {p: {files: "p*.csv"}}
    records:
      - {kind: contacts, from: p, fields: {id: Id, name: Name}}
    """
TWO = {"p1.csv": "Id,Name\na,Ann\n", "p2.csv": "Name,Id,More\nBob,b,1\n"}


def contacts(found: Draft) -> list[tuple[str, str]]:
    return [(each.id, each.name) for each in found.bundle.contacts]


def told(found: Draft) -> list[str]:
    """Where and what, as people are told."""
    return [f"{found.origin.shown(p.path)}: {p.what}" for p in found.problems]


# Files


def test_without_paths_the_files_stand_beside_the_mapping(tmp_path: Path) -> None:
    found = source(tmp_path, PEOPLE, TWO)
    assert contacts(found.draft(DAY)) == [("a", "Ann"), ("b", "Bob")]
    assert [(u.table, u.file, u.rows) for u in found.understood()] == [
        ("p", "p1.csv", 1),
        ("p", "p2.csv", 1),
    ]


def test_files_and_folders_are_read_once_each_in_the_order_given(tmp_path: Path) -> None:
    path = laid_out(tmp_path, PEOPLE, {f"in/{name}": text for name, text in TWO.items()})
    folder = tmp_path / "in"
    again = folder / ".." / "in" / "p2.csv"
    assert contacts(TableSource(path, [again, folder, folder / "p1.csv"]).draft(DAY)) == [
        ("b", "Bob"), ("a", "Ann"),
    ]  # fmt: skip


def test_the_mapping_hidden_files_and_locks_are_no_tables(tmp_path: Path) -> None:
    path = laid_out(
        tmp_path,
        PEOPLE.replace("p*.csv", "*"),
        {"p.csv": "Id,Name\na,Ann\n", ".p.csv": "x", "~$p.csv": "x", "below/p.csv": "x"},
    )
    for paths in ((), (tmp_path,), (tmp_path / "p.csv", path)):
        assert contacts(TableSource(path, paths).draft(DAY)) == [("a", "Ann")]


def test_a_name_with_brackets_or_accents_is_found(tmp_path: Path) -> None:
    mapping = PEOPLE.replace("p*.csv", "Kühe [2026].csv")
    assert contacts(draft(tmp_path, mapping, {"Ku\u0308he [2026].csv": "Id,Name\na,Ann\n"})) == [
        ("a", "Ann")
    ]


def test_a_file_that_no_table_takes_is_told_if_it_was_given_itself(tmp_path: Path) -> None:
    path = laid_out(tmp_path, PEOPLE, {**TWO, "other.csv": "x\n"})
    assert contacts(TableSource(path, [tmp_path]).draft(DAY)) == [("a", "Ann"), ("b", "Bob")]
    assert lines(refused(lambda: TableSource(path, [tmp_path, tmp_path / "other.csv"]))) == [
        "other.csv: The mapping has no table for this file."
    ]


def test_a_table_without_a_file_is_told_with_what_was_probably_meant(tmp_path: Path) -> None:
    path = laid_out(tmp_path, PEOPLE.replace("p*.csv", "people.csv"), {"poeple.csv": "Id,Name\n"})
    (problem,) = refused(lambda: TableSource(path, ()))
    assert lines([problem]) == ["m.yaml[1].tables.p.files: None of the files given is called people.csv."]
    assert str(problem.cure) == "Did you mean poeple.csv? If not, give its file, or the folder it is in."
    empty = tmp_path / "empty"
    empty.mkdir()
    (problem,) = refused(lambda: TableSource(path, [empty]))
    assert str(problem.cure) == "Give its file, or the folder it is in."


@pytest.mark.parametrize("name", ["nowhere", "nowhere/p1.csv", "a\0b"])
def test_a_path_to_nothing_is_an_error_of_input(tmp_path: Path, name: str) -> None:
    path = laid_out(tmp_path, PEOPLE, TWO)
    error = failed(lambda: TableSource(path, [tmp_path / name]))
    assert type(error) is InputError
    assert "does not exist" in str(error.message)


def test_a_folder_that_cannot_be_read_is_an_error_of_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    path = laid_out(tmp_path, PEOPLE, TWO)
    monkeypatch.setattr(Path, "iterdir", forbidden)
    assert "cannot be read: Permission denied" in str(failed(lambda: TableSource(path, ())).message)


def test_files_called_alike_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    files = {"north/p.csv": "Id,Name\na,Ann\n", "south/p.csv": "Id,Name\na,Anna\n"}
    path = laid_out(tmp_path, PEOPLE, files)
    found = TableSource(path, [tmp_path / "north", tmp_path / "south"])
    (problem,) = found.draft(DAY).problems
    assert problem.path == "south/p.csv[2]#0.name"
    assert str(problem.what) == "north/p.csv[2]#0 gives a another name: Ann."
    assert [(u.file, u.rows) for u in found.understood()] == [("north/p.csv", 1), ("south/p.csv", 1)]


def test_a_column_that_one_file_lacks_is_told_with_that_file(tmp_path: Path) -> None:
    mapping = PEOPLE.replace("name: Name", "name: More")
    assert lines(refused(lambda: source(tmp_path, mapping, TWO))) == [
        "m.yaml[3].records[0].fields.name: There is no column More in p1.csv."
    ]


def test_every_column_the_mapping_names_is_looked_for(tmp_path: Path) -> None:
    mapping = """\
        tables: {p: {files: p.csv}, q: {files: q.csv}}
        records:
          - kind: contacts
            from: p
            join:
              - {table: q, on: {Id: Nr}}
            where: {State: active}
            unless: {q.Gone: x}
            fields: {id: Id, name: {text: "{Frist} {q.Last}"}}
        """
    files = {"p.csv": "Id,First\n", "q.csv": "No,Lost\n"}
    problems = refused(lambda: source(tmp_path, mapping, files))
    assert lines(problems) == [
        "m.yaml[9].records[0].fields.name: There is no column Frist in p.csv.",
        "m.yaml[9].records[0].fields.name: There is no column Last in q.csv.",
        "m.yaml[7].records[0].where.State: There is no column State in p.csv.",
        "m.yaml[8].records[0].unless.q.Gone: There is no column Gone in q.csv.",
        "m.yaml[6].records[0].join[0].on.Id: There is no column Nr in q.csv.",
    ]
    assert [str(p.cure) for p in problems[:2]] == [
        "Did you mean First? There are: Id, First.", "Did you mean Lost? There are: No, Lost.",
    ]  # fmt: skip


# Rows


@pytest.mark.parametrize(
    ("conditions", "ids"),
    [
        ("where: {S: open}", ["a", "e"]),
        ("where: {S: [open, won]}", ["a", "b", "e"]),
        ("unless: {S: open}", ["b", "c", "d", "f", "g"]),
        ("where: {S: ''}", ["c", "d", "g"]),
        ("where: {S: null}", ["c", "d", "g"]),
        ("unless: {S: ['', open]}", ["b", "f"]),
        ("where: {S: NULL}", ["c", "d", "g"]),
        ("where: {N: 1}", ["a", "b"]),
        ("where: {N: true}", ["c", "d"]),
        ("where: {N: 010}", ["e"]),
        ("where: {S: open}, unless: {N: 1}", ["e"]),
        ("where: {S: open, N: 1}", ["a"]),
        ("where: {S: Open}", []),
    ],
)
def test_only_the_rows_that_are_meant_are_read(tmp_path: Path, conditions: str, ids: list[str]) -> None:
    mapping = f"""\
        empty: [NULL]
        tables: {{p: {{files: p.csv}}}}
        records:
          - {{kind: contacts, from: p, {conditions}, fields: {{id: Id, name: Id}}}}
        """
    table = "Id,S,N\na, open,1\nb,won,1\nc,,TRUE\nd,NULL,true\ne,open,010\nf,lost,10\ng, ,\n"
    assert [each for each, _ in contacts(draft(tmp_path, mapping, {"p.csv": table}))] == ids


def test_rows_that_are_not_meant_are_not_judged(tmp_path: Path) -> None:
    mapping = """\
        tables: {p: {files: p.csv}, q: {files: q.csv}}
        records:
          - kind: employees
            from: p
            unless: {S: gone}
            join: [{table: q, on: {Q: Id}, missing: refuse}]
            fields: {id: Id, name: q.Name, valid_from: D}
        """
    files = {"p.csv": "Id,S,Q,D\na,,1,2026-01-01\nb,gone,9,soon\n", "q.csv": "Id,Name\n1,Ann\n"}
    found = draft(tmp_path, mapping, files)
    assert [each.id for each in found.bundle.employees] == ["a"]
    assert not found.problems


REPEATED = "Id,Name\na,Ann\nb,Bob\na,Anna\na,Ann\n"


def test_equal_rows_are_one_record_and_rows_that_differ_are_told_with_both(tmp_path: Path) -> None:
    found = draft(tmp_path, PEOPLE, {"p.csv": REPEATED})
    assert contacts(found) == [("a", "Ann"), ("b", "Bob")]
    (problem,) = found.problems
    assert (problem.path, problem.value) == ("p.csv[4]#0.name", "Anna")
    assert str(problem.what) == "p.csv[2]#0 gives a another name: Ann."


def test_the_first_or_the_last_row_may_hold(tmp_path: Path) -> None:
    def with_(repeats: str) -> Draft:
        return draft(tmp_path, PEOPLE.replace("from: p", f"from: p, repeats: {repeats}"),
                     {"p.csv": "Id,Name\na,Ann\nb,Bob\na,Anna\n"})  # fmt: skip

    first, last = with_("first"), with_("last")
    assert contacts(first) == [("a", "Ann"), ("b", "Bob")]
    assert contacts(last) == [("a", "Anna"), ("b", "Bob")]
    assert last.places["contacts"] == ("p.csv[4]#0", "p.csv[3]#0")
    assert not first.problems
    assert not last.problems


def test_a_row_that_leaves_a_field_out_differs_too(tmp_path: Path) -> None:
    mapping = PEOPLE.replace("name: Name", "name: Name, by: By")
    found = draft(tmp_path, mapping, {"p.csv": "Id,Name,By\na,Ann,\na,Ann,Eve\n"})
    assert told(found) == ["p.csv[3].By: p.csv[2]#0 gives a no by."]


def test_one_file_may_feed_several_kinds_and_several_entries_one_kind(tmp_path: Path) -> None:
    mapping = """\
        tables: {p: {files: p.csv}, q: {files: q.csv}}
        records:
          - {kind: contacts, from: p, fields: {id: Id, name: Name}}
          - {kind: accounts, from: p, fields: {id: Firm, name: Firm}}
          - {kind: contacts, from: q, fields: {id: Nr, name: Called}}
        """
    files = {"p.csv": "Id,Name,Firm\na,Ann,X\nb,Bob,X\n", "q.csv": "Nr,Called\nc,Cid\na,Anna\nb,Bob\n"}
    found = draft(tmp_path, mapping, files)
    assert contacts(found) == [("a", "Ann"), ("b", "Bob"), ("c", "Cid")]
    assert [each.id for each in found.bundle.accounts] == ["X"]
    assert found.places["contacts"] == ("p.csv[2]#0", "p.csv[3]#0", "q.csv[2]#2")
    assert told(found) == ["q.csv[3].Called: p.csv[2]#0 gives a another name: Ann."]


def test_a_row_with_something_wrong_is_left_out_but_known_by_its_id(tmp_path: Path) -> None:
    mapping = """\
        tables: {p: {files: p.csv}, q: {files: q.csv}}
        records:
          - kind: employees
            from: p
            join: [{table: q, on: {Q: Id}, missing: refuse}]
            fields: {id: Id, name: q.Name, valid_from: D, manager: M}
        """
    table = "Id,Q,D,M\na,1,soon,\nb,9,2026-01-01,\nc,,2026-01-01,\nd,9,soon,x\x07\ne,1,,a\n"
    found = draft(tmp_path, mapping, {"p.csv": table, "q.csv": "Id,Name\n1,Ann\n"})
    assert [each.id for each in found.bundle.employees] == ["e"]
    assert set(told(found)) == {
        "p.csv[2].D: This is not a date.",
        "p.csv[3].Q: Table q has no row of the key 9.",
        "p.csv[4].q.Name: name is missing.",
        "p.csv[5].Q: Table q has no row of the key 9.",
        "p.csv[5].D: This is not a date.",
        "p.csv[5].M: This text is blank, or has blanks around it or a line break in it.",
    }
    assert found.declared["employees"] == {"a", "b", "c", "d"}


def test_what_is_missing_is_cured_in_the_table_or_in_the_mapping(tmp_path: Path) -> None:
    (problem,) = draft(tmp_path, PEOPLE, {"p.csv": "Id,Name\n,Ann\n"}).problems
    assert (str(problem.what), str(problem.cure)) == (
        "id is missing.", "Fill the cell, or give id a default in the mapping.",
    )  # fmt: skip


# Joins

JOINED = """\
    tables: {{p: {{files: p.csv}}, q: {{files: q.csv}}, r: {{files: r.csv}}}}
    records:
      - kind: contacts
        from: p
        join: [{joins}]
        fields: {{id: Id, name: {{column: {name}, default: nobody}}}}
    """


def joined(folder: Path, joins: str, name: str, **tables: str) -> Draft:
    files = {
        "p.csv": "Id,Q,S\na,1,x\nb,2,x\nc,,x\nd,1,y\n",
        "q.csv": "Nr,S,R,Name\n1,x,7,Ann\n",
        "r.csv": "Id\n",
    }
    files |= {f"{table}.csv": text for table, text in tables.items()}
    return draft(folder, JOINED.format(joins=joins, name=name), files)


def test_a_joined_row_is_found_by_its_key(tmp_path: Path) -> None:
    found = joined(tmp_path, "{table: q, on: {Q: Nr}}", "q.Name")
    assert contacts(found) == [("a", "Ann"), ("b", "nobody"), ("c", "nobody"), ("d", "Ann")]
    assert not found.problems


def test_a_key_may_be_of_several_columns(tmp_path: Path) -> None:
    found = joined(tmp_path, "{table: q, on: {Q: Nr, S: S}}", "q.Name")
    assert contacts(found) == [("a", "Ann"), ("b", "nobody"), ("c", "nobody"), ("d", "nobody")]


def test_a_key_without_a_row_may_be_a_problem_but_no_key_is_none(tmp_path: Path) -> None:
    found = joined(tmp_path, "{table: q, on: {Q: Nr, S: S}, missing: refuse}", "q.Name")
    assert contacts(found) == [("a", "Ann"), ("c", "nobody")]
    assert told(found) == [
        "p.csv[3].Q: Table q has no row of the key 2, x.",
        "p.csv[5].Q: Table q has no row of the key 1, y.",
    ]


def test_a_join_may_go_on_from_a_column_joined_before(tmp_path: Path) -> None:
    joins = "{table: q, on: {Q: Nr}}, {table: r, on: {q.R: Id}}"
    found = joined(tmp_path, joins, "r.City", r="Id,City\n7,Ulm\n")
    assert contacts(found) == [("a", "Ulm"), ("b", "nobody"), ("c", "nobody"), ("d", "Ulm")]


def test_a_table_may_be_joined_with_itself(tmp_path: Path) -> None:
    found = joined(tmp_path, "{table: p, on: {Q: Id}}", "p.S", p="Id,Q,S\na,b,x\nb,,y\n")
    assert contacts(found) == [("a", "y"), ("b", "nobody")]


def test_a_key_stated_twice_is_told_with_both_rows_unless_they_are_equal(tmp_path: Path) -> None:
    q = "Nr,S,R,Name\n1,x,7,Ann\n2,x,7,Bob\n1,y,8,Ann\n2,x,7,Rob\n,x,7,A\n,x,7,B\n"
    found = joined(tmp_path, "{table: q, on: {Q: Nr}}", "q.Name", q=q)
    assert told(found) == ["q.csv[5].Nr: q.csv[3] has the key 2 already, with other values."]


def test_words_of_nothing_are_no_keys(tmp_path: Path) -> None:
    mapping = JOINED.format(joins="{table: q, on: {Q: Nr}, missing: refuse}", name="q.Name").replace(
        "    tables:", "    empty: ['-']\n    tables:", 1
    )
    files = {"p.csv": "Id,Q\na,-\n", "q.csv": "Nr,Name\n-,Ann\n-,Bob\n", "r.csv": "Id\n1\n"}
    found = draft(tmp_path, mapping, files)
    assert contacts(found) == [("a", "nobody")]
    assert not found.problems


def test_a_problem_of_a_joined_cell_names_the_row_and_the_joined_column(tmp_path: Path) -> None:
    mapping = """\
        tables: {p: {files: p.csv}, q: {files: q.csv}}
        records:
          - kind: contacts
            from: p
            join: [{table: q, on: {Q: Nr}}]
            fields: {id: Id, name: q.Name, recorded_at: q.D}
        """
    files = {"p.csv": "Id,Q\na,1\nb,2\n", "q.csv": "Nr,Name,D\n1,Ann,soon\n2,,\n"}
    assert told(draft(tmp_path, mapping, files)) == [
        "p.csv[2].q.D: This is neither a date nor a time.",
        "p.csv[3].q.Name: name is missing.",
    ]


# Places


def test_a_place_leads_to_a_cell_and_of_a_constant_into_the_mapping(tmp_path: Path) -> None:
    mapping = """\
        tables: {p: {files: p.csv}}
        records:
          - kind: seats
            from: p
            fields:
              id: Id
              account: {value: acme}
              roles: [{value: user}, R, {text: "{R}{Id}"}]
              title: {text: "{First} {Last}"}
        """
    found = draft(tmp_path, mapping, {"p.csv": "Id,R,First,Last\ns,x,A,B\n"})
    shown = found.origin.shown
    expected = {
        "": "p.csv[2]",
        ".id": "p.csv[2].Id",
        ".account": "m.yaml[7].records[0].fields.account",
        ".title": "p.csv[2].First",
        ".level": "p.csv[2]",
        ".roles": "p.csv[2].R",
        ".roles[0]": "m.yaml[8].records[0].fields.roles[0]",
        ".roles[1]": "p.csv[2].R",
        ".roles[2]": "p.csv[2].R",
        ".roles[3]": "p.csv[2].R",
    }
    assert {path: shown(f"p.csv[2]#0{path}") for path in expected} == expected
    assert shown("p.csv[2].R") == "p.csv[2].R"
    assert shown("p.csv[2].odd[1]#7") == "p.csv[2].odd[1]#7"
    assert found.origin.record("p.csv[2]#0.roles[1]") == ("seats", "p.csv[2]")
    assert found.origin.record("p.csv[2].R") is None
    assert found.origin.record("p.csv[2].odd[1]#7") is None
