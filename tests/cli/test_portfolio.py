"""``graphcrm portfolio``: the same lists in every form, fitted to the terminal, in both languages."""

import pytest
from bundles import Customer
from cli.terminal import GOLDEN, Cli


@pytest.fixture
def loaded(cli: Cli) -> Cli:
    cli.load(GOLDEN / "account-2.json")
    return cli


def test_the_table_has_four_lists_and_says_what_scores_are_not_for(loaded: Cli) -> None:
    out = loaded("portfolio").out
    for title in ("Accounts by risk", "Employees by what", "Worst pairs", "Departments where"):
        assert any(line.startswith(title) for line in out.splitlines())
    assert "Scores are no basis for judging an employee." in out


def test_accounts_stand_in_the_order_of_the_account_list(loaded: Cli) -> None:
    listed = loaded.json("account", "list")
    expected = sorted(listed, key=lambda row: (-row["risk"][1], -row["risk"][0], row["account"]))
    accounts = loaded.json("portfolio", "--top", 100)["accounts"]
    assert [(a["account"], a["risk"]) for a in accounts] == [(r["account"], r["risk"]) for r in expected]


def test_screening_gives_no_risk_and_the_same_employees_and_pairs(loaded: Cli) -> None:
    whole, screened = loaded.json("portfolio"), loaded.json("portfolio", "--screen")
    assert (whole["reviewed"], screened["reviewed"]) == (True, False)
    assert {a["risk"] for a in screened["accounts"]} == {None}
    for name in ("pairs", "functions", "reach", "in_all", "caution"):
        assert screened[name] == whole[name]
    # Revenue at risk is that of proven losses here, and of all losses where accounts were reviewed.
    assert [{**e, "revenue_at_risk": None} for e in screened["employees"]] == [
        {**e, "revenue_at_risk": None} for e in whole["employees"]
    ]
    table = loaded("portfolio", "--screen").out
    assert "Revenue, proven" in table
    assert "Risk" not in table


def test_the_csv_holds_the_same_figures(loaded: Cli) -> None:
    document, rows = loaded.json("portfolio"), loaded.csv("portfolio")
    for name in ("accounts", "employees", "pairs", "functions"):
        assert sum(row["list"] == name for row in rows) == len(document[name])
    by_rank = {(row["list"], row["rank"]): row for row in rows}
    for n, employee in enumerate(document["employees"], start=1):
        row = by_rank["employees", str(n)]
        assert (row["id"], float(row["lost"]), float(row["share"])) == (
            employee["employee"], employee["lost"], employee["share"]
        )  # fmt: skip
    first = document["accounts"][0]
    assert [float(by_rank["accounts", "1"][f"risk.{end}"]) for end in ("low", "high")] == first["risk"]


def test_top_limits_every_list(loaded: Cli) -> None:
    document = loaded.json("portfolio", "--top", 1)
    assert {len(document[name]) for name in ("accounts", "employees", "pairs")} == {1}
    assert loaded("portfolio", "--top", 0, code=2).out == ""


def test_where_nothing_hangs_on_anybody_it_says_so(cli: Cli) -> None:
    cli.load(Customer().document)
    out = " ".join(cli("portfolio").out.split())
    assert "nothing on record: 1" in out
    assert "Nothing would be lost with any single departure." in out
    assert "no sign of safety" in out


def test_an_empty_store_is_told_with_the_cure(cli: Cli) -> None:
    cli("portfolio", code=3)


def test_another_day_and_what_was_known_then_are_looked_at(loaded: Cli) -> None:
    past = loaded.json("portfolio", "--as-of", "2026-03-31", "--known-at", "2026-03-31")
    assert (past["as_of"], past["known_at"]) == ("2026-03-31", "2026-03-31")
    assert past["accounts"] != loaded.json("portfolio")["accounts"]
    first = loaded("portfolio", "--as-of", "2026-03-31", "--known-at", "2026-03-31").out.splitlines()[0]
    assert first == "As of 2026-03-31, known at 2026-03-31, policy default 1."
