"""Words and numbers as pages show them, in the active language."""

from collections.abc import Mapping

from graphcrm.i18n import translate as _
from graphcrm.records import words
from graphcrm.records.interval import Interval


def word(scale: Mapping[str, str], value: str) -> str:
    """A word of a scale."""
    return _(words.word(scale, value))


def amount(value: Interval) -> str:
    """An amount of money to three digits; more would claim too much.

    >>> amount(Interval(973639, 2112423))
    '974,000–2,110,000'
    """
    return words.number(Interval(*(float(f"{end:.3g}") for end in value)))


def share(value: Interval | None, decimals: int = 0) -> str:
    """A share in per cent: 41–52 %, or a word where it is undefined."""
    if value is None:
        return _("unknown")
    text = _("{number} %").format(number=words.percent(value, decimals))
    return text.replace(" ", "\N{NO-BREAK SPACE}")
