"""``--jobs``: the same bytes from however many processes, and clear words where one of them ends early."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

import pytest
from bundles import POLICY
from cli.terminal import GOLDEN, Cli
from parallel_work import dies

from graphcrm.bootstrap import review_portfolio
from graphcrm.services import reading
from graphcrm.services.reading import View

EXAMPLE = Path(__file__).parents[2] / "examples" / "sample_portfolio.py"


@pytest.fixture
def loaded(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Three accounts, of which each is a range of its own in this process."""
    cli.load(GOLDEN / "account-2.json")
    monkeypatch.setattr("graphcrm.bootstrap.AT_ONCE", 1)
    monkeypatch.setattr(reading, "AT_ONCE", 1)
    return cli


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["table", "json", "csv"])
def test_the_list_is_the_same_from_several_processes(loaded: Cli, shape: str) -> None:
    alone, together = (loaded("account", "list", "--format", shape, "--jobs", n) for n in (1, 2))
    assert together.out == alone.out


@pytest.mark.slow
def test_an_audit_is_the_same_from_several_processes(loaded: Cli) -> None:
    alone, together = (loaded("audit", "run", "--jobs", n).out.splitlines() for n in (1, 3))
    assert together[1:] == alone[1:]
    one, other = (loaded.json("audit", "show", n) for n in (1, 2))
    assert other["accounts"] == one["accounts"]
    assert loaded.json("audit", "diff", 1, 2)["changes"] == []


def test_any_executor_reviews_a_portfolio(loaded: Cli) -> None:
    store, view = loaded.store("store.db"), View(POLICY)
    alone = list(review_portfolio(store, view))
    with ThreadPoolExecutor(2) as threads:
        assert list(review_portfolio(store, view, executor=threads)) == alone
        assert list(review_portfolio(store, view, ["A2", "A0"], executor=threads)) == [alone[2], alone[0]]
    assert [review.account for review in alone] == ["A0", "A1", "A2"]


def test_an_import_meanwhile_changes_nothing_of_what_was_begun(loaded: Cli) -> None:
    view = View(POLICY)
    whole = list(review_portfolio(loaded.store("store.db"), view))
    begun = review_portfolio(loaded.store("store.db"), view)
    first = next(begun)
    loaded.load({"as_of": "2026-07-31", "accounts": [{"id": "A1", "name": "Other"}]})
    assert [first, *begun] == whole


