"""The full review of a portfolio, account by account, and its audit kept: time, memory, speed-up by jobs.

Generated portfolios, seeded, with heavy tails, at three sizes; at the largest 10,000 accounts, 290,000
contacts, 20,000 employees, 2.9 million ties and 5 million interactions. Each run is a process of its own,
which reads some accounts at a time, reviews them and keeps the audit. Its reviews must be the same, byte
for byte, from however many processes. Memory is the most that all its processes held at one moment;
what they share is counted once.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from portfolios import portfolio
from stored import FOR_CHECK, require_same_as_import, write

SEED = 20260630
SIZES = (625, 2500, 10_000)
JOBS = (1, 2)
MOST_MEMORY = 1024
EVERY = 0.25
"""Seconds between two looks at the memory."""

FRESH = """\
import hashlib, sys, time
from graphcrm import load_policy, open_store
from graphcrm.bootstrap import SystemClock, review_portfolio
from graphcrm.services.audit import run_audit
from graphcrm.services.reading import View, settled
url, jobs = sys.argv[1], int(sys.argv[2])
text = hashlib.sha256()
def noted(reviews):
    for review in reviews:
        text.update(review.model_dump_json().encode())
        yield review
start = time.perf_counter()
with open_store(url) as store:
    view = settled(store, View(load_policy()))
    header = run_audit(store, view, SystemClock(), noted(review_portfolio(url, view, jobs=jobs)))
seconds = time.perf_counter() - start
print(header.accounts, seconds, text.hexdigest())
"""


class Ran(NamedTuple):
    """Seconds from opening the store to the audit kept; MiB of all processes at their most."""

    seconds: float
    memory: int
    digest: str


def fresh(path: Path, accounts: int, jobs: int) -> Ran:
    """An audit of the store by a process of its own."""
    command = [sys.executable, "-c", FRESH, f"sqlite:///{path}", str(jobs)]
    most = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:  # noqa: S603 - our own
        while running.poll() is None:
            most = max(most, memory_of(running.pid))
            time.sleep(EVERY)
        assert running.stdout
        reviewed, seconds, digest = running.stdout.read().split()
    if int(reviewed) != accounts:
        raise SystemExit(f"{reviewed} of {accounts} accounts were reviewed")
    return Ran(float(seconds), most // 1024, digest)


def memory_of(process: int) -> int:
    """KiB that a process and its children hold now, each page that they share counted in parts."""
    files = Path("/proc") / str(process)
    try:
        told = (files / "smaps_rollup").read_text()
        threads = [thread / "children" for thread in (files / "task").iterdir()]
        children = [int(child) for thread in threads for child in thread.read_text().split()]
    except OSError:  # it has ended
        return 0
    (held,) = [int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")]
    return held + sum(map(memory_of, children))


def main(sizes: Sequence[int] = SIZES, jobs: Sequence[int] = JOBS) -> None:
    """Audit portfolios of three sizes, in one process and in several."""
    require_same_as_import(portfolio(FOR_CHECK, SEED), SEED)
    print("review: every account reviewed and the audit kept (seconds in fresh processes, equal reviews)")
    print("   accounts  jobs    seconds    per account   times as fast   most memory in all")
    most = 0
    with TemporaryDirectory() as folder:
        for accounts in sizes:
            path = Path(folder) / "store.db"
            path.unlink(missing_ok=True)
            write(path, portfolio(accounts, SEED), SEED)
            alone = None
            for count in jobs:
                ran = fresh(path, accounts, count)
                alone = alone or ran
                if ran.digest != alone.digest:
                    raise SystemExit(f"with {count} jobs the reviews are others")
                most = max(most, ran.memory)
                each = 1000 * ran.seconds / accounts
                print(
                    f"  {accounts:9,} {count:5} {ran.seconds:10.1f} {each:11.2f} ms"
                    f" {alone.seconds / ran.seconds:15.2f} {ran.memory:16,} MiB",
                    flush=True,
                )
    reached = "reached" if most <= MOST_MEMORY else "NOT REACHED"
    print(f"    most memory in MiB, at most {MOST_MEMORY:,}: {most:,}  {reached}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("accounts", nargs="*", type=int, default=SIZES)
    parser.add_argument("--jobs", nargs="*", type=int, default=JOBS)
    given = parser.parse_args()
    main(given.accounts, given.jobs)
