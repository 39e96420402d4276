"""Settings by option, by variable and by default; and what is refused."""

from contextlib import suppress
from pathlib import Path

import pytest
from cli.terminal import DAY, GOLDEN, Cli, read_json

from graphcrm.errors import InputError
from graphcrm.settings import Settings, variable

TWO = GOLDEN / "account-2.json"


def _rows(cli: Cli, *options: object) -> dict[str, dict[str, object]]:
    return {row["setting"]: row for row in cli.json("config", "show", *options)}


def test_config_show_says_where_each_setting_comes_from(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHCRM_POLICY", "elsewhere.yaml")
    monkeypatch.setenv("GRAPHCRM_KNOWN_AT", "")
    monkeypatch.setenv("GRAPHCRM_SERVE_PORT", "8080")
    rows = _rows(cli, "--as-of", DAY)
    assert {name: (row["value"], row["from"]) for name, row in rows.items() if name != "store"} == {
        "policy": ("elsewhere.yaml", "variable"),
        "lang": ("en", "default"),
        "format": ("json", "option"),
        "as_of": (DAY, "option"),
        "known_at": (None, "default"),
        "neo4j_user": ("neo4j", "default"),
        "neo4j_password": (None, "default"),
        "neo4j_database": ("neo4j", "default"),
        "neo4j_home": (None, "default"),
        "serve_host": ("127.0.0.1", "default"),
        "serve_port": (8080, "variable"),
        "serve_behind_loopback": (False, "default"),
    }
    assert rows["store"]["from"] == "variable"
    assert rows.keys() == Settings.model_fields.keys()
    assert [row["variable"] for row in rows.values()] == [f"GRAPHCRM_{name.upper()}" for name in rows]


def test_an_option_holds_over_a_variable(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("POLICY", "x.yaml"),
        ("AS_OF", "2020-01-01"),
        ("KNOWN_AT", "2020-01-01"),
        ("LANG", "en"),
    ):
        monkeypatch.setenv(f"GRAPHCRM_{name}", value)
    options = (
        "--policy",
        "default",
        "--as-of",
        DAY,
        "--known-at",
        DAY,
        "--lang",
        "en",
        "--store",
        "sqlite:///x.db",
    )
    rows = _rows(cli, *options)
    assert {row["from"] for name, row in rows.items() if not name.startswith(("neo4j", "serve"))} == {
        "option"
    }
    assert (rows["policy"]["value"], rows["as_of"]["value"], rows["known_at"]["value"]) == (
        "default",
        DAY,
        DAY,
    )


def test_config_show_as_a_table_and_as_csv(cli: Cli) -> None:
    rows = cli.csv("config", "show")
    assert list(rows[0]) == ["setting", "value", "from", "variable"]
    lines = cli("config", "show").out.splitlines()
    assert lines[0].split() == ["Setting", "Value", "From", "Variable"]
    assert ["policy", "default", "default", "GRAPHCRM_POLICY"] in [line.split() for line in lines]
    assert ["as_of", "–", "default", "GRAPHCRM_AS_OF"] in [line.split() for line in lines]


def test_no_secret_is_shown(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHCRM_NEO4J_PASSWORD", "hush")
    monkeypatch.setenv("GRAPHCRM_STORE", "neo4j://ana:hush@host:7687")
    for form in ("table", "json", "csv"):
        shown = cli("config", "show", "--format", form).out
        assert "hush" not in shown
        assert "neo4j://host:7687" in shown


def test_variables_are_obeyed(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.load(TWO)
    expected = cli.json("account", "show", "A1", "--as-of", "2026-05-01", "--known-at", "2026-03-31")
    monkeypatch.setenv("GRAPHCRM_AS_OF", "2026-05-01")
    monkeypatch.setenv("GRAPHCRM_KNOWN_AT", "2026-03-31")
    monkeypatch.setenv("GRAPHCRM_FORMAT", "json")
    assert cli("account", "show", "A1").json == expected
    monkeypatch.setenv("GRAPHCRM_FORMAT", "csv")
    assert cli("account", "list").csv
    listed = cli("account", "list", "--format", "table").out
    assert listed.startswith("As of 2026-05-01, known at 2026-03-31, policy default")


def test_data_go_to_the_data_directory_unless_told_otherwise(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("GRAPHCRM_STORE")
    monkeypatch.setattr(
        "platformdirs.unix.Unix.user_data_dir", property(lambda _: str(tmp_path / "home/graphcrm"))
    )
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_a, **_k: tmp_path / "home" / "graphcrm")
    monkeypatch.setattr(
        "graphcrm.settings.user_data_path", lambda *_a, **_k: tmp_path / "home" / "graphcrm"
    )
    assert _rows(cli)["store"]["from"] == "default"
    cli.load(TWO)
    assert (tmp_path / "home" / "graphcrm" / "graphcrm.db").is_file()
    assert not (tmp_path / "store.db").exists()


@pytest.mark.parametrize("option", ["--as-of", "--known-at"])
@pytest.mark.parametrize("value", ["2026-13-01", "2026-02-30", "30.06.2026", "today", "", "0", "2026-6-30"])
def test_what_is_no_date_is_refused(cli: Cli, option: str, value: str) -> None:
    cli.load(TWO)
    err = cli("account", "list", option, value, code=2).err
    assert f"{value!r} is not a date." in err
    assert "YYYY-MM-DD" in err


@pytest.mark.parametrize("option", ["--as-of", "--known-at"])
@pytest.mark.parametrize("value", ["0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31"])
def test_a_day_the_calendar_cannot_reckon_around_is_refused(cli: Cli, option: str, value: str) -> None:
    cli.load(TWO)
    err = cli("account", "list", option, value, code=2).err
    assert value in err
    assert "1900" in err


@pytest.mark.parametrize("day", ["1900-01-01", "2999-12-31"])
def test_the_first_and_the_last_day_can_be_reviewed(cli: Cli, day: str) -> None:
    cli.load(TWO)
    assert len(cli.json("account", "list", "--as-of", day)) == 3


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("GRAPHCRM_AS_OF", "garbage"),
        ("GRAPHCRM_AS_OF", "0001-01-01"),
        ("GRAPHCRM_KNOWN_AT", "2026-13-01"),
        ("GRAPHCRM_KNOWN_AT", "9999-12-31"),
        ("GRAPHCRM_FORMAT", "xml"),
        ("GRAPHCRM_SERVE_PORT", "eighty"),
        ("GRAPHCRM_SERVE_PORT", "65536"),
        ("GRAPHCRM_SERVE_BEHIND_LOOPBACK", "perhaps"),
        ("GRAPHCRM_LANG", "de"),
        ("GRAPHCRM_POLICY", "nope"),
        ("GRAPHCRM_STORE", "nope"),
    ],
)
def test_a_variable_that_makes_no_sense_is_refused(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    cli.load(TWO)
    monkeypatch.setenv(variable, value)
    err = cli("account", "list", code=2).err
    assert value in err
    assert len(err.strip().splitlines()) == 2


@pytest.mark.parametrize(
    ("variable", "value", "cure"),
    [
        ("GRAPHCRM_AS_OF", "garbage", "YYYY-MM-DD"),
        ("GRAPHCRM_SERVE_PORT", "65536", "from 0 to 65535"),
        ("GRAPHCRM_SERVE_BEHIND_LOOPBACK", "perhaps", "1 for yes or 0 for no"),
    ],
)
def test_the_cure_is_that_of_the_variable(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, cure: str
) -> None:
    monkeypatch.setenv(variable, value)
    err = cli("config", "show", code=2).err
    assert f"{variable} cannot be {value!r}." in err
    assert cure in err


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_whatever_a_variable_says_is_taken_or_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    for value in ("perhaps", "-1", "1e9", "\x07", "~/x"):
        monkeypatch.setenv(variable(setting), value)
        with suppress(InputError):  # and nothing else
            assert getattr(Settings.of(), setting) is not None


@pytest.mark.parametrize(
    "options",
    [("--format", "xml"), ("--lang", "de"), ("--lang",), ("--nonsense",), ("surplus",), ("--as-of",)],
)
def test_an_option_that_makes_no_sense_is_refused(cli: Cli, options: tuple[str, ...]) -> None:
    cli.load(TWO)
    err = cli("account", "list", *options, code=2).err
    assert options[-1] in err
    assert "Error" in err


@pytest.mark.parametrize("command", [("audit", "run"), ("account", "list"), ("account", "show", "A0")])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("absent.yaml", None),
        ("broken.yaml", "a: ["),
        ("list.yaml", "- 1"),
        ("empty.yaml", ""),
        ("wrong.yaml", "extends: default\nreach: {live: much}\n"),
        ("surplus.yaml", "extends: default\nsurplus: 1\n"),
        ("itself.yaml", "extends: 7\n"),
    ],
)
def test_a_policy_that_cannot_be_used_is_refused(
    cli: Cli, command: tuple[str, ...], name: str, text: str | None
) -> None:
    cli.load(TWO)
    path = cli.folder / name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    err = cli(*command, "--policy", path, code=2).err
    assert name in err
    assert cli.json("audit", "list") == []


