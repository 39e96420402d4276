"""One run of a command: its settings, and what they lead to."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from graphcrm.bootstrap import open_store, store_to_rehearse
from graphcrm.cli.language import asked
from graphcrm.cli.options import Format
from graphcrm.errors import N_, InputError
from graphcrm.graph.facts import Facts
from graphcrm.i18n import activate
from graphcrm.policies import Policy, load_policy
from graphcrm.ports.store import Store
from graphcrm.records.base import FIRST_DAY, LAST_DAY, within_reach
from graphcrm.services.reading import View, read_facts
from graphcrm.settings import Settings

STEERING = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
"""Control characters and those that turn the direction of writing: a name from elsewhere may hold them."""
del STEERING[ord("\n")]


@dataclass(frozen=True)
class Run:
    """Settings of this run: options over variables over defaults."""

    settings: Settings
    given: frozenset[str]

    @classmethod
    def of(cls, **options: str | int | None) -> "Run":
        """The run of a command; an option that was not given is None.

        Raises InputError for a setting that makes no sense.
        """
        options["lang"] = options.get("lang") or asked.get()
        given = {name: _plain(name, value) for name, value in options.items() if value is not None}
        settings = Settings.of(**given)
        for name in ("as_of", "known_at"):
            _within_reason(name, getattr(settings, name))
        if settings.format not in set(Format):
            raise InputError(
                N_("Format {format!r} is not one of table, json, csv."),
                hint=N_("Change --format or GRAPHCRM_FORMAT."),
                format=settings.format,
            )
        activate(settings.lang)
        return cls(settings, frozenset(given))

    @property
    def format(self) -> Format:
        """How to write the result."""
        return Format(self.settings.format)

    @property
    def lang(self) -> str:
        """The language of what people read."""
        return self.settings.lang

    @cached_property
    def policy(self) -> Policy:
        """The method pack."""
        return load_policy(self.settings.policy)

    @cached_property
    def view(self) -> View:
        """What to look at."""
        return View(self.policy, self.settings.as_of, self.settings.known_at)

    @contextmanager
    def store(self, *, create: bool = False) -> Iterator[Store]:
        """The store, closed afterwards."""
        with self.open_store(create=create) as store:
            yield store

    @contextmanager
    def store_to_rehearse(self) -> Iterator[Store]:
        """The store, or an empty one where there is none yet; closed afterwards."""
        with store_to_rehearse(self.settings.store, settings=self.settings) as store:
            yield store

    def open_store(self, *, create: bool = False) -> Store:
        """The store, for whoever closes it."""
        return open_store(self.settings.store, create=create, settings=self.settings)

    def on(self, day: date) -> "Run":
        """The same run, looking at another day."""
        return replace(self, settings=self.settings.model_copy(update={"as_of": day}))

    def facts(self) -> Facts:
        """The facts of the view's day."""
        with self.store() as store:
            return read_facts(store, self.view)

    def facts_about(self, account: str, *, everybody: bool = False) -> Facts:
        """All that bears on an account on the view's day; with ``everybody`` all our people too."""
        with self.store() as store:
            return read_facts(store, self.view, (account,), everybody=everybody)


def day_of(name: str, text: str) -> date:
    """The day an option gives; InputError where it is none, or too far from now."""
    hint = N_("Write it YYYY-MM-DD, for example 2026-06-30.")
    no_date = InputError(N_("{value!r} is not a date."), hint=hint, value=text)
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise no_date
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise no_date from None
    _within_reason(name, day)
    return day


def _plain(name: str, value: str | int) -> str | date:
    return day_of(name, str(value)) if name in {"as_of", "known_at"} else str(value)


def _within_reason(name: str, day: date | None) -> None:
    if day is not None and not within_reach(day):
        raise InputError(
            N_("{name} {day} is outside the years {first} to {last}."),
            hint=N_("Check the year."),
            name=name,
            day=day.isoformat(),
            first=FIRST_DAY.year,
            last=LAST_DAY.year,
        )


class PlainConsole(Console):
    """A console on which text from data is only text: no markup, no emoji, nothing the terminal obeys."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, highlight=False, markup=False, emoji=False)

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """What is printed, without the characters that steer a terminal."""
        for segment in super().render(renderable, options):
            if segment.control:
                yield segment
            else:
                yield Segment(segment.text.translate(STEERING), segment.style)


def console() -> Console:
    """Where results for people go."""
    return PlainConsole()


def messages() -> Console:
    """Where progress, notes and errors go, apart from results."""
    return PlainConsole(stderr=True)
