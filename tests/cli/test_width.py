"""Tables fit the terminal, whatever the names; and text from data is never obeyed."""

import io
import re
from pathlib import Path

import pytest
from bundles import Customer
from cli.terminal import BUNDLES, Cli, Document, read_json
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from graphcrm.cli.failures import report
from graphcrm.errors import Message, Problem, RefusedImport
from graphcrm.i18n import LANGUAGES

NAMES = (
    "中华人民共和国长江三角洲高端装备制造产业联合发展集团有限责任公司",
    "The Very Honourable Company of Extraordinarily Long-Winded Merchants of the Northern Provinces",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "Ümläut & Söhne",
    "😀😀😀 会社 株式会社",
)


def _portfolio(bundle: Path) -> Document:
    """A golden portfolio, with names as long as they come."""
    document = read_json(bundle)
    count = 0
    for kind in ("accounts", "departments", "seats", "contacts", "employees"):
        for record in document.get(kind, []):
            record["title" if kind == "seats" else "name"] = NAMES[count % len(NAMES)]
            count += 1
    for account in document["accounts"]:
        account.update(annual_revenue=98_765_432_100, currency="CNY")
    return document


def _too_wide(text: str, width: int) -> list[str]:
    return [
        line for line in text.splitlines() if cell_len(line.rstrip()) > width and "sqlite:///" not in line
    ]


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda p: p.stem)
def test_no_line_is_wider_than_the_terminal(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, width: int, bundle: Path, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("GRAPHCRM_LANG", lang)
    document = _portfolio(bundle)
    cli.load(document)
    employee = next(e["id"] for e in document["employees"] if "valid_to" not in e and "valid_from" not in e)
    commands: list[tuple[str, ...]] = [
        ("audit", "run"),
        ("audit", "run", "--as-of", "2025-12-31", "--known-at", "2026-03-31"),
        ("audit", "list"),
        ("audit", "show", "1"),
        ("audit", "diff", "2", "1"),
        ("account", "list"),
        ("portfolio",),
        ("portfolio", "--screen"),
        ("plan", "--leaver", employee),
        ("plan", "--rotate"),
        ("db", "status"),
        ("config", "show"),
    ]
    for account in document["accounts"]:
        commands += [("account", "show", account["id"]), ("what-if", account["id"], "--leaves", employee)]
        commands.append(("why", account["id"]))
        commands.append(("plan", account["id"], "--budget", "3"))
    for command in commands:
        assert _too_wide(cli(*command).out, width) == [], command


@pytest.mark.parametrize("width", [80, 120])
def test_help_and_errors_fit_too(cli: Cli, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    problems = [
        Problem("accounts[0].mode", name, Message("Not {it}.", {"it": name * 3}), Message(f"{name} " * 9))
        for name in NAMES
    ]
    terminal = io.StringIO()
    report(RefusedImport("a.json", problems), Console(file=terminal, width=width, force_terminal=True))
    shown = Text.from_ansi(terminal.getvalue()).plain
    assert _too_wide(shown, width) == []
    assert [line for line in shown.splitlines()[1:] if not line.startswith("  ")] == []
    for command in ((), ("account",), ("audit",), ("db", "export"), ("what-if",), ("map",)):
        assert _too_wide(cli(*command, "--help").out, width) == []


@pytest.mark.parametrize("width", [80, 100, 110, 120])
def test_only_names_and_ids_are_cut_short_in_the_portfolio(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """The widest figures there are: an account nobody knows and one of which nearly all is open."""
    monkeypatch.setenv("COLUMNS", str(width))
    vague = Customer(name=NAMES[0]).state("accounts", id="U" * 40, name=NAMES[1])
    for i in range(3):
        vague.department(f"d{i}").seat(f"s{i}", f"p{i}", department=f"d{i}")
    vague.state("employees", id="e", captured=False, name=NAMES[2]).tie("e", "p0", None).tie(
        "e", "p1", None
    ).tie("e", "p2", 0.1)
    cli.load(vague.document)
    header, *rows = (line.split() for line in cli("account", "list").out.splitlines()[1:4])
    assert [title for title in header if "…" in title] == []
    assert [word for row in rows for word in row if re.match(r"\d|–|[mu]\w+…", word) and "…" in word] == []
    shown = {word for row in rows for word in row}
    assert {"maybe", "unknown"} <= shown
    assert {"–".join(f"{end:.0f}" for end in row["risk"]) for row in cli.json("account", "list")} <= shown


STEERING = (
    "\x1b[31mred\x1b[0m \x07\x08\x9b31m \u202egnirts\u202c [bold]bold[/bold] [/] :smile: {0} {name} %s"
)


def test_text_from_data_is_printed_and_not_obeyed(cli: Cli) -> None:
    document = (
        Customer(name=STEERING, annual_revenue=10)
        .state("departments", id="d", account="A", name=STEERING)
        .seat("s", "p", department="d", roles=["decider"], level=1)
        .seat("v", department="d", title=STEERING, roles=["decider"], level=1)
        .state("employees", id="e", name=STEERING)
        .tie("e", "p")
        .document
    )
    document["contacts"][0]["name"] = STEERING
    cli.load(document)
    for command in (
        ("audit", "run"),
        ("account", "list"),
        ("portfolio",),
        ("portfolio", "--screen"),
        ("account", "show", "A"),
        ("what-if", "A", "--leaves", "e"),
        ("audit", "run", "--as-of", "2020-01-01"),
        ("audit", "diff", "1", "2"),
    ):
        out = cli(*command).out
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out), command
    shown = " ".join(cli("account", "show", "A").out.split())
    assert "[bold]bold[/bold] [/] :smile: {0} {name} %s" in shown
    assert cli.json("account", "show", "A")["name"] == STEERING


def test_a_file_with_a_name_like_markup_is_only_a_file(cli: Cli) -> None:
    odd = cli.folder / "[b]odd[red] {0}.json"
    odd.write_text(
        '{"as_of": "2026-06-30", "accounts": [{"id": "A", "name": "A", "mode": "[/x]"}]}', encoding="utf-8"
    )
    err = cli("import", "bundle", odd, code=2).err
    assert "[b]odd[red] {0}.json: " in err
    assert "= '[/x]': " in err
