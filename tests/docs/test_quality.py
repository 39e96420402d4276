"""docs/quality.md says which gaps there are."""

import re
from pathlib import Path

from graphcrm.gaps.gap import unfilled
from graphcrm.gaps.registry import GAPS

PAGE = (Path(__file__).parents[2] / "docs" / "quality.md").read_text(encoding="utf-8")


def test_the_page_has_a_row_for_each_gap_in_the_order_of_the_registry() -> None:
    rows = re.findall(r"^\| `(\w+)` \| \S.* \| (\S.*) \|$", PAGE, re.MULTILINE)
    assert [name for name, _ in rows] == [gap.name for gap in GAPS]
    fillings = dict(rows)
    for gap in GAPS:
        assert fillings[gap.name].startswith("none: ") == (gap.fill is unfilled and not gap.closed)
        assert (fillings[gap.name] == "weighs all four verdicts") == gap.closed
