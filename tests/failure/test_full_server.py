"""The server's disk is full: an import is in or it is not, and with room it comes in."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from killing import Rig, graphcrm
from operations import BEFORE, imports, must_be_as_undisturbed, undisturbed
from points import at, spread
from small_disk import SmallDisk, mount, unmount
from watching import Watch, in_turn, look_at_facts, on_several_days

pytestmark = pytest.mark.neo4j

SIZE = 2**30


@dataclass(frozen=True)
class SmallServer:
    """A server, and the disk that it alone writes to."""

    rig: Rig
    disk: SmallDisk


@pytest.fixture(scope="module")
def server() -> Iterator[SmallServer]:
    disks: list[SmallDisk] = []

    def prepare(folder: Path) -> None:
        disks.append(mount(folder, SIZE))

    rig = Rig(prepare)
    yield SmallServer(rig, *disks)
    rig.kill()
    unmount(disks[0].folder)


@pytest.mark.parametrize(
    "points",
    [pytest.param(2, marks=pytest.mark.slow), pytest.param(20, marks=pytest.mark.nightly)],
)
def test_an_import_that_fills_the_servers_disk_is_in_or_not(
    server: SmallServer, tmp_path: Path, points: int
) -> None:
    rig, disk = server.rig, server.disk
    every = [undisturbed(rig, made) for made in imports(tmp_path)[:points]]
    sizes = []
    for after in every:
        rig.hold(*BEFORE)
        free = disk.free
        must_be_as_undisturbed(rig, after)
        sizes.append(free - disk.free)
    rig.hold(*BEFORE)
    with rig.opened() as store:
        before = on_several_days(store)
    codes = set()
    for number, share in spread("server's disk", points):
        after, size = every[number % len(every)], sizes[number % len(every)]
        with at(share, after.made.name):
            rig.hold(*BEFORE)
            disk.leave(round(share * size))
            command = graphcrm(rig, *after.made.arguments, limits=after.made.limits, seconds=1.0)
            with Watch(rig.opened, look_at_facts) as watch, command:
                ended = command.ended()
            disk.make_room()
            rig.kill()  # a server that could not write needs to be started anew
            rig.start()
            with rig.opened() as store:
                held = on_several_days(store)
            assert held == after.facts or (held == before and ended.told)
            assert in_turn(watch.seen, before[0], after.facts[0])
            codes.add(ended.code)
            must_be_as_undisturbed(rig, after)
    assert 3 in codes
