"""``graphcrm audit``: run, list, show, and what changed from one to another."""

import pytest
from bundles import Customer
from cli.terminal import DAY, GOLDEN, Cli, read_json


def _before() -> Customer:
    return (
        Customer(mode="transactional", mechanisms_complete=True)
        .account("B")
        .seat("s", "p", "coach", level=1, roles=["decider"])
        .seat("t", "q", "coach", level=2, roles=["influencer"])
        .tie("ann", "p")
        .tie("ann", "q")
    )


@pytest.fixture
def two(cli: Cli) -> Cli:
    """Two audits: in between Bob got to know Pam, who turned; B went and C came."""
    first = _before().document
    cli.load({**first, "complete": ["accounts"], "source": "crm"})
    cli("audit", "run")
    then = (
        _before().tie("bob", "p").asserts("p", "attitude", "opponent", valid_from="2026-06-29").account("C")
    )
    accounts = [a for a in then.document["accounts"] if a["id"] != "B"]
    then_document = {**then.document, "accounts": accounts, "complete": ["accounts"], "source": "crm"}
    cli.load(then_document)
    cli("audit", "run")
    return cli


def test_run_prints_what_show_prints_later_and_list_lists(cli: Cli) -> None:
    cli.load(GOLDEN / "account-2.json")
    printed = cli("audit", "run", "--known-at", "2026-03-31").out
    assert printed.startswith("Audit 1 as of 2026-06-30, known at 2026-03-31, policy default")
    assert cli("audit", "show", "1").out == printed
    assert cli("audit", "run").out.startswith("Audit 2 as of 2026-06-30, policy default")
    latest, first = cli.json("audit", "list")
    assert (latest["id"], latest["known_at"]) == (2, None)
    assert (first["id"], first["known_at"], first["as_of"], first["accounts"]) == (1, "2026-03-31", DAY, 3)
    assert [row["id"] for row in cli.csv("audit", "list")] == ["2", "1"]
    assert [line.split()[0] for line in cli("audit", "list").out.splitlines()] == ["No.", "2", "1"]


def test_an_audit_says_what_the_list_of_accounts_says(cli: Cli) -> None:
    cli.load(GOLDEN / "account-3.json")
    rows = cli.json("account", "list")
    run = cli.json("audit", "run")
    told = [{key: account[key] for key in row} for account, row in zip(run["accounts"], rows, strict=True)]
    assert (told, run["id"], run["policy_pack"]["name"]) == (rows, 1, "default")
    assert run["accounts"][0]["findings"]
    assert cli.json("audit", "show", "1") == run
    assert cli("audit", "show", "1", "--format", "csv").out == cli("account", "list", "--format", "csv").out


def test_an_audit_stays_as_it_was_whatever_is_imported_later(cli: Cli) -> None:
    document = read_json(GOLDEN / "account-2.json")
    cli.load(document)
    cli("audit", "run")
    before = cli("audit", "show", "1").out
    document["accounts"][0]["name"] = "Renamed"
    document["ties"] = document["ties"][:3]
    cli.load({**document, "as_of": "2026-12-31"})
    assert cli("audit", "show", "1").out == before


def test_without_an_audit_the_list_says_how_to_make_one(cli: Cli) -> None:
    cli.load(GOLDEN / "account-1.json")
    assert "`graphcrm audit run`" in cli("audit", "list").out
    assert cli.json("audit", "list") == []
    assert cli("audit", "list", "--format", "csv").out == "id,run_at,as_of,known_at,policy,accounts\n"


def test_diff_tells_what_changed(two: Cli) -> None:
    diff = two.json("audit", "diff", "1", "2")
    assert (diff["appeared"], diff["disappeared"]) == (["C"], ["B"])
    (change,) = diff["changes"]
    assert change["account"] == "A"
    assert "opponent_decides" in {f["rule"] for f in change["opened"]}
    assert {"star_employee", "single_threaded_decider"} & {f["rule"] for f in change["closed"]}
    assert change["risk"][0] != change["risk"][1]
    assert change["verdicts"]


def test_the_table_of_a_diff_tells_the_same(two: Cli) -> None:
    out = two("audit", "diff", "1", "2").out
    lines = out.splitlines()
    assert lines[0].startswith("Audit 1 ")
    assert lines[1].startswith("→ Audit 2 ")
    assert "New accounts: C" in lines
    assert "Accounts gone: B" in lines
    diff = two.json("audit", "diff", "1", "2")
    assert out.count("\n  + ") == len(diff["changes"][0]["opened"])
    assert out.count("\n  − ") == len(diff["changes"][0]["closed"])


def test_the_csv_of_a_diff_tells_the_same(two: Cli) -> None:
    rows = {(row["account"], row["what"]): row for row in two.csv("audit", "diff", "1", "2")}
    (change,) = two.json("audit", "diff", "1", "2")["changes"]
    assert (rows["C", "account"]["before"], rows["C", "account"]["after"]) == ("", "there")
    assert (rows["B", "account"]["before"], rows["B", "account"]["after"]) == ("there", "")
    risk = rows["A", "risk"]
    assert [
        [float(risk[f"{side}.{end}"]) for end in ("low", "high")] for side in ("before", "after")
    ] == change["risk"]
    for name, (before, after) in change["verdicts"].items():
        assert (rows["A", name]["before"], rows["A", name]["after"]) == (before, after)
    open_now = {what for (_, what), row in rows.items() if row["after"] == "open"}
    assert {w.split("/")[0] for w in open_now} == {f["rule"] for f in change["opened"]}


def test_a_diff_without_a_change_says_so(cli: Cli) -> None:
    cli.load(GOLDEN / "account-2.json")
    cli("audit", "run")
    cli("audit", "run")
    assert cli("audit", "diff", "1", "2").out.splitlines()[-1] == "Nothing changed."
    assert cli.json("audit", "diff", "1", "2")["changes"] == []
    assert (
        cli("audit", "diff", "1", "2", "--format", "csv").out
        == "account,what,before,before.low,before.high,after,after.low,after.high\n"
    )


def test_a_risk_that_hardly_moved_is_counted_and_not_shown(cli: Cli) -> None:
    first = _before().tie("ann", "p", assessed_on="2026-06-01").document
    cli.load({**first, "as_of": "2026-06-30"})
    cli("audit", "run")
    cli("audit", "run", "--as-of", "2026-07-01")
    diff = cli.json("audit", "diff", "1", "2")["changes"]
    assert [(c["verdicts"], c["opened"], c["closed"]) for c in diff] == [({}, [], [])]
    lines = cli("audit", "diff", "1", "2").out.splitlines()
    assert lines[2:] == ["Accounts whose risk moved by less than a point: 1."]


def test_a_diff_backwards_swaps_what_opened_and_what_closed(two: Cli) -> None:
    (forth,), (back,) = (two.json("audit", "diff", *order)["changes"] for order in (("1", "2"), ("2", "1")))
    assert {f["rule"] for f in forth["opened"]} == {f["rule"] for f in back["closed"]}
    assert forth["risk"] == back["risk"][::-1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "7"),
        ("show", "0"),
        ("show", "9" * 30),
        ("show", "--", "-1"),
        ("diff", "1", "7"),
        ("diff", "7", "1"),
    ],
)
def test_a_number_without_an_audit_is_refused(cli: Cli, arguments: tuple[str, ...]) -> None:
    cli.load(GOLDEN / "account-1.json")
    cli("audit", "run")
    err = cli("audit", *arguments, code=2).err
    assert "There is no audit" in err
    assert "`graphcrm audit list`" in err
