"""Numbers: whether a column holds them, and which mark stands before decimals."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from graphcrm.sources.tables.files.chunk import Cell

CORE = r"[-+]?\d[\d.,'’ \u00a0\u202f]*"
"""A number within a text such as `EUR 1.200,00`."""

_CORE = re.compile(CORE)
_GROUPED = {",": re.compile(r"\d{1,3}(,\d{3})+"), ".": re.compile(r"\d{1,3}(\.\d{3})+")}
_SIGNS = {
    "€": "EUR",
    "$": "USD",
    "US$": "USD",
    "£": "GBP",
    "¥": "CNY",
    "￥": "CNY",
    "元": "CNY",
    "人民币": "CNY",
}
_CODE = re.compile(r"[A-Z]{3}")
_SHARE = 0.98


@dataclass(frozen=True)
class Numbers:
    """How a column writes numbers; ``marked`` says that something stands around them, as a currency."""

    decimal: Literal[".", ","] = "."
    marked: bool = False
    currency: str | None = None
    unsure: bool = False
    least: float = 0.0
    whole: bool = False


def numbers_in(cells: Sequence[Cell]) -> Numbers | None:
    """How these cells write numbers; None where they do not. Empty cells are left out beforehand."""
    plain = [cell for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool)]
    words = [cell for cell in cells if isinstance(cell, str)]
    if not cells or len(plain) + len(words) < len(cells):
        return None
    cores, around = list[str](), set[str]()
    for word in words:
        found = _CORE.search(word)
        if found is None:
            return None
        cores.append(found[0].strip(" \u00a0\u202f'’"))
        around.add((word[: found.start()] + word[found.end() :]).strip())
    around.discard("")
    if not all(each in _SIGNS or _CODE.fullmatch(each) for each in around):
        return None
    marks = {_mark(core) for core in cores}
    if {".", ","} <= marks or "wrong" in marks:
        return None
    decimal: Literal[".", ","] = "," if "," in marks else "."
    values = [*map(float, plain), *(_value(core, decimal) for core in cores)]
    currencies = {_SIGNS.get(each, each) for each in around}
    return Numbers(
        decimal,
        bool(around),
        next(iter(currencies)) if len(currencies) == 1 else None,
        unsure="?" in marks and not marks & {".", ","},
        least=min(values),
        whole=all(value.is_integer() for value in values),
    )


def _mark(core: str) -> str:
    """The decimal mark a number shows: none, `?` where it may group thousands instead, or `wrong`."""
    digits = core.lstrip("+-").replace(" ", "").replace("\u00a0", "").replace("\u202f", "").replace("'", "")
    dot, comma = digits.rfind("."), digits.rfind(",")
    if dot >= 0 and comma >= 0:
        last, other = (".", ",") if dot > comma else (",", ".")
        head = digits[: max(dot, comma)]
        return last if digits.count(last) == 1 and _GROUPED[other].fullmatch(head) else "wrong"
    if dot < 0 and comma < 0:
        return ""
    mark = "." if dot >= 0 else ","
    if digits.count(mark) > 1:
        return ("," if mark == "." else ".") if _GROUPED[mark].fullmatch(digits) else "wrong"
    if not _GROUPED[mark].fullmatch(digits):
        return mark
    # 1,234 is most often a thousand, 1.234 may be either.
    return "." if mark == "," else "?"


def _value(core: str, decimal: str) -> float:
    plain = re.sub(r"[^\d+-]" if decimal not in core else rf"[^\d+\-{re.escape(decimal)}]", "", core)
    return float(plain.replace(decimal, ".") or 0)
