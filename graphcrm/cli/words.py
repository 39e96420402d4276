"""Numbers and words as people read them on a terminal."""

from rich.padding import Padding
from rich.text import Text

from graphcrm.i18n import translate as _
from graphcrm.records.interval import Interval
from graphcrm.records.review import Verdict

STYLES: dict[str | None, str] = {"proven": "green", "possible": "yellow", "no": "red", None: "dim"}
SEVERITY_STYLES = {"high": "bold red", "medium": "yellow", "low": "cyan", "info": "dim"}


def kind(name: str) -> str:
    """A kind of record, in a word."""
    return {
        "accounts": _("accounts"),
        "departments": _("departments"),
        "seats": _("seats"),
        "contacts": _("contacts"),
        "holdings": _("holdings"),
        "employees": _("employees"),
        "ties": _("ties"),
        "assertions": _("assertions"),
        "influences": _("influences"),
        "interactions": _("interactions"),
        "mechanisms": _("mechanisms"),
        "stages": _("stages"),
        "opportunities": _("opportunities"),
    }[name]


def verdict(value: Verdict | None) -> Text:
    """A verdict in a word; None is unknown."""
    words = {"proven": _("yes"), "possible": _("maybe"), "no": _("no"), None: _("unknown")}
    return Text(words[value], style=STYLES[value])


def verdict_name(name: str) -> str:
    """What a verdict is about."""
    return {
        "three_dimensional": _("three-dimensional"),
        "robustly_three_dimensional": _("three-dimensional whoever leaves"),
        "adequate": _("adequate"),
        "robustly_adequate": _("adequate whoever leaves"),
    }[name]


def severity(value: str) -> Text:
    """A severity in a word."""
    words = {"high": _("high"), "medium": _("medium"), "low": _("low"), "info": _("info")}
    return Text(words[value], style=SEVERITY_STYLES[value])


def indented(text: Text, by: int) -> Padding:
    """A text whose every line stands in from the edge."""
    return Padding(text, (0, 0, 0, by), expand=False)


def percent(share: Interval | None) -> str:
    """A share in whole per cent: 41, or 41–52 where it is not known better; – where it is undefined.

    Rounded down: 59.6 does not reach a standard of 60, and must not look as if it did.
    """
    return "–" if share is None else points(share.rounded_down(2) * 100)


def points(value: Interval) -> str:
    """A number of points, or the two it lies between."""
    low, high = f"{value.low:.0f}", f"{value.high:.0f}"
    return low if low == high else f"{low}–{high}"


def money(value: Interval, currency: str | None) -> str:
    """An amount with its currency."""
    low, high = f"{value.low:,.0f}", f"{value.high:,.0f}"
    return f"{low if low == high else f'{low}–{high}'} {currency or ''}".rstrip()
