"""``graphcrm account``: the list and one account, in every format, as of any day."""

import pytest
from bundles import METHOD_KEYS, Customer
from cli.terminal import DAY, GOLDEN, Cli, read_json

from graphcrm.records.summary import Summary

FORMULA = '=HYPERLINK("http://example.com","click")'


@pytest.fixture
def loaded(cli: Cli) -> Cli:
    cli.load(GOLDEN / "account-2.json")
    return cli


def test_the_list_names_every_account_with_its_id_and_sums_up(loaded: Cli) -> None:
    lines = loaded("account", "list").out.splitlines()
    for account in ("A0", "A1", "A2"):
        assert sum(account in line.split() for line in lines) == 1
    assert "Accounts: 3." in lines[-3]
    assert lines[-1] == "Scores are no basis for judging an employee."


def test_the_riskiest_account_comes_first_in_the_table(loaded: Cli) -> None:
    risk = {row["account"]: row["risk"][1] for row in loaded.json("account", "list")}
    lines = loaded("account", "list").out.splitlines()
    order = [account for line in lines for account in risk if account in line.split()]
    assert order == sorted(risk, key=lambda a: -risk[a])


def test_the_list_in_json_and_csv_agrees_with_the_golden_figures(loaded: Cli) -> None:
    expected = read_json(GOLDEN / "account-2.expected.json")
    rows = loaded.json("account", "list")
    assert [tuple(row) for row in rows] == [tuple(Summary.model_fields)] * 3
    table = {row["account"]: row for row in loaded.csv("account", "list")}
    for row in rows:
        figures, flat = expected[row["account"]], table[row["account"]]
        for key in Summary.model_fields.keys() & figures.keys():
            assert row[key] == figures[key]
            if isinstance(row[key], list):
                assert [float(flat[f"{key}.low"]), float(flat[f"{key}.high"])] == figures[key]
            else:
                assert flat[key] == str(row[key]).lower()


def test_show_leads_with_the_answer_in_one_sentence(loaded: Cli) -> None:
    lines = loaded("account", "show", "A0").out.splitlines()
    assert lines[0].split() == ["Account", "0", "A0"]
    answer = loaded.json("account", "show", "A0")["answer"]
    assert " ".join(lines[1:3]) == answer
    assert answer.endswith(".")
    assert answer.startswith("Not three-dimensional, and not adequate for the transactional mode")


def test_show_gives_the_ids_that_what_if_asks_for(loaded: Cli) -> None:
    losses = loaded.json("account", "show", "A0")["departure_loss"]
    lines = loaded("account", "show", "A0").out.splitlines()
    for employee in losses:
        assert sum(employee in line.split() for line in lines) == 1


def test_show_ends_with_what_scores_are_not_for(loaded: Cli) -> None:
    assert (
        loaded("account", "show", "A0")
        .out.rstrip()
        .endswith("Scores are no basis for judging an employee.")
    )


def test_show_in_json_has_every_key_of_the_method_and_a_sentence_for_each_finding(loaded: Cli) -> None:
    shown = loaded.json("account", "show", "A2")
    assert set(METHOD_KEYS) <= shown.keys()
    assert shown["findings"]
    for finding in shown["findings"]:
        assert finding["text"]
        assert "{" not in finding["text"]
        assert finding["identity"].startswith(f"{finding['rule']}/")


def test_an_undefined_measure_is_null_with_its_reason(cli: Cli) -> None:
    cli.load(Customer().seat("s", "p").tie("e", "p", "none").document)
    shown = cli.json("account", "show", "A")
    undefined = [key for key in METHOD_KEYS if key in shown and shown[key] is None]
    assert undefined
    for key in undefined:
        assert any(reason == key or reason.startswith(f"{key}.") for reason in shown["reasons"]), key


def test_show_in_csv_states_every_figure_once(loaded: Cli) -> None:
    rows = {row["measure"]: row for row in loaded.csv("account", "show", "A1")}
    shown = loaded.json("account", "show", "A1")
    assert list(next(iter(rows.values()))) == ["measure", "value", "low", "high"]
    for key in ("key_points", "breadth", "organisation", "dependence", "risk"):
        assert [float(rows[key]["low"]), float(rows[key]["high"])] == shown[key]
        assert rows[key]["value"] == ""
    assert rows["three_dimensional"]["value"] == shown["three_dimensional"]
    assert int(rows["bus_factor"]["value"]) == shown["bus_factor"]
    assert int(rows["survivability.A1.s6"]["high"]) == shown["survivability"]["A1.s6"][1]