def test_a_policy_nobody_ships_is_refused_with_those_shipped(cli: Cli) -> None:
    cli.load(TWO)
    assert "(default)" in cli("account", "list", "--policy", "nope", code=2).err


def test_a_policy_that_does_not_cover_the_data_is_refused(cli: Cli) -> None:
    document = read_json(TWO)
    document["interactions"][0]["channel"] = "carrier_pigeon"
    assert "carrier_pigeon" in cli("import", "bundle", cli.file(document), code=2).err


@pytest.mark.parametrize(
    "url", ["nope", "sqlite:///", "", "postgres://host/db", "sqlite://x", "SQLITE:///x"]
)
def test_a_url_of_no_kind_we_know_is_refused(cli: Cli, url: str) -> None:
    err = cli("db", "status", "--store", url, code=2).err
    assert f"{url!r} is not a URL" in err
    assert "sqlite:///path/to/file.db" in err


def test_a_language_before_the_command_holds_for_the_command(cli: Cli) -> None:
    cli.load(TWO)
    assert cli("--lang", "zh", "account", "list").out == cli("account", "list", "--lang", "zh").out
    assert "--lang" in cli("--lang", "de", "account", "list", code=2).err


def test_people_are_spoken_to_in_chinese_and_programs_are_not(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.load(TWO)
    assert "客户" in cli("account", "list", "--lang", "zh").out
    english, chinese = (cli.json("account", "show", "A0", "--lang", lang) for lang in ("en", "zh"))
    assert english["answer"] != chinese["answer"]
    for told in ("answer", "reasons", "findings", "caution"):
        english.pop(told), chinese.pop(told)
    english["structure"].pop("reasons"), chinese["structure"].pop("reasons")
    assert english == chinese
    monkeypatch.setenv("GRAPHCRM_LANG", "zh")
    assert {row["from"] for row in cli.json("config", "show")} <= {"option", "variable", "default"}
    assert cli("account", "show", "nobody", code=2).err.isascii() is False
