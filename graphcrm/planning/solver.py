"""The solver of a plan: an integer programme, for what is too large to try one by one (section 11)."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from graphcrm.planning.worth import Worth


def solve(
    worth: Worth, options: Sequence[tuple[str, str]], budget: int, seconds: float
) -> tuple[list[tuple[str, str]], float]:
    """Ties worth as much as was found in time, and a bound that no plan can pass (scipy's HiGHS).

    One variable a tie: it is built or not. One for each route to a seat that may count: there today, or by
    a new tie. At most two routes count at a seat, one an employee; a new one only if its tie is built.
    """
    programme = _Programme(len(options), budget)
    for seat, weight in worth.weights.items():
        label = worth.labels[seat]
        least = label.best if label.by is None else label.other
        two = programme.row(2.0)
        of_employee: defaultdict[str, int] = defaultdict(lambda: programme.row(1.0))
        if label.by is None:
            programme.column(weight * label.best / 2, [two], most=2.0)
        else:
            programme.column(weight * label.best / 2, [two, of_employee[label.by]])
            programme.column(weight * label.other / 2, [two])
        for number, (employee, contact) in enumerate(options):
            through = worth.touches[contact].get(seat, 0.0) * worth.strength
            if through > least:
                built = programme.row(0.0)
                programme.enter(built, number, -1.0)
                programme.column(weight * through / 2, [two, of_employee[employee], built])
    return programme.run(options, seconds)


class _Programme:
    """Rows ``Σ a·x ≤ limit`` and columns: first one for each option, then one for each route."""

    def __init__(self, options: int, budget: int) -> None:
        self.options = options
        self.gains = [0.0] * options
        self.most = [1.0] * options
        self.limits: list[float] = []
        self.entries: list[tuple[int, int, float]] = []
        within = self.row(float(budget))
        for option in range(options):
            self.enter(within, option, 1.0)

    def row(self, limit: float) -> int:
        self.limits.append(limit)
        return len(self.limits) - 1

    def enter(self, row: int, column: int, value: float) -> None:
        self.entries.append((row, column, value))

    def column(self, gain: float, rows: list[int], most: float = 1.0) -> None:
        self.gains.append(gain)
        self.most.append(most)
        for row in rows:
            self.enter(row, len(self.gains) - 1, 1.0)

    def run(
        self, options: Sequence[tuple[str, str]], seconds: float
    ) -> tuple[list[tuple[str, str]], float]:
        # Loading scipy takes longer than most commands do.
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
        from scipy.sparse import csr_array  # noqa: PLC0415

        rows, columns, values = zip(*self.entries, strict=True)
        places = np.array([rows, columns], dtype=np.int32)  # older solvers of scipy take no wider ones
        shape = (len(self.limits), len(self.gains))
        within = LinearConstraint(csr_array((values, tuple(places)), shape=shape), ub=self.limits)
        whole = np.zeros(len(self.gains))
        whole[: self.options] = 1  # given which ties are built, the best routes are whole by themselves
        result = milp(
            -np.array(self.gains),
            constraints=within,
            bounds=Bounds(0, np.array(self.most)),
            integrality=whole,
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        )
        built = [] if result.x is None else [o for o, x in zip(options, result.x, strict=False) if x > 0.5]  # noqa: PLR2004
        bound = getattr(result, "mip_dual_bound", None)
        return built, float("inf") if bound is None else -bound