def test_a_number_of_processes_is_one_or_more(loaded: Cli) -> None:
    for wrong in ("0", "-1", "x"):
        assert "--jobs" in loaded("account", "list", "--jobs", wrong, code=2).err


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables that lead to the sample portfolio in a store."""
    folder = tmp_path_factory.mktemp("sample")
    subprocess.run([sys.executable, EXAMPLE, "-o", folder / "sample.json"], check=True, capture_output=True)
    variables = {**os.environ, "GRAPHCRM_STORE": f"sqlite:///{(folder / 'store.db').as_posix()}"}
    command = [sys.executable, "-m", "graphcrm", "import", "bundle", str(folder / "sample.json")]
    subprocess.run(command, check=True, capture_output=True, env=variables)
    return variables


@pytest.fixture
def running(portfolio: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """An audit by two processes, in a group of its own as a terminal makes one."""
    process = subprocess.Popen(
        [sys.executable, "-m", "graphcrm", "audit", "run", "--jobs", "2"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=portfolio, start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def workers(process: "subprocess.Popen[str]") -> list[int]:
    """The processes that review for this one: they have its group, and say that they were spawned."""
    found = []
    with suppress(FileNotFoundError, ProcessLookupError):  # a thread or a process that ends meanwhile
        for thread in Path(f"/proc/{process.pid}/task").glob("*/children"):
            for child in thread.read_text(encoding="ascii").split():
                if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                    found.append(int(child))  # noqa: PERF401 - what was found before counts
    return found


def wait_for_workers(process: "subprocess.Popen[str]") -> list[int]:
    give_up = monotonic() + 60
    while not (found := workers(process)):
        assert process.poll() is None, process.communicate()
        assert monotonic() < give_up
        sleep(0.01)
    return found


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")


@on_linux
@pytest.mark.slow
@pytest.mark.parametrize("after", [0.0, 0.2, 0.6])
def test_ctrl_c_ends_all_of_it_in_a_word(running: "subprocess.Popen[str]", after: float) -> None:
    wait_for_workers(running)
    sleep(after)
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert (out, err, running.returncode) == ("", "Interrupted.\n", 130)


@on_linux
@pytest.mark.slow
def test_what_a_killed_worker_did_is_done_again(
    running: "subprocess.Popen[str]", portfolio: dict[str, str]
) -> None:
    os.kill(wait_for_workers(running)[0], signal.SIGKILL)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 0
    assert re.fullmatch(
        r"A process came to a sudden end at accounts \S+ to \S+; another one does that part again\.\n", err
    )
    alone = graphcrm(portfolio, "audit", "run")
    assert out.splitlines()[1:] == alone.splitlines()[1:]
    kept = [json.loads(graphcrm(portfolio, "audit", "show", n, "--format", "json")) for n in ("1", "2")]
    assert kept[0]["accounts"] == kept[1]["accounts"]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows knows no SIGKILL")
def test_where_workers_end_again_and_again_no_audit_is_kept(
    loaded: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graphcrm.bootstrap.review_range", dies)
    err = loaded("audit", "run", "--jobs", 2, code=1).err
    assert "lost its worker 3 times: accounts" in err
    assert "fewer --jobs" in err
    assert loaded.json("audit", "list") == []


def graphcrm(variables: dict[str, str], *arguments: str) -> str:
    """What a command prints."""
    command = [sys.executable, "-m", "graphcrm", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=variables).stdout


def test_executor_and_jobs_are_one_thing(loaded: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    alone = loaded("audit", "run").out.splitlines()[1:]
    for options in (
        ("--executor", "serial"), ("--executor", "serial", "--jobs", 1), ("--executor", "processes"),
    ):  # fmt: skip
        assert loaded("audit", "run", *options).out.splitlines()[1:] == alone
    err = loaded("audit", "run", "--executor", "serial", "--jobs", 2, code=2).err
    assert "--executor serial is one process, and --jobs 2 are more." in err
    assert "--executor" in loaded("audit", "run", "--executor", "dask", code=2).err


@pytest.fixture
def shared(loaded: Cli) -> Path:
    """The same accounts in partitions."""
    pytest.importorskip("pyarrow", reason="the extra graphcrm[parquet] is not installed")
    loaded("audit", "share", loaded.folder / "shared")
    return loaded.folder / "shared"


def test_an_audit_over_partitions_is_the_same(loaded: Cli, shared: Path) -> None:
    alone, over = (loaded("audit", "run", *options).out for options in ((), ("--shared", shared)))
    assert over.splitlines()[1:] == alone.splitlines()[1:]
    one, other = (loaded.json("audit", "show", n) for n in (1, 2))
    assert other["accounts"] == one["accounts"]


@pytest.mark.slow
def test_processes_review_partitions(loaded: Cli, shared: Path) -> None:
    loaded("audit", "run")
    loaded("audit", "run", "--executor", "processes", "--jobs", 2, "--shared", shared)
    one, other = (loaded.json("audit", "show", n) for n in (1, 2))
    assert other["accounts"] == one["accounts"]


def test_sharing_says_what_was_written(loaded: Cli, shared: Path) -> None:
    told = loaded("audit", "share", "again").out
    assert told == "Wrote 3 accounts as of 2026-06-30 to again; partitions: 1.\n"
    row = loaded.json("audit", "share", "third", "--known-at", "2026-03-31")
    assert (row["accounts"], row["known_at"], row["as_of"]) == (3, "2026-03-31", "2026-06-30")
    (line,) = loaded.csv("audit", "share", "fourth")
    assert line["bytes"] == str((loaded.folder / "fourth" / "part-000001.parquet").stat().st_size)
    assert "is not empty" in loaded("audit", "share", shared, code=3).err


def test_partitions_that_show_something_else_than_asked_are_refused(loaded: Cli, shared: Path) -> None:
    for option, asked in (("--as-of", "2026-05-31"), ("--known-at", "2026-05-31")):
        err = loaded("audit", "run", "--shared", shared, option, asked, code=2).err
        assert f"{option} " in err
        assert "2026-05-31" in err
    assert loaded("audit", "run", "--shared", shared, "--as-of", "2026-06-30", "--policy", "default").out
    assert "There are no partitions in none" in loaded("audit", "run", "--shared", "none", code=3).err
