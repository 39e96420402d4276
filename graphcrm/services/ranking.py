"""Ranking of accounts by risk, and how alike two rankings are."""

from collections.abc import Mapping, Sequence
from math import isnan

from graphcrm.records.interval import Interval


def ranks(risks: Mapping[str, Interval]) -> Mapping[str, int]:
    """Rank of each account, 1 the riskiest: by the high end, then the low one; ties share the best rank.

    >>> ranks({"a": Interval(1, 9), "b": Interval(2, 9), "c": Interval(1, 9), "d": Interval(0, 0)})
    {'a': 2, 'b': 1, 'c': 2, 'd': 4}
    """
    keys = {account: (-risk.high, -risk.low) for account, risk in risks.items()}
    best: dict[tuple[float, float], int] = {}
    for rank, key in enumerate(sorted(keys.values()), start=1):
        best.setdefault(key, rank)
    return {account: best[key] for account, key in keys.items()}


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Kendall's τ-b of two rankings, −1 (reversed) to 1 (the same), with ties accounted for.

    None where it is undefined: fewer than two accounts, or all of one ranking tied. Kendall 1945, The
    treatment of ties in ranking problems, *Biometrika* 33(3), doi:10.1093/biomet/33.3.239.

    >>> rank_correlation([1, 2, 3], [1, 3, 2]), rank_correlation([1, 1], [1, 2])
    (0.333333, None)
    """
    # Importing it takes longer than most commands run.
    from scipy.stats import kendalltau  # noqa: PLC0415

    if len(set(one)) < 2 or len(set(other)) < 2:  # noqa: PLR2004 - a pair
        return None
    tau = float(kendalltau(one, other, variant="b").statistic)
    return None if isnan(tau) else round(tau, 6)
