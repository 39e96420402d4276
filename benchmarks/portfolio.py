"""From the SQLite file to a ranked table: the screen against the plain script, with the same loader.

A generated portfolio, seeded, with heavy tails: at the largest size 10,000 accounts, 290,000 contacts,
20,000 employees, 2.9 million ties and 5 million interactions. Each size is read and ranked in a fresh
process, which tells its times and its most memory. The script gets the same columns, so the same strengths,
and prices a sample stratified by size, scaled to the portfolio; its losses must be the screen's.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
from portfolios import portfolio
from sampling import one_by_one, sample
from screen import refuse_difference
from screen_peers import naive
from stored import DAY, FOR_CHECK, require_same_as_import, write

from graphcrm import load_policy
from graphcrm.portfolio.columns import PortfolioColumns
from graphcrm.portfolio.screen import screen
from graphcrm.services.portfolio import read_portfolio
from graphcrm.services.reading import View
from graphcrm.store.sqlite import open_store

SEED = 20260630
SIZES = (625, 2500, 10_000)
MOST_MEMORY, LEAST_RATIO = 1024, 20

FRESH = """\
import resource, sys, time
from pathlib import Path
from graphcrm import load_policy
from graphcrm.cli.context import console
from graphcrm.cli.portfolio_view import print_ranking
from graphcrm.services.portfolio import rank_portfolio, read_portfolio
from graphcrm.services.reading import View
from graphcrm.store.sqlite import open_store
start = time.perf_counter()
with open_store(Path(sys.argv[1]), create=False) as store:
    portfolio = read_portfolio(store, View(load_policy()))
read = time.perf_counter()
print_ranking(console(), rank_portfolio(portfolio))
done = time.perf_counter()
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
status = Path("/proc/self/status")
if status.exists():  # what the kernel tells otherwise may be that of the process we were started from
    (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
    most = int(line.split()[1]) // 1024
print(read - start, done - read, most, file=sys.stderr)
"""


class Ran(NamedTuple):
    """Seconds to read with strengths, seconds to screen, rank and print, and the most memory in MiB."""

    reading: float
    ranking: float
    memory: float


def fresh(path: Path) -> Ran:
    """The portfolio of a store, ranked and printed by a process of its own."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", FRESH, str(path)], check=True, capture_output=True, text=True
    )
    return Ran(*map(float, done.stderr.split()))


def naive_seconds(path: Path) -> tuple[float, float] | None:
    """What the script would take for every account of the store, and its standard error."""
    script = naive()
    if script is None:
        return None
    with open_store(path, create=False) as store:
        columns = live_only(read_portfolio(store, View(load_policy(), DAY)).columns)
    found, scaled = one_by_one(columns, sample(columns, SEED), script.departure_losses)
    refuse_difference("naive", columns, screen(columns), found.items())
    return scaled.seconds, scaled.error


def live_only(columns: PortfolioColumns) -> PortfolioColumns:
    """Without the ties that carry nothing, as the script wants its rows."""
    live = columns.tie_strength > 0
    before = np.concatenate(([0], np.cumsum(live)))
    return replace(
        columns,
        tie_start=before[columns.tie_start],
        tie_employee=columns.tie_employee[live],
        tie_strength=columns.tie_strength[live],
    )


def measure(sizes: Sequence[int]) -> None:
    """Each size, and against the script at the largest."""
    require_same_as_import(portfolio(FOR_CHECK, SEED), SEED)
    print("portfolio: from the SQLite file to a ranked table (seconds in fresh processes)")
    print("   accounts  interactions    MB   reading  ranking    per account   most memory")
    ran, script = Ran(0, 0, 0), None
    with TemporaryDirectory() as folder:
        for accounts in sizes:
            path = Path(folder) / "store.db"
            path.unlink(missing_ok=True)
            write(path, portfolio(accounts, SEED), SEED)
            ran = fresh(path)
            each = 1000 * (ran.reading + ran.ranking) / accounts
            print(
                f"  {accounts:9,} {500 * accounts:13,} {path.stat().st_size // 10**6:5,}"
                f" {ran.reading:9.2f} {ran.ranking:8.2f} {each:11.2f} ms {ran.memory:9.0f} MiB"
            )
        script = naive_seconds(path)
        again = fresh(path)  # on both sides of the script, for other work moves the times
    if script is None:
        print("  the plain script is not there: nothing to compare with")
        return
    seconds, error = script
    reading = (ran.reading + again.reading) / 2
    ours = reading + (ran.ranking + again.ranking) / 2
    ratio = (reading + seconds) / ours
    print(f"  the script prices all in {seconds:,.0f} ± {error:,.0f} seconds, after the same reading")
    _told(f"end to end, times the script, at least {LEAST_RATIO}", ratio, reached=ratio >= LEAST_RATIO)
    memory = max(ran.memory, again.memory)
    _told(f"most memory in MiB, at most {MOST_MEMORY}", memory, reached=memory <= MOST_MEMORY)


def _told(what: str, value: float, *, reached: bool) -> None:
    print(f"    {what:44}{value:12,.0f}  {'reached' if reached else 'NOT REACHED'}")


def main(sizes: Sequence[int] = SIZES) -> None:
    """Compare at three sizes."""
    measure(sizes)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("accounts", nargs="*", type=int, default=SIZES)
    main(parser.parse_args().accounts)
