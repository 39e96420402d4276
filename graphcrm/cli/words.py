"""Numbers and words as people read them on a terminal."""

from rich.padding import Padding
from rich.text import Text

from graphcrm.i18n import translate as _
from graphcrm.records import words
from graphcrm.records.finding import Severity
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
    return Text(_(words.VERDICTS[value]), style=STYLES[value])


def verdict_name(name: str) -> str:
    """What a verdict is about."""
    return _(words.VERDICT_NAMES[name])


def severity(value: Severity) -> Text:
    """A severity in a word."""
    return Text(_(words.SEVERITIES[value]), style=SEVERITY_STYLES[value])


def mode(value: str) -> str:
    """An engagement mode in a word."""
    return _(words.word(words.MODES, value))


def indented(text: Text, by: int) -> Padding:
    """A text whose every line stands in from the edge."""
    return Padding(text, (0, 0, 0, by), expand=False)


def percent(share: Interval | None) -> str:
    """A share in whole per cent: 41, or 41–52 where it is not known better; – where it is undefined."""
    return "–" if share is None else words.percent(share)


def money(value: Interval, currency: str | None) -> str:
    """An amount with its currency."""
    return f"{words.number(value)} {currency or ''}".rstrip()
