"""What spreading a review over workers costs: from the store, from partitions, by processes, on dask.

Generated portfolios, seeded, with heavy tails. The reviews must be the same, byte for byte, whoever makes
them. Workers are started and have done one partition before the clock runs: what is measured is what each
account costs, not the start. Turn by turn, the least of some rounds; read ratios within a run. CPU time is
that of all processes together, and moves less than seconds do where others work on the same cores; of it
spreading is what workers take more than one process that reviews the same partitions.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

import matplotlib as mpl
from matplotlib import pyplot as plt
from portfolios import portfolio
from stored import FOR_CHECK, require_same_as_import, write

from graphcrm import load_policy, review_partitions, review_portfolio, share_portfolio
from graphcrm.bootstrap import SystemClock, open_store, partitions_in, review_partition
from graphcrm.records.review import Review
from graphcrm.services.audit import run_audit
from graphcrm.services.parallel import processes, seldom_look_for_cycles
from graphcrm.services.reading import View
from graphcrm.services.spreading import view_over

T = TypeVar("T")

SEED = 20260630
SIZES = (50, 200, 800)
ROUNDS = 2
PICTURE = Path(__file__).resolve().parents[1] / "docs" / "images" / "spreading-cost.svg"
TICKS = os.sysconf("SC_CLK_TCK")


class Ran(NamedTuple):
    """Seconds on the clock, and of all processors."""

    seconds: float
    cpu: float


class Measured(NamedTuple):
    """One size: what writing partitions, each way and collecting took, and the bytes of all."""

    accounts: int
    writing: Ran
    ran: Mapping[str, Ran]
    collecting: Ran
    stored: int
    shared: int
    manifest: int
    reviews: int


def digest(reviews: Iterable[Review]) -> str:
    """What the reviews are, in short."""
    text = hashlib.sha256()
    for review in reviews:
        text.update(review.model_dump_json().encode())
    return text.hexdigest()


def timed(work: Callable[[], T]) -> tuple[T, Ran]:
    """What some work gives, and what it took of us and of the processes we started."""
    start, before = time.perf_counter(), cpu()
    done = work()
    return done, Ran(time.perf_counter() - start, cpu() - before)


def cpu() -> float:
    """Seconds of processors that we and the processes we started took by now."""
    spent = 0
    for pid in ("self", *children()):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        spent += int(fields[11]) + int(fields[12])
    return spent / TICKS


def children() -> list[str]:
    """The processes that we started."""
    tasks = Path("/proc/self/task").glob("*/children")
    return [pid for task in tasks for pid in task.read_text(encoding="ascii").split()]


@contextmanager
def dask(workers: int, folder: Path) -> Iterator[Executor]:
    """A scheduler and so many workers, each with one thread, as an executor."""
    from distributed import Client  # noqa: PLC0415 - an engine for those who want it

    with TemporaryDirectory(dir=folder) as place, ExitStack() as stack:
        where = Path(place) / "scheduler.json"
        worker = ("worker", "--nthreads", "1", "--no-nanny", "--memory-limit", "0")
        for command in (("scheduler", "--port", "0"), *[(*worker, "--local-directory", place)] * workers):
            options = ("--no-dashboard", "--scheduler-file", str(where))
            process = subprocess.Popen(  # noqa: S603 - our own interpreter
                [sys.executable, "-m", "dask", *command, *options],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
            while not where.exists():
                time.sleep(0.05)
        client = stack.enter_context(Client(scheduler_file=str(where)))
        client.wait_for_workers(workers)
        yield client.get_executor()


def by_workers(engine: AbstractContextManager[Executor], shared: Path, workers: int) -> tuple[str, Ran]:
    """The reviews of workers, in short, and what they took once each had done a partition."""
    with engine as executor:
        manifest = partitions_in(shared)
        for future in [
            # Each another call: an engine does the same one once.
            executor.submit(
                review_partition, shared, manifest.model_copy(update={"upto": n}), manifest.partitions[0]
            )
            for n in range(2 * workers)
        ]:
            future.result()
        return timed(lambda: digest(review_partitions(shared, executor, jobs=workers)))


def measure(accounts: int, folder: Path, rounds: int, jobs: Sequence[int]) -> Measured:
    """Everybody on a portfolio of so many accounts; equality first."""
    path, shared = folder / "store.db", folder / "shared"
    write(path, portfolio(accounts, SEED), SEED)
    url, view = f"sqlite:///{path}", View(load_policy())
    _, writing = timed(lambda: share_portfolio(url, view, shared))
    runs: dict[str, Callable[[], tuple[str, Ran]]] = {
        "store": lambda: timed(lambda: digest(review_portfolio(url, view))),
        "partitions": lambda: timed(lambda: digest(review_partitions(shared))),
        **{f"processes {n}": lambda n=n: by_workers(processes(n), shared, n) for n in jobs},
        **{f"dask {n}": lambda n=n: by_workers(dask(n, folder), shared, n) for n in jobs},
    }
    taken: dict[str, list[Ran]] = {name: [] for name in runs}
    found = set()
    for _ in range(rounds):
        for name, run in runs.items():
            text, ran = run()
            found.add(text)
            if len(found) > 1:
                raise SystemExit(f"the reviews of {name} are others")
            taken[name].append(ran)
    least = {name: Ran(*map(min, zip(*each, strict=True))) for name, each in taken.items()}
    stored, manifest = path.stat().st_size, (shared / "manifest.json").stat().st_size
    partitions = sum(p.stat().st_size for p in shared.iterdir())
    texts = [review.model_dump_json() for review in review_partitions(shared)]
    _, collecting = timed(lambda: collect(url, shared, texts))
    reviews = sum(len(text.encode()) for text in texts)
    return Measured(accounts, writing, least, collecting, stored, partitions, manifest, reviews)


def collect(url: str, shared: Path, texts: Iterable[str]) -> None:
    """What the one process does that gets the reviews of all workers: read them, and keep the audit."""
    with open_store(url) as store:
        view = view_over(store, partitions_in(shared))
        run_audit(store, view, SystemClock(), map(Review.model_validate_json, texts))


def show(measured: Measured) -> None:
    """Print one size."""
    accounts = measured.accounts
    alone, here = measured.ran["store"], measured.ran["partitions"]
    print(f"  {accounts:,} accounts: {measured.stored / accounts / 1000:,.0f} kB each in SQLite, ", end="")
    print(f"{measured.shared / accounts / 1000:,.1f} kB in partitions,")
    print(f"      {measured.manifest / accounts:,.0f} bytes in their manifest,", end="")
    print(f" {measured.reviews / accounts / 1000:,.0f} kB in the review")
    print("    who                  seconds   times as fast   ms an account   CPU ms   of it spreading")
    beside = {"writing partitions": measured.writing, "collecting": measured.collecting}
    for name, ran in {**measured.ran, **beside}.items():
        each, busy = (1000 * spent / accounts for spent in ran)
        by_workers = name not in {*beside, "store", "partitions"}
        spreading = f"{busy - 1000 * here.cpu / accounts:14.2f}" if by_workers else ""
        faster = "" if name in beside else f"{alone.seconds / ran.seconds:.2f}"
        print(
            f"    {name:20} {ran.seconds:7.1f} {faster:>15} {each:15.1f} {busy:8.1f} {spreading}".rstrip()
        )


def draw(measured: Sequence[Measured]) -> None:
    """Seconds and bytes against accounts, both axes logarithmic: a straight line of slope 1 is linear."""
    mpl.rcParams.update({"svg.hashsalt": "graphcrm", "svg.fonttype": "none", "font.size": 9})
    figure, (times, sizes) = plt.subplots(1, 2, figsize=(9, 4.2), layout="constrained")
    accounts = [each.accounts for each in measured]
    for name in measured[0].ran:
        times.plot(accounts, [each.ran[name].seconds for each in measured], marker="o", label=name)
    times.plot(
        accounts,
        [each.writing.seconds for each in measured],
        marker="s",
        ls="--",
        c="grey",
        label="writing",
    )
    sizes.plot(accounts, [each.stored / 1e6 for each in measured], marker="o", label="SQLite")
    sizes.plot(accounts, [each.shared / 1e6 for each in measured], marker="o", label="partitions")
    for axes, title in ((times, "seconds"), (sizes, "MB")):
        axes.set(xscale="log", yscale="log", xlabel="accounts", title=title)
        axes.set_xticks(accounts, labels=[f"{number:,}" for number in accounts])
        axes.set_xticks([], minor=True)
        axes.grid(visible=True, which="both", alpha=0.2)
        axes.legend(fontsize="small")
    figure.savefig(PICTURE, metadata={"Date": None})
    plt.close(figure)


def main(sizes: Sequence[int] = SIZES, rounds: int = ROUNDS, jobs: Sequence[int] = (1, 2)) -> None:
    """Measure at three sizes, and draw."""
    seldom_look_for_cycles()  # as workers do, to be fair
    require_same_as_import(portfolio(FOR_CHECK, SEED), SEED)
    print("spreading: every account reviewed, from the store and from partitions (equal reviews)")
    measured = []
    for accounts in sizes:
        with TemporaryDirectory() as folder:
            measured.append(measure(accounts, Path(folder), rounds, jobs))
        show(measured[-1])
        sys.stdout.flush()
    if len(sizes) > 1:
        draw(measured)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("accounts", nargs="*", type=int, default=SIZES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--jobs", nargs="*", type=int, default=(1, 2))
    given = parser.parse_args()
    main(given.accounts, given.rounds, given.jobs)