def test_an_account_nobody_knows_anything_of_is_shown_as_that(cli: Cli) -> None:
    cli.load(Customer().document)
    out = cli("account", "show", "A").out
    assert "Nothing is known" in out.splitlines()[1]
    shown = cli.json("account", "show", "A")
    assert (shown["observed"], shown["risk"]) == (False, [0.0, 100.0])
    assert set(METHOD_KEYS) & shown.keys() == {"observed", "risk"}
    assert [row["measure"] for row in cli.csv("account", "show", "A")] == [
        "account",
        "as_of",
        "known_at",
        "policy",
        "observed",
        "risk",
    ]
    (row,) = cli.csv("account", "list")
    assert (row["observed"], row["risk.low"], row["risk.high"]) == ("false", "0.0", "100.0")


def test_a_name_that_leads_a_formula_is_only_text_in_csv(cli: Cli) -> None:
    names = [FORMULA, "+1", "-1", "@cmd", "\tx", "＝1+1", "plain", 'com,ma "quoted"\nand broken']
    document = {"as_of": DAY, "accounts": [{"id": f"A{i}", "name": n} for i, n in enumerate(names)]}
    cli.load(document)
    stored = [row["name"] for row in cli.json("account", "list")]
    for name, written in zip(stored, (row["name"] for row in cli.csv("account", "list")), strict=True):
        assert written == (name if name[0] not in "=+-@\t\r\n＝" else f"'{name}")
    assert FORMULA in stored


@pytest.mark.parametrize("command", [("show", "nobody"), ("show", "")])
def test_an_account_that_is_not_there_is_said_to_be_absent(loaded: Cli, command: tuple[str, ...]) -> None:
    err = loaded("account", *command, code=2).err
    assert f"No account has the id {command[1]!r}" in err
    assert "`graphcrm account list`" in err


def test_without_a_day_it_is_that_of_the_latest_import(cli: Cli) -> None:
    document = read_json(GOLDEN / "account-2.json")
    cli.load(document)
    assert cli.json("account", "show", "A0")["as_of"] == DAY
    cli.load({**document, "as_of": "2026-08-15"})
    assert cli.json("account", "show", "A0")["as_of"] == "2026-08-15"
    cli.load({**document, "as_of": "2026-01-01"})
    assert cli.json("account", "show", "A0")["as_of"] == "2026-08-15"


def _history() -> Customer:
    """Ann has known Pam since 2025; Bob joins in June. Pam was an opponent before she was won, of which we
    heard late."""
    return (
        Customer(mechanisms_complete=True)
        .seat("s", "p", level=1, roles=["decider"])
        .employee("ann", level=1)
        .employee("bob", level=1, valid_from="2026-06-01")
        .tie("ann", "p", assessed_on="2025-07-01", recorded_at="2025-07-01")
        .tie("bob", "p", assessed_on="2026-06-01", recorded_at="2026-06-01")
        .asserts("p", "attitude", "opponent", valid_from="2025-01-01", recorded_at="2025-01-01")
        .asserts("p", "attitude", "coach", valid_from="2026-02-01", recorded_at="2026-06-15")
    )


def test_as_of_reads_what_was_valid_then_as_known_now(cli: Cli) -> None:
    cli.load(_history().document)
    now, may, january = (
        cli.json("account", "show", "A", "--as-of", day) for day in (DAY, "2026-05-31", "2026-01-31")
    )
    assert set(now["departure_loss"]) == {"ann", "bob"}
    assert set(may["departure_loss"]) == {"ann"}
    assert may["key_points"][0] > 0
    assert january["key_points"] == [0.0, 0.0]


def test_known_at_leaves_out_what_was_recorded_later(cli: Cli) -> None:
    cli.load(_history().document)
    shown = cli.json("account", "show", "A", "--known-at", "2026-06-14")
    assert (shown["as_of"], shown["known_at"]) == (DAY, "2026-06-14")
    assert shown["key_points"] == [0.0, 0.0]
    assert "opponent_decides" in {f["rule"] for f in shown["findings"]}
    assert cli.json("account", "show", "A", "--known-at", "2026-06-15")["key_points"][0] > 0
    assert set(cli.json("account", "show", "A", "--known-at", "2026-05-31")["departure_loss"]) == {"ann"}


def test_another_policy_gives_another_verdict(loaded: Cli) -> None:
    pack = loaded.folder / "pack.yaml"
    pack.write_text("extends: default\nname: strict\nreach: {live: 0.99}\n", encoding="utf-8")
    shown = loaded.json("account", "show", "A0", "--policy", pack)
    assert shown["policy"].startswith("strict")
    assert shown["reach"] != loaded.json("account", "show", "A0")["reach"]
