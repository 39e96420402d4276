"""Which language to speak, before anything is said."""

import os
from collections.abc import Sequence
from contextvars import ContextVar
from itertools import pairwise

from graphcrm.i18n import LANGUAGES, activate

asked: ContextVar[str | None] = ContextVar("asked", default=None)
"""The language asked for before the command's name; the command's own option outranks it."""


def chosen_language(arguments: Sequence[str]) -> str:
    """Activate and return the language of ``--lang``, else of ``GRAPHCRM_LANG``, else English.

    One nobody speaks here is left for the options to refuse, in English.
    """
    language = os.environ.get("GRAPHCRM_LANG") or "en"
    for argument, following in pairwise((*arguments, "")):
        if argument == "--lang":
            language = following
        elif argument.startswith("--lang="):
            language = argument.removeprefix("--lang=")
    language = language if language in LANGUAGES else "en"
    activate(language)
    return language
