"""Pricing every departure of a portfolio: the screen against the script, the libraries, and one read.

The portfolio is generated, seeded, with heavy tails; strengths are given. Whoever works account by account
runs on a sample stratified by size, scaled to the portfolio. All losses must agree to nine decimals first.
The limit is one read of the two columns of ties, a numpy sum, in the same process. Memory is that of fresh
processes. Other work on the machine moves the times: read ratios within a run.
"""

import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from math import isnan
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import TypeVar

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot as plt
from portfolios import Rows, all_rows, portfolio
from sampling import Scaled, one_by_one, sample, timed
from screen_peers import Losses, columns_of_rows, igraph_losses, naive, pandas_losses, rustworkx_losses

from graphcrm.portfolio import compiled, kernels
from graphcrm.portfolio.choice import Loops
from graphcrm.portfolio.columns import PortfolioColumns
from graphcrm.portfolio.screen import Screened, screen

T = TypeVar("T")

SEED, ROUNDS, EQUAL = 20260630, 7, 1e-9
SIZES = (100, 1000, 10_000)
FOR_PANDAS = 1000
"""Accounts that pandas is given at most: its join of more would not fit small machines."""
ALONE = ("naive", "igraph", "rustworkx")
"""Who works account by account."""
PICTURE = Path(__file__).resolve().parents[1] / "docs" / "images" / "screen-cost.svg"

FRESH = """\
import sys
from pathlib import Path
import numpy as np
from graphcrm.portfolio.columns import PortfolioColumns
from graphcrm.portfolio.screen import screen
with np.load(sys.argv[1]) as stored:
    columns = {n: tuple(a.tolist()) if a.dtype.kind == "U" else a for n, a in stored.items()}
if sys.argv[2] != "load":
    screen(PortfolioColumns(**columns), sys.argv[2])
status = Path("/proc/self/status").read_text()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""
# Not ru_maxrss: a process takes that over from the one that starts it.


@dataclass(frozen=True)
class Times:
    """Seconds for one portfolio. ``screen`` and ``kernel`` are by the name of the kernel."""

    accounts: int
    others: Mapping[str, Scaled]
    building: float
    screen: Mapping[str, float]
    kernel: Mapping[str, float]
    limit: float

    def whole(self, kernel: str) -> float:
        """From the rows that the script takes to all figures."""
        return self.building + self.screen[kernel]


def measure(accounts: int, script: ModuleType) -> Times:
    """Time everybody on a portfolio of so many accounts; equality first."""
    columns = portfolio(accounts, SEED)
    columns.validate()
    screened = screen(columns, "numpy")
    strata, others = sample(columns, SEED), {}
    prices = (script.departure_losses, igraph_losses, rustworkx_losses)
    for name, price in zip(ALONE, prices, strict=True):
        found, others[name] = one_by_one(columns, strata, price)
        refuse_difference(name, columns, screened, found.items())
    if accounts <= FOR_PANDAS:
        several, seconds = timed_on_rows(columns, pandas_losses)
        others["pandas"] = Scaled(seconds, 0.0)
        refuse_difference("pandas", columns, screened, enumerate(several))
    built, building = timed_on_rows(columns, columns_of_rows)
    for kernel in ("numpy", "compiled"):
        again = screen(built, kernel)  # the first run of the compiled kernel loads numba
        np.testing.assert_array_equal(again.labels.value, screened.labels.value)
        np.testing.assert_allclose(again.reached, screened.reached, rtol=0, atol=EQUAL)
    fast = screen(columns, "compiled")
    np.testing.assert_array_equal(fast.departures.employee, screened.departures.employee)
    np.testing.assert_allclose(fast.loss, screened.loss, rtol=0, atol=EQUAL)
    # Turn by turn, so that what else the machine does meets all alike.
    runs: dict[str, Callable[[], object]] = {
        "limit": lambda: (columns.tie_employee.sum(), columns.tie_strength.sum()),
        "numpy kernel": lambda: price_all(columns, kernels),
        "compiled kernel": lambda: price_all(columns, compiled),
        "numpy": lambda: screen(columns, "numpy"),
        "compiled": lambda: screen(columns, "compiled"),
    }
    rounds = [{name: timed(run)[1] for name, run in runs.items()} for _ in range(ROUNDS)]
    least = {name: min(times[name] for times in rounds) for name in runs}
    return Times(
        accounts=accounts,
        others=others,
        building=building,
        screen={kernel: least[kernel] for kernel in ("numpy", "compiled")},
        kernel={kernel: least[f"{kernel} kernel"] for kernel in ("numpy", "compiled")},
        limit=least["limit"],
    )


def timed_on_rows(columns: PortfolioColumns, function: Callable[[list[Rows]], T]) -> tuple[T, float]:
    """What the function makes of all accounts as rows, and the seconds; making the rows is not counted."""
    rows = list(all_rows(columns))
    return timed(lambda: function(rows))


def price_all(columns: PortfolioColumns, loops: Loops) -> None:
    """The kernel: labels of contacts and seats, and what leaves with whom."""
    loops.departures(columns, loops.row_labels(columns, loops.contact_labels(columns)))


def refuse_difference(
    name: str, columns: PortfolioColumns, screened: Screened, found: Iterable[tuple[int, Losses]]
) -> None:
    """Stop where a loss differs from the screen's, or where others are priced."""
    start, employee = screened.departures.start, screened.departures.employee
    for account, losses in found:
        listed = slice(start[account], start[account + 1])
        ours = dict(zip(employee[listed].tolist(), screened.loss[listed].tolist(), strict=True))
        if ours.keys() != losses.keys():
            raise SystemExit(f"{name} prices others in {columns.accounts[account]}")
        for who, loss in losses.items():
            equal = isnan(ours[who]) if loss is None else abs(loss - ours[who]) <= EQUAL
            if not equal:
                raise SystemExit(f"{name}: {columns.accounts[account]}, {who}: {loss} and {ours[who]}")


