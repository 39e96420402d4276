"""``graphcrm what-if``: the account without employees of ours, held to the review of a bundle they left."""

from datetime import date

import pytest
from bundles import METHOD_KEYS, Customer, differences
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
    assert lines[1] == "What if: E4 leaves us."
    assert after["answer"] in " ".join(" ".join(lines[2:4]).split())
    assert any(line.split() == ["today", "then"] for line in lines)
    low, high = (f"{end:.0f}" for end in after["risk"])
    assert next(line for line in lines if line.startswith("Risk ")).split()[-1] in {low, f"{low}–{high}"}


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
    out = " ".join(cli("what-if", "A2", "--leaves", "stranger").out.split())
    assert "What if: Stranger, who has nothing to do with this account, leaves us." in out
    assert "No finding comes or goes." in out
    assert whole["supposed"] == ["Stranger, who has nothing to do with this account, leaves us"]


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


@pytest.fixture
def shop(cli: Cli) -> Cli:
    """A customer with two who decide: e knows both, f one of them a little, and g nobody."""
    customer = Customer(annual_revenue=1000, currency="EUR")
    customer.seat("s", "p", "supporter", roles=["decider"], level=1)
    customer.seat("t", "q", "supporter", roles=["approver"], level=2)
    customer.tie("e", "p", 0.8).tie("e", "q", 0.6).tie("f", "q", 0.3).employee("g")
    customer.mechanism("m", "executive_sponsorship", our_owners=["e"])
    cli.load(customer.document)
    return cli


def test_a_handover_gives_the_successor_the_target_and_not_more(shop: Cli) -> None:
    """R is .5 at both seats, and the weights are 1 and .64: K = .5·.7."""
    told = shop.json("what-if", "A", "--handover", "e:f")
    assert told["handovers"] == [{"giver": "e", "taker": "f"}]
    assert told["after"]["reach"]["low"] == {"s": 0.5, "t": 0.5}
    assert told["after"]["key_points"] == [0.35, 0.35]
    assert told["supposed"] == ["F takes over from E"]
    assert {*told["gone_findings"]} == {"star_employee/A/e"}
    assert {*told["new_findings"]} == {"star_employee/A/f", "single_threaded_decider/A/t"}


def test_a_new_tie_of_somebody_new_counts_at_once(shop: Cli) -> None:
    told = shop.json("what-if", "A", "--new-tie", "g:p=.7", "--new-tie", "g:q=0.1")
    assert told["after"]["routes"]["g"] == {"s": [0.7, 0.7]}
    assert told["new_ties"] == [
        {"employee": "g", "contact": "p", "strength": 0.7},
        {"employee": "g", "contact": "q", "strength": 0.1},
    ]
    assert told["supposed"] == ["G knows P at 70 %", "G knows Q at 10 %"]


def test_a_contact_who_leaves_leaves_a_vacant_seat(shop: Cli) -> None:
    told = shop.json("what-if", "A", "--contact-leaves", "p")
    assert told["new_findings"] == ["key_seat_vacant/A/s"]
    assert told["after"]["uncovered"] == [0.609756, 0.609756]  # 1 / (1 + .8·.8)
    assert "P leaves the customer" in told["supposed"]


def test_on_a_later_day_ties_have_faded_as_a_review_of_that_day_says(shop: Cli) -> None:
    told = shop.json("what-if", "A", "--date", "2026-12-31")
    assert told["date"] == told["after"]["as_of"] == "2026-12-31"
    today, then = (
        shop.json("account", "show", "A"),
        shop.json("account", "show", "A", "--as-of", "2026-12-31"),
    )
    assert told["before"] == {name: today[name] for name in today if name != "structure"}
    assert told["after"] == {name: then[name] for name in then if name != "structure"}
    assert told["after"]["reach"]["low"]["s"] < told["before"]["reach"]["low"]["s"] == 0.8
    left = shop.json("what-if", "A", "--leaves", "f", "--date", "2026-12-31")["after"]
    assert left == shop.json("what-if", "A", "--leaves", "f", "--as-of", "2026-12-31")["after"]
    out = shop("what-if", "A", "--date", "2026-12-31").out
    assert ["today", "2026-12-31"] in [line.split() for line in out.splitlines()]


