"""``graphcrm db``, and the stores that cannot be used."""

import functools
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from cli.terminal import DAY, GOLDEN, Cli, read_json

from graphcrm.store.sqlite import open_store

TWO = GOLDEN / "account-2.json"


def test_status_says_where_and_how_much(cli: Cli) -> None:
    cli.load(TWO)
    cli("audit", "run")
    status = cli.json("db", "status")
    assert status["url"] == cli.store("store.db")
    assert (status["imports"], status["audits"], status["latest_as_of"]) == (1, 1, DAY)
    assert status["schema_version"] == status["latest_version"]
    assert {k: v for k, v in status["counts"].items() if v} == {
        k: len(v) for k, v in read_json(TWO).items() if isinstance(v, list) and v
    }
    rows = {row["name"]: row["value"] for row in cli.csv("db", "status")}
    assert (rows["url"], rows["seats"], rows["imports"]) == (status["url"], "20", "1")
    out = cli("db", "status").out
    assert out.startswith(status["url"] + "\n")
    assert "up to date" in out
    assert "seats: 20" in out


def test_migrate_makes_a_store_and_then_finds_it_up_to_date(cli: Cli) -> None:
    cli("db", "migrate")
    assert (cli.folder / "store.db").is_file()
    assert cli.json("db", "migrate") == {"applied": []}
    assert cli("db", "migrate", "--format", "csv").out == "applied\n"
    assert "up to date" in cli("db", "migrate").out
    assert "up to date" in cli("db", "status").out


@pytest.mark.parametrize(
    "command",
    [("account", "list"), ("account", "show", "A"), ("audit", "run"), ("db", "export", "--bundle")],
)
def test_an_empty_store_says_what_to_do_first(cli: Cli, command: tuple[str, ...]) -> None:
    cli("db", "migrate")
    err = cli(*command, code=2).err
    assert "`graphcrm import --help`" in err


def test_export_writes_a_file_by_either_name(cli: Cli) -> None:
    cli.load(TWO)
    written = cli("db", "export", "--bundle").out
    for arguments in (
        ("--bundle", cli.folder / "a.json"),
        ("--bundle", "-o", cli.folder / "new" / "b.json"),
    ):
        assert str(arguments[-1]) in cli("db", "export", *arguments).out
        assert Path(str(arguments[-1])).read_text(encoding="utf-8") == written
    assert not [p for p in cli.folder.iterdir() if p.name.startswith(".")]


def test_export_takes_a_day_and_what_was_known(cli: Cli) -> None:
    cli.load(TWO)
    now, then = (
        cli("db", "export", "--bundle", *options).json
        for options in ((), ("--as-of", "2026-05-01", "--known-at", "2026-03-31"))
    )
    assert (now["as_of"], then["as_of"]) == (DAY, "2026-05-01")
    assert sum(len(v) for v in then.values()) < sum(len(v) for v in now.values())


def test_export_wants_to_know_form_and_one_place(cli: Cli) -> None:
    cli.load(TWO)
    assert "--bundle" in cli("db", "export", code=2).err
    assert "not both" in cli("db", "export", "--bundle", "a.json", "-o", "b.json", code=2).err


def test_export_into_a_folder_or_below_a_file_is_refused(cli: Cli) -> None:
    cli.load(TWO)
    for place in (cli.folder, cli.folder / "store.db" / "x.json"):
        assert "cannot be written" in cli("db", "export", "--bundle", place, code=2).err


def test_export_into_a_pipe_writes_through_it_and_leaves_it_there(cli: Cli) -> None:
    cli.load(TWO)
    pipe = cli.folder / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        cli("db", "export", "--bundle", pipe)
        assert os.read(reader, 1) == b"{"
        assert pipe.is_fifo()
    finally:
        os.close(reader)