def report(times: Times) -> None:
    """The ratios of one size, and what is asked of them."""
    naive_seconds = times.others["naive"].seconds

    def line(name: str, seconds: float, error: float = 0.0) -> None:
        spread = f"±{error:.2g}" if error else ""
        print(f"    {name:28}{seconds:12.3g} {spread:8}{naive_seconds / seconds:12,.1f}")

    print(f"  {times.accounts:,} accounts{'seconds':>24}{'times naive':>21}")
    for name, scaled in times.others.items():
        line(name, scaled.seconds, scaled.error)
    line("building the columns", times.building)
    for kernel in ("numpy", "compiled"):
        line(f"{kernel}, the kernel", times.kernel[kernel])
        line(f"{kernel}, all figures", times.screen[kernel])
        line(f"{kernel}, with building", times.whole(kernel))
    line("limit: one read of the ties", times.limit)
    asked = (
        ("naive / numpy, with building, at least 25", naive_seconds / times.whole("numpy"), 25, True),
        ("naive / compiled kernel, at least 300", naive_seconds / times.kernel["compiled"], 300, True),
        ("compiled kernel / limit, at most 60", times.kernel["compiled"] / times.limit, 60, False),
    )
    for what, ratio, border, at_least in asked:
        reached = ratio >= border if at_least else ratio <= border
        print(f"    {what:44}{ratio:12,.0f}  {'reached' if reached else 'NOT REACHED'}")


def memory(columns: PortfolioColumns) -> None:
    """The most memory of a fresh process that only loads the columns, and of one that also screens them.

    The system says it where there is a ``/proc``.
    """
    if not Path("/proc/self/status").exists():
        return
    with TemporaryDirectory() as folder:
        stored = Path(folder) / "columns.npz"
        np.savez(stored, **{f.name: np.asarray(getattr(columns, f.name)) for f in fields(columns)})
        for what in ("load", "numpy", "compiled"):
            done = subprocess.run(  # noqa: S603 - our own interpreter and script
                [sys.executable, "-c", FRESH, str(stored), what], check=True, capture_output=True, text=True
            )
            print(f"    most memory of a fresh process, {what:9} {int(done.stdout) // 1024:6} MiB")


def draw(measured: Iterable[Times]) -> None:
    """Cost against size, both on logarithmic scales."""
    lines: dict[str, list[tuple[int, float]]] = {}
    for times in measured:
        for name, scaled in times.others.items():
            lines.setdefault(name, []).append((times.accounts, scaled.seconds))
        for kernel in ("numpy", "compiled"):
            lines.setdefault(f"screen, {kernel}", []).append((times.accounts, times.screen[kernel]))
        lines.setdefault("one read of the ties", []).append((times.accounts, times.limit))
    mpl.rcParams.update({"svg.hashsalt": "graphcrm", "svg.fonttype": "none", "font.size": 9})
    figure, axes = plt.subplots(figsize=(7.2, 4.4), layout="constrained")
    for name, points in lines.items():
        axes.plot(*zip(*points, strict=True), marker="o", markersize=4, label=name)
    axes.set(xscale="log", yscale="log", xlabel="accounts, of 290 ties each on average", ylabel="seconds")
    axes.set_title("Pricing every departure of a portfolio")
    axes.grid(visible=True, alpha=0.3)
    figure.legend(loc="outside right upper", frameon=False)
    figure.savefig(PICTURE, metadata={"Date": None})
    plt.close(figure)


def main() -> None:
    """Compare at three sizes, measure memory at the largest, and draw."""
    print("screen: every departure of a portfolio priced (equal losses checked)")
    script = naive()
    if script is None:
        print(
            "  skipped: the script of the comparison, shared/bench/naive.py, is not beside the repository"
        )
        return
    measured = []
    for accounts in SIZES:
        measured.append(measure(accounts, script))
        report(measured[-1])
    memory(portfolio(SIZES[-1], SEED))
    draw(measured)
    print(f"    drawn: docs/images/{PICTURE.name}")


if __name__ == "__main__":
    main()
