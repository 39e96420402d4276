"""``graphcrm sensitivity``: what the library says, in every form, of one account and of the portfolio."""

import re

import pytest
from bundles import Customer, bundle_of
from cli.terminal import GOLDEN, Cli, read_json
from rich.cells import cell_len

from graphcrm.gaps.snapshot import Snapshot
from graphcrm.i18n import LANGUAGES
from graphcrm.policies import load_policy
from graphcrm.services.portfolio_sensitivity import portfolio_sensitivity
from graphcrm.services.sensitivity import sensitivity

NUMBER = 9


@pytest.fixture
def loaded(cli: Cli) -> Cli:
    cli.load(GOLDEN / f"account-{NUMBER}.json")
    return cli


@pytest.fixture
def snapshot() -> Snapshot:
    return Snapshot(bundle_of(read_json(GOLDEN / f"account-{NUMBER}.json")), load_policy())


def test_one_account_is_told_as_python_does(loaded: Cli, snapshot: Snapshot) -> None:
    for account in snapshot.accounts:
        result = sensitivity(snapshot.graph(account), snapshot)
        assert loaded.json("sensitivity", account) == result.model_dump(mode="json")
        rows = loaded.csv("sensitivity", account)
        moves = [(entry, move) for entry in result.entries for move in entry.moves]
        assert [(row["entry"], float(row["factor"])) for row in rows] == [
            (e.entry, m.factor) for e, m in moves
        ]
        for row, (_, move) in zip(rows, moves, strict=True):
            assert [float(row[f"risk.{end}"]) for end in ("low", "high")] == list(move.risk)
            flips = dict(each.split(":") for each in row["verdicts"].split())
            assert flips == {name: f"{now}>{then}" for name, (now, then) in move.verdicts.items()}


def test_the_portfolio_is_told_as_python_does(loaded: Cli, snapshot: Snapshot) -> None:
    result = portfolio_sensitivity(snapshot)
    assert loaded.json("sensitivity", "--portfolio") == result.model_dump(mode="json")
    rows = loaded.csv("sensitivity", "--portfolio")
    moves = [(entry.entry, move) for entry in result.entries for move in entry.moves]
    assert len(rows) == len(moves)
    for row, (entry, move) in zip(rows, moves, strict=True):
        assert (row["entry"], int(row["flips"])) == (entry, len(move.flips))
        assert row["accounts"].split() == list(move.flips)
        assert (row["tau_b"] or None) == (None if move.tau_b is None else str(move.tau_b))
    lines = loaded("sensitivity", "--portfolio").out.splitlines()
    assert lines[0].startswith(f"Accounts: {result.accounts}.")
    assert any(line.startswith(f"Most verdicts hang on {result.verdicts_hang_on};") for line in lines)


def test_the_table_shows_each_move_and_the_verdict_it_makes(cli: Cli) -> None:
    """Reach .75, attitude .4: key points .3, just what the transactional mode requires."""
    customer = Customer(mode="transactional", mechanisms_complete=True).employee("e", level=1)
    cli.load(customer.seat("s", "p", "neutral", level=1, roles=["decider"]).tie("e", "p", 0.75).document)
    lines = [line.split() for line in cli("sensitivity", "A").out.splitlines()]
    assert ["attitudes.neutral", "0.4", "→", "0.3"] in [line[:4] for line in lines]
    (fell,) = (line for line in lines if line[:1] == ["attitudes.neutral"])
    assert fell[-1] == "no"
    assert not any(line[:1] == ["attitudes.supporter"] for line in lines)


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_is_wider_than_the_terminal(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, width: int, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("GRAPHCRM_LANG", lang)
    document = read_json(GOLDEN / f"account-{NUMBER}.json")
    for account in document["accounts"]:
        account["name"] = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbaugesellschaft 中华人民"
    cli.load(document)
    for words in [("--portfolio",), *((a["id"],) for a in document["accounts"])]:
        out = cli("sensitivity", *words).out
        assert [line for line in out.splitlines() if cell_len(line.rstrip()) > width] == []


def test_an_account_nothing_is_known_of_says_so(cli: Cli) -> None:
    cli.load(Customer().seat("s", "p").document)
    assert "Nothing is known of it" in cli("sensitivity", "A").out
    assert cli.csv("sensitivity", "A") == []
    assert cli.json("sensitivity", "A")["risk"] == [0.0, 100.0]


def test_a_portfolio_without_accounts_is_empty_and_no_error(cli: Cli) -> None:
    cli.load({"as_of": "2026-06-30"})
    assert cli("sensitivity", "--portfolio").out.startswith("Accounts: 0.")
    assert cli.csv("sensitivity", "--portfolio") == []


@pytest.mark.parametrize("words", [(), ("G1", "--portfolio")])
def test_it_is_asked_of_one_account_or_of_the_portfolio(loaded: Cli, words: tuple[str, ...]) -> None:
    err = loaded("sensitivity", *words, code=2).err
    assert "give --portfolio; not both" in " ".join(err.split())


def test_what_is_not_there_is_refused(loaded: Cli) -> None:
    assert "No account has the id 'Q'" in loaded("sensitivity", "Q", code=2).err
    empty = loaded.store("empty.db")
    assert loaded("sensitivity", "--portfolio", "--store", empty, code=3).err


def test_a_number_that_cannot_move_and_stay_valid_is_counted_and_the_others_are_told(loaded: Cli) -> None:
    """1.7e308 moved a quarter up is no number any more: only its way down is told."""
    pack = loaded.folder / "far.yaml"
    pack.write_text(
        "extends: default\nname: far\nfade_days: 1\nstrength: {saturation: 1.7e+308}\n", "utf-8"
    )
    told = loaded.json("sensitivity", "G1", "--policy", pack)
    assert "fade_days" in told["fixed"]
    assert re.search("Numbers that cannot move.*: 13", " ".join(
        loaded("sensitivity", "G1", "--policy", pack).out.split()))  # fmt: skip
