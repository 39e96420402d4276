"""The command line's manners: help, what is missing, what goes wrong inside, who stops listening."""

from typing import Any, NoReturn

import pytest
from cli.terminal import GOLDEN, Cli

from graphcrm.cli.app import run
from graphcrm.cli.language import chosen_language

GROUPS = ("import", "audit", "account", "db", "config")


def test_help_names_every_command_and_how_to_start(cli: Cli) -> None:
    out = cli("--help").out
    for command in (*GROUPS, "what-if", "map"):
        assert f" {command} " in out
    assert "graphcrm import bundle FILE" in out
    assert "Usage: graphcrm " in out


def test_the_version_is_told(cli: Cli) -> None:
    assert cli("--version").out.startswith("graphcrm ")


@pytest.mark.parametrize("arguments", [(), *((group,) for group in GROUPS)])
def test_without_a_command_the_help_is_shown(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    printed = capsys.readouterr()
    assert "Commands" in printed.out
    assert printed.err == ""


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [
        (("import", "bundle"), "FILE"),
        (("account", "show"), "ID"),
        (("what-if", "--leaves", "e"), "ID"),
        (("audit", "show"), "N"),
        (("audit", "show", "x"), "integer"),
        (("audit", "diff", "1"), "B"),
        (("map", "A"), "--output"),
        (("impor",), "import"),
        (("audit", "nonsense"), "nonsense"),
    ],
)
def test_what_is_missing_or_wrong_is_said(cli: Cli, arguments: tuple[str, ...], missing: str) -> None:
    err = cli(*arguments, code=2).err
    assert err.startswith("Usage: graphcrm")
    assert missing in err


def _raise(error: BaseException) -> Any:
    def fail(*_args: object, **_options: object) -> NoReturn:
        raise error

    return fail


def test_a_bug_is_owned_up_to_in_a_sentence(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.load(GOLDEN / "account-1.json")
    monkeypatch.setattr("graphcrm.cli.accounts.review_with_structure", _raise(RuntimeError("[/kaputt]")))
    assert run(["account", "show", "G1"]) == 1
    err = capsys.readouterr().err
    assert "Something went wrong that should not: RuntimeError: [/kaputt]." in " ".join(err.split())
    assert "Traceback" not in err
    monkeypatch.setenv("GRAPHCRM_DEBUG", "1")
    with pytest.raises(RuntimeError):
        run(["account", "show", "G1"])


def test_an_interruption_is_told_in_a_word(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.load(GOLDEN / "account-1.json")
    monkeypatch.setattr("graphcrm.cli.accounts.review_with_structure", _raise(KeyboardInterrupt()))
    assert run(["account", "show", "G1"]) == 130
    assert capsys.readouterr().err == "Interrupted.\n"


@pytest.mark.parametrize(
    ("arguments", "variable", "language"),
    [
        ((), None, "en"),
        ((), "", "en"),
        ((), "en", "en"),
        (("account", "--lang", "en"), "de", "en"),
        (("account", "--lang=en"), "de", "en"),
        (("account", "--lang"), None, "en"),
        (("account", "--lang", "de"), None, "en"),
    ],
)
def test_the_language_is_chosen_before_anything_is_said(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], variable: str | None, language: str
) -> None:
    if variable is not None:
        monkeypatch.setenv("GRAPHCRM_LANG", variable)
    assert chosen_language(arguments) == language
