"""The golden accounts once more, through the store and the command line; and out of the store again."""

from pathlib import Path

import pytest
from bundles import differences
from cli.terminal import BUNDLES, GOLDEN, Cli, read_json


def _id(path: Path) -> str:
    return path.name.removesuffix(".json").removesuffix(".expected")


@pytest.mark.parametrize("expected", sorted(GOLDEN.glob("*.expected.json")), ids=_id)
def test_account_show_agrees_with_every_golden_figure(cli: Cli, expected: Path) -> None:
    bundle, _, known_at = _id(expected).partition(".known-at-")
    cli.load(GOLDEN / f"{bundle}.json")
    options = ("--known-at", known_at) if known_at else ()
    for account, figures in read_json(expected).items():
        shown = cli.json("account", "show", account, *options)
        assert differences(shown, figures) == []
        assert (shown["account"], shown["known_at"]) == (account, known_at or None)


@pytest.mark.parametrize("bundle", BUNDLES, ids=_id)
def test_what_is_exported_and_imported_elsewhere_is_reviewed_the_same(cli: Cli, bundle: Path) -> None:
    cli.load(bundle)
    exported = cli("db", "export", "--bundle").out
    copy = cli.folder / "copy.json"
    copy.write_text(exported, encoding="utf-8")
    elsewhere = ("--store", cli.store("elsewhere.db"))
    cli.load(copy, *elsewhere)
    for account in (a["id"] for a in read_json(bundle)["accounts"]):
        for options in ((), ("--known-at", "2026-03-31"), ("--as-of", "2026-02-28")):
            show = ("account", "show", account, *options)
            assert cli.json(*show, *elsewhere) == cli.json(*show)
    assert cli("db", "export", "--bundle", *elsewhere).out == exported


def test_importing_the_export_into_the_same_store_changes_nothing(cli: Cli) -> None:
    cli.load(GOLDEN / "account-2.json")
    copy = cli.folder / "copy.json"
    cli("db", "export", "--bundle", copy)
    assert not cli.json("import", "bundle", copy)["changed"]
