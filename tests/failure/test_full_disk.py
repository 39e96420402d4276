"""A disk is full: one sentence says so, nothing is half there, and with room made it comes in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from editions import first_edition, second_edition
from forked import Command, Ended
from killing import SqliteFile, graphcrm
from operations import BEFORE, imports
from points import FEW_AND_MANY, at, spread
from small_disk import SmallDisk, small_disk
from watching import Facts, Watch, in_turn, kept_audits, look_at_facts, on_several_days

MEBIBYTE = 2**20

FULL = ("The disk is full", "No space left on device")

BOTH = {0, 3}
"""The exit codes met: there was room enough, or not."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk", 64 * MEBIBYTE) as disk:
        yield disk


def run(command: Command) -> Ended:
    """Run it to its end."""
    with command:
        return command.ended()


def held(place: SqliteFile) -> list[Facts]:
    """What the store holds, which is sound."""
    place.must_be_sound()
    with place.opened() as store:
        return on_several_days(store)


@FEW_AND_MANY
def test_an_import_that_fills_the_disk_changes_nothing(
    disk: SmallDisk, tmp_path: Path, points: int
) -> None:
    place = SqliteFile(disk.folder)
    lines = [each.arguments for each in imports(tmp_path)[::2]]
    undisturbed = []
    for line in lines:
        place.hold(*BEFORE)
        before = held(place)
        assert run(graphcrm(place, *line)).code == 0
        # A write-ahead log of every page there is would be so large.
        undisturbed.append((before, place.path.stat().st_size, held(place)))
    codes = set()
    for number, share in spread("full disk", points):
        line, (before, size, after) = lines[number % 2], undisturbed[number % 2]
        with at(share, line):
            place.hold(*BEFORE)
            disk.leave(round(1.5 * share * size))
            with Watch(place.opened, look_at_facts) as watch:
                ended = run(graphcrm(place, *line))
            assert in_turn(watch.seen, before[0], after[0])
            disk.make_room()
            if ended.code:
                assert any(words in ended.told for words in FULL)
                assert held(place) == before
                assert run(graphcrm(place, *line)).code == 0
            assert held(place) == after
            codes.add(ended.code)
    assert codes == BOTH


@FEW_AND_MANY
def test_an_audit_without_room_for_its_reviews_is_not_kept(
    disk: SmallDisk, tmp_path: Path, points: int
) -> None:
    place = SqliteFile(tmp_path)
    variables = {**place.variables, "TMPDIR": str(disk.folder)}

    def audit() -> Command:
        return Command("audit", "run", "--format", "csv", variables=variables)

    place.hold(first_edition())
    assert run(audit()).code == 0
    with place.opened() as store:
        whole = kept_audits(store)
    size = sum(len(review.encode()) for review in whole[0])
    codes = set()
    for _, share in spread("full folder for temporary files", points):
        with at(share):
            place.hold(first_edition())
            disk.leave(round(1.5 * share * size))
            ended = run(audit())
            disk.make_room()
            with place.opened() as store:
                assert kept_audits(store) == (whole if ended.code == 0 else [])
            if ended.code:
                assert any(words in ended.told for words in FULL)
                assert run(audit()).code == 0
                with place.opened() as store:
                    assert kept_audits(store) == whole
            codes.add(ended.code)
    assert codes == BOTH


@FEW_AND_MANY
def test_a_file_that_finds_no_room_is_as_it_was(disk: SmallDisk, tmp_path: Path, points: int) -> None:
    place = SqliteFile(tmp_path)
    place.hold(second_edition())
    file = disk.folder / "facts.json"
    export = ("db", "export", "--bundle", "-o", file)
    assert run(graphcrm(place, *export)).code == 0
    whole = file.read_text("utf-8")
    codes = set()
    for _, share in spread("export to a full disk", points):
        with at(share):
            file.write_text("as it was", encoding="utf-8")
            disk.leave(round(1.5 * share * len(whole)))
            ended = run(graphcrm(place, *export))
            disk.make_room()
            assert file.read_text("utf-8") == (whole if ended.code == 0 else "as it was")
            assert list(disk.folder.iterdir()) == [file]
            if ended.code:
                assert (ended.code, ended.out) == (2, "")
                assert FULL[1] in ended.err
            codes.add(ended.code)
    assert codes == {0, 2}
