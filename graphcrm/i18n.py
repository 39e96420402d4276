"""Words for people, in their language: gettext catalogues under ``locales/``.

English is the language of the templates themselves. ``activate`` chooses once per process or request;
everything that prints asks ``translate`` (one word or sentence) or ``say`` (a ``Message``).
"""

from collections.abc import Iterable
from contextvars import ContextVar
from gettext import GNUTranslations, NullTranslations, translation
from pathlib import Path
from typing import Literal, get_args

from graphcrm.errors import N_, InputError, Message

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
"""The languages the faces speak; each but English has a catalogue."""

_ENGLISH = NullTranslations()
_current: ContextVar[GNUTranslations | NullTranslations] = ContextVar("translations", default=_ENGLISH)


def activate(language: str) -> None:
    """Speak this language from here on (in this thread or task).

    >>> activate("en")
    """
    if language not in LANGUAGES:
        raise InputError(
            N_("Language {language!r} is not spoken here."),
            hint=N_("Use one of: {languages}."),
            language=language,
            languages=", ".join(LANGUAGES),
        )
    if language == "en":
        _current.set(_ENGLISH)
    else:
        _current.set(translation("graphcrm", Path(__file__).parent / "locales", [language]))


def translate(text: str) -> str:
    """The text in the active language; itself where the catalogue has no entry."""
    return _current.get().gettext(text) if text else text


def say(message: Message | str) -> str:
    """The message, or a sentence without parameters, in the active language."""
    return message.text(translate) if isinstance(message, Message) else translate(message)


def listed(words: Iterable[str]) -> str:
    """The words one after another, as the language enumerates.

    >>> listed(["key points", "breadth"])
    'key points, breadth'
    """
    return translate(", ").join(words)