def test_everything_at_once_in_every_form(shop: Cli) -> None:
    options = (
        "--handover", "e:f", "--new-tie", "g:q=.9", "--contact-leaves", "p", "--date", "2026-07-01",
    )  # fmt: skip
    told = shop.json("what-if", "A", *options)
    rows = {row["measure"]: row for row in shop.csv("what-if", "A", *options)}
    assert float(rows["risk"]["after.high"]) == told["after"]["risk"][1]
    highest = max(high for _, high in told["after"]["revenue_at_risk"].values())
    assert float(rows["revenue_at_risk"]["after.high"]) == highest
    out = " ".join(shop("what-if", "A", *options).out.split())
    assert "What if: P leaves the customer, F takes over from E, G knows Q at 90 %." in out
    for finding in told["after"]["findings"]:
        assert (finding["text"] in out) == (finding["identity"] in told["new_findings"])
    # The same, asked in another order.
    turned = [part for at in range(len(options) - 2, -1, -2) for part in options[at : at + 2]]
    assert shop.json("what-if", "A", *turned) == told


def test_where_nobody_we_know_is_left_nothing_is_measured(shop: Cli) -> None:
    everybody = ("--contact-leaves", "p", "--contact-leaves", "q")
    told = shop.json("what-if", "A", *everybody)
    assert (told["after"]["observed"], told["after"]["risk"]) == (False, [0.0, 100.0])
    said = "Nobody whom we know holds a seat here any more: nothing can be measured."
    assert told["answer"] == said
    assert said in " ".join(shop("what-if", "A", *everybody).out.split())
    assert shop("what-if", "A", *everybody, "--format", "csv").csv
    both = (*everybody, "--leaves", "e", "--leaves", "f")
    assert shop.json("what-if", "A", *both)["after"]["risk"] == [0.0, 100.0]


def test_an_id_may_hold_a_colon(cli: Cli) -> None:
    cli.load(Customer().seat("s", "crm:p").tie("crm:e", "crm:p", 0.8).employee("crm:f").document)
    told = cli.json("what-if", "A", "--handover", "crm:e:crm:f")
    assert told["handovers"] == [{"giver": "crm:e", "taker": "crm:f"}]
    told = cli.json("what-if", "A", "--new-tie", "crm:f:crm:p=1")
    assert told["new_ties"] == [{"employee": "crm:f", "contact": "crm:p", "strength": 1.0}]


REFUSED = (
    (("--contact-leaves", "nobody"), "'nobody' holds a seat that counts for A"),
    (("--handover", "e"), "--handover A:B"),
    (("--handover", "e:"), "--handover A:B"),
    (("--handover", ":f"), "--handover A:B"),
    (("--handover", "e:f:g"), "--handover A:B"),
    (("--handover", "e:nobody"), "'nobody'"),
    (("--handover", "nobody:f"), "'nobody'"),
    (("--handover", "g:f"), "'g' has nothing to hand over at A"),
    (("--handover", "e:e"), "'e' cannot leave or hand over"),
    (("--new-tie", "f:p"), "--new-tie E:C=S"),
    (("--new-tie", "f=.5"), "--new-tie E:C=S"),
    (("--new-tie", "f:p="), "--new-tie E:C=S"),
    (("--new-tie", "f:p=much"), "--new-tie E:C=S"),
    (("--new-tie", "f:p=1.01"), "strength 1.01"),
    (("--new-tie", "f:p=-.5"), "strength -0.5"),
    (("--new-tie", "f:p=nan"), "strength nan"),
    (("--new-tie", "f:p=inf"), "strength inf"),
    (("--new-tie", "nobody:p=.5"), "'nobody'"),
    (("--new-tie", "f:nobody=.5"), "'nobody'"),
    (("--new-tie", "f:p=.5", "--leaves", "f"), "'f' cannot leave"),
    (("--new-tie", "f:p=.5", "--contact-leaves", "p"), "'p' cannot leave"),
    (("--date", "2026-06-29"), "2026-06-29 is before 2026-06-30"),
    (("--date", "2026-13-01"), "'2026-13-01' is not a date"),
    (("--date", "tomorrow"), "'tomorrow' is not a date"),
    (("--date", "9999-12-31"), "outside the years"),
    (("--date", ""), "'' is not a date"),
    ((), "nothing is given"),
)


@pytest.mark.parametrize(("options", "said"), REFUSED)
def test_what_cannot_be_is_refused_in_one_sentence(shop: Cli, options: tuple[str, ...], said: str) -> None:
    err = shop("what-if", "A", *options, code=2).err
    assert said in " ".join(err.split())
    assert len(err.split("\n\n")) == 1