COMMANDS = [
    ("account", "list"),
    ("account", "show", "A0"),
    ("what-if", "A0", "--leaves", "e4"),
    ("map", "A0", "-o", "never.html"),
    ("audit", "run"),
    ("audit", "list"),
    ("audit", "show", "1"),
    ("audit", "diff", "1", "1"),
    ("db", "status"),
    ("db", "migrate"),
    ("db", "export", "--bundle"),
    ("import", "bundle", str(TWO)),
]
READING = [c for c in COMMANDS if c[:2] not in {("db", "migrate"), ("import", "bundle")}]


def _refused(cli: Cli, *command: str) -> str:
    """What is said where the store cannot be used: what is wrong in one line, its cure in another."""
    wrong, cure = cli(*command, code=3).err.splitlines()
    assert wrong.startswith("Error: ")
    assert wrong.endswith(".")
    assert cure.endswith(".")
    return f"{wrong} {cure}"


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_a_store_that_is_not_there_is_not_made(cli: Cli, command: tuple[str, ...]) -> None:
    said = _refused(cli, *command)
    assert "There is no store at" in said
    assert "`graphcrm import --help`" in said
    assert list(cli.folder.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_what_is_no_store_is_left_alone(cli: Cli, command: tuple[str, ...]) -> None:
    path = cli.folder / "store.db"
    path.write_text("Dear diary, today I wrote no database.\n" * 99, encoding="utf-8")
    before = path.read_bytes()
    assert "is not a graphcrm store" in _refused(cli, *command)
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_another_programs_database_is_left_alone(cli: Cli, command: tuple[str, ...]) -> None:
    path = cli.folder / "store.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE diary (day TEXT)")
    other.close()
    before = path.read_bytes()
    assert "is not a graphcrm store" in _refused(cli, *command)
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_store_of_a_newer_version_is_left_alone(cli: Cli, command: tuple[str, ...]) -> None:
    cli.load(TWO)
    with sqlite3.connect(cli.folder / "store.db") as newer:
        newer.execute(
            "INSERT INTO migration SELECT 99, '0099_later', checksum, applied_at FROM migration LIMIT 1"
        )
    newer.close()
    said = _refused(cli, *command)
    assert "newer graphcrm" in said
    assert "99" in said


def test_a_folder_is_no_store(cli: Cli) -> None:
    for command in COMMANDS:
        assert "not a file" in _refused(cli, *command, "--store", f"sqlite:///{cli.folder}")


@pytest.fixture
def locked(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cli]:
    """A store that another program is writing to, with little patience for it."""
    cli.load(TWO)
    cli("audit", "run")
    monkeypatch.setattr("graphcrm.bootstrap.open_sqlite", functools.partial(open_store, timeout=0.02))
    other = sqlite3.connect(cli.folder / "store.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield cli
    other.execute("ROLLBACK")
    other.close()


def test_a_locked_store_can_be_read_but_not_written(locked: Cli) -> None:
    changed = read_json(TWO)
    changed["accounts"][0]["name"] = "Renamed"
    for command in (("audit", "run"), ("import", "bundle", str(locked.file(changed)))):
        assert "in use by another program" in _refused(locked, *command)
    assert locked.json("account", "show", "A0")["name"] == "Account 0"
    assert [a["id"] for a in locked.json("audit", "list")] == [1]


@pytest.fixture
def read_only(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A store that may not be written to; even root, for whom every file may be."""
    cli.load(TWO)
    cli("audit", "run")
    forbidding = SimpleNamespace(**{**vars(os), "access": lambda *_a, **_k: False})
    monkeypatch.setattr("graphcrm.store.sqlite.connection.os", forbidding)
    return cli


def test_a_read_only_store_can_be_read_but_not_written(read_only: Cli) -> None:
    changed = read_json(TWO)
    changed["accounts"][0]["name"] = "Renamed"
    for command in (("audit", "run"), ("import", "bundle", str(read_only.file(changed)))):
        assert "cannot be written to" in _refused(read_only, *command)
    assert read_only.json("account", "show", "A0")["name"] == "Account 0"
    assert [a["id"] for a in read_only.json("audit", "list")] == [1]
