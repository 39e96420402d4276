"""On dask: a scheduler and workers, of which some are killed; the audit is that of one process."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest
from bundles import POLICY
from dask_cluster import PATIENCE, Cluster, cluster
from store_samples import bring

from graphcrm.bootstrap import SystemClock, load_bundle, open_store, partitions_in, share_portfolio
from graphcrm.services.audit import get_audit, run_audit
from graphcrm.services.reading import View

pytest.importorskip("distributed", reason="dask is not installed")
pytest.importorskip("pyarrow", reason="the extra graphcrm[parquet] is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="processes end otherwise here"),
]

ROOT = Path(__file__).parents[2]

AUDIT = """
import sys
from dask.distributed import Client
from graphcrm import audit_partitions
scheduler, url, folder = sys.argv[1:]
with Client(scheduler_file=scheduler) as client:
    client.wait_for_workers(3)
    print("ready", flush=True)
    input()
    header = audit_partitions(
        url, folder, client.get_executor(), jobs=3,
        progress=lambda done, of: print("done", done, flush=True),
        lost=lambda accounts, times: print("lost", accounts[0], flush=True),
    )
print("kept", header.id)
"""

BUSY = """
import sys
from time import sleep
from dask.distributed import Client
scheduler, name = sys.argv[1:]
with Client(scheduler_file=scheduler) as client:
    workers = client.scheduler_info()["workers"].items()
    (given,) = (address for address, worker in workers if worker["name"] == name)
    while not client.processing()[given]:
        sleep(0.05)
    print("busy")
"""

WORK = """
import sys
from functools import partial
from dask.distributed import Client
from graphcrm.errors import GraphcrmError
from graphcrm.services.parallel import in_order
from parallel_work import dies_at
scheduler, folder = sys.argv[1:]
work = partial(dies_at, folder, {3: 99})
with Client(scheduler_file=scheduler) as client:
    client.wait_for_workers(3)
    try:
        print(sum(in_order(client.get_executor(), work, range(9), 6)))
    except GraphcrmError as error:
        print(error)
"""


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("dask")) as started:
        yield started


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The sample portfolio in a store, with an audit by one process, and in partitions of two accounts."""
    folder = tmp_path_factory.mktemp("portfolio")
    script = ROOT / "examples" / "sample_portfolio.py"
    subprocess.run([sys.executable, script, "-o", folder / "sample.json"], check=True, capture_output=True)
    url = f"sqlite:///{(folder / 'graphcrm.db').as_posix()}"
    with open_store(url, create=True) as store:
        bring(store, load_bundle(folder / "sample.json"))
    share_portfolio(url, View(POLICY), folder / "shared", size=2)
    return url, folder / "shared"


def kept(url: str, number: int) -> bytes:
    """The reviews of an audit, as they are kept."""
    with open_store(url) as store:
        return b"\n".join(r.model_dump_json().encode() for r in get_audit(store, number).reviews)


def ended(process: "subprocess.Popen[str]") -> list[str]:
    """What else it prints until it is done."""
    assert process.stdout is not None
    give_up = Timer(PATIENCE, process.kill)
    give_up.start()
    with process:
        told = process.stdout.read().splitlines()
    give_up.cancel()
    assert process.returncode == 0
    return told


def test_an_audit_with_a_worker_killed_in_mid_run_is_that_of_one_process(
    dask: Cluster, portfolio: tuple[str, Path]
) -> None:
    url, folder = portfolio
    dask.have(3)
    process = dask.begin(AUDIT, url, folder)
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == "ready\n"
    one, *_ = dask.workers
    dask.stop(one)
    process.stdin.write("go\n")
    process.stdin.flush()
    assert ended(dask.begin(BUSY, one)) == ["busy"]
    dask.kill(one)
    told = ended(process)
    partitions = partitions_in(folder).partitions
    assert [line for line in told if line.startswith("done")] == [
        f"done {n}" for n in range(1, len(partitions) + 1)
    ]
    lost = Counter(line for line in told if line.startswith("lost"))
    assert lost
    assert max(lost.values()) == 1
    number = int(told[-1].removeprefix("kept "))
    with open_store(url) as store:
        alone = run_audit(store, View(POLICY), SystemClock())
    assert kept(url, number) == kept(url, alone.id)


def test_a_part_that_always_loses_its_worker_is_one_clear_error(dask: Cluster, tmp_path: Path) -> None:
    dask.have(5)
    assert ended(dask.begin(WORK, tmp_path)) == ["This part of the work lost its worker 3 times: 3."]
    assert len(list(tmp_path.glob("3.*"))) == 3


def test_the_script_of_the_page_runs(dask: Cluster, portfolio: tuple[str, Path], tmp_path: Path) -> None:
    url, _ = portfolio
    page = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    (script,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    dask.have(3)
    for said, here in (
        ('"sqlite:///demo/graphcrm.db"', json.dumps(url)),
        ('"/mnt/shared/portfolio"', json.dumps(str(tmp_path / "shared"))),
        ('Client("tcp://scheduler:8786")', "Client(scheduler_file=__import__('sys').argv[1])"),
    ):
        assert said in script
        script = script.replace(said, here)
    *progress, last = ended(dask.begin(script))
    with open_store(url) as store:
        header = store.audits()[0]
    assert last == f"audit {header.id}: {header.accounts} accounts"
    assert kept(url, header.id) == kept(url, 1)
    assert progress
