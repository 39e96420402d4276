"""``graphcrm what-if``: the account without employees of ours, held to the review of a bundle they left."""

from datetime import date

import pytest
from bundles import METHOD_KEYS, differences
from cli.terminal import DAY, GOLDEN, Cli, Document, read_json

TOLD = (*METHOD_KEYS, "shape_without", "meets_mode_without", "findings", "answer")


def _present(document: Document) -> list[str]:
    """The employees who are there on the bundle's day."""
    day = date.fromisoformat(document["as_of"])

    def there(e: Document) -> bool:
        since, until = (date.fromisoformat(e[k]) if e.get(k) else None for k in ("valid_from", "valid_to"))
        return (since is None or since <= day) and (until is None or until > day)

    return [e["id"] for e in document["employees"] if there(e)]


def _gone(document: Document, leaves: list[str]) -> Document:
    """The bundle in which they left on its day."""
    employees = [{**e, "valid_to": DAY} if e["id"] in leaves else e for e in document["employees"]]
    return {**document, "employees": employees}


def _told(review: Document) -> Document:
    return {key: review[key] for key in TOLD if key in review}


@pytest.mark.parametrize("number", [2, 4, 7, 9])
def test_it_is_the_review_of_a_bundle_in_which_they_left_that_day(cli: Cli, number: int) -> None:
    document = read_json(GOLDEN / f"account-{number}.json")
    cli.load(document)
    present = _present(document)
    for leaves in ([present[0]], [present[-1]], present[:2], present):
        elsewhere = cli.store(f"{'-'.join(leaves)}.db")
        cli.load(_gone(document, leaves), "--store", elsewhere)
        options = [option for employee in leaves for option in ("--leaves", employee)]
        for account in (a["id"] for a in document["accounts"]):
            whatif = cli.json("what-if", account, *options)
            left = cli.json("account", "show", account, "--store", elsewhere)
            assert differences(_told(whatif["after"]), _told(left)) == []
            shown = cli.json("account", "show", account)
            shown.pop("structure", None)  # shown of the account as it is
            assert whatif["before"] == shown
            assert (whatif["account"], whatif["leaves"]) == (account, leaves)


@pytest.fixture
def loaded(cli: Cli) -> Cli:
    cli.load(GOLDEN / "account-2.json")
    return cli


def test_the_table_says_who_leaves_and_compares(loaded: Cli) -> None:
    out = loaded("what-if", "A0", "--leaves", "e4").out
    after = loaded.json("what-if", "A0", "--leaves", "e4")["after"]
    lines = out.splitlines()
    assert lines[0] == "Account 0"
    assert lines[1].startswith("Without E4: ")
    assert " ".join(" ".join(lines[1:3]).split()) == f"Without E4: {after['answer']}"
    assert any(line.split() == ["today", "then"] for line in lines)
    low, high = (f"{end:.0f}" for end in after["risk"])
    assert next(line for line in lines if line.startswith("Risk")).split()[-1] in {low, f"{low}–{high}"}


def test_the_csv_compares_the_same_figures(loaded: Cli) -> None:
    rows = {row["measure"]: row for row in loaded.csv("what-if", "A0", "--leaves", "e4")}
    whole = loaded.json("what-if", "A0", "--leaves", "e4")
    for side in ("before", "after"):
        assert rows["adequate"][side] == whole[side]["adequate"]
        for key in ("key_points", "breadth", "organisation", "risk"):
            assert [float(rows[key][f"{side}.{end}"]) for end in ("low", "high")] == whole[side][key]


def test_everyone_may_leave(loaded: Cli) -> None:
    present = _present(read_json(GOLDEN / "account-2.json"))
    options = [option for employee in present for option in ("--leaves", employee)]
    for account in ("A0", "A1", "A2"):
        after = loaded.json("what-if", account, *options)["after"]
        assert (after["observed"], after["departure_loss"], after["breadth"]) == (True, {}, [0.0, 0.0])
        assert loaded("what-if", account, *options).out
        assert loaded("what-if", account, *options, "--format", "csv").csv


def test_leaving_twice_is_leaving_once(loaded: Cli) -> None:
    once = loaded.json("what-if", "A0", "--leaves", "e4")
    assert loaded.json("what-if", "A0", "--leaves", "e4", "--leaves", "e4") == once


def test_one_who_does_not_know_the_account_changes_nothing(cli: Cli) -> None:
    document = read_json(GOLDEN / "account-2.json")
    document["employees"].append({"id": "stranger", "name": "Stranger"})
    cli.load(document)
    whole = cli.json("what-if", "A2", "--leaves", "stranger")
    assert _told(whole["before"]) == _told(whole["after"])
    assert "No new finding." in cli("what-if", "A2", "--leaves", "stranger").out


def test_an_unobserved_account_stays_unknown(cli: Cli) -> None:
    document = read_json(GOLDEN / "account-2.json")
    document["accounts"].append({"id": "Z", "name": "Z"})
    cli.load(document)
    assert "Nothing is known" in cli("what-if", "Z", "--leaves", "e4").out
    rows = {row["measure"]: row for row in cli.csv("what-if", "Z", "--leaves", "e4")}
    assert (rows["risk"]["after.low"], rows["risk"]["after.high"]) == ("0.0", "100.0")


@pytest.mark.parametrize("format_", ["table", "json", "csv"])
def test_who_is_not_there_cannot_leave(loaded: Cli, format_: str) -> None:
    for employee in ("nobody", "e0"):
        err = loaded("what-if", "A0", "--leaves", employee, "--format", format_, code=2).err
        assert f"{employee!r}" in err
        assert "`graphcrm account show A0`" in err


def test_an_account_that_is_not_there_is_refused(loaded: Cli) -> None:
    assert "No account has the id 'Q'" in loaded("what-if", "Q", "--leaves", "e4", code=2).err


def test_somebody_has_to_leave(loaded: Cli) -> None:
    assert "--leaves" in loaded("what-if", "A0", code=2).err
