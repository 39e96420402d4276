"""Portfolio: what one server looks at, and what a request asks of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, cast

from fastapi import Depends, Query, Request
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from graphcrm import i18n
from graphcrm.api.store_keeper import StoreKeeper
from graphcrm.graph.facts import Facts
from graphcrm.records.base import FIRST_DAY, LAST_DAY, Day, within_reach
from graphcrm.records.review import Review
from graphcrm.services.audit import read_reviews
from graphcrm.services.exposure import Exposure, read_exposure
from graphcrm.services.reading import View, read_facts, read_roster, settled


@dataclass(frozen=True)
class Portfolio:
    """The store, and the view and language of a request that names none."""

    keeper: StoreKeeper
    view: View
    lang: str


def _within_reason(day: date) -> date:
    if not within_reach(day):
        years = {"first": FIRST_DAY.year, "last": LAST_DAY.year}
        raise PydanticCustomError("day_out_of_reach", "outside the years {first} to {last}", years)
    return day


ReviewDay = Annotated[Day, AfterValidator(_within_reason)]
AsOf = Annotated[
    ReviewDay | None,
    Query(description="Review as of this day; without it, the day of the latest import."),
]
KnownAt = Annotated[ReviewDay | None, Query(description="Leave out what was recorded after this day.")]
Language = Annotated[
    i18n.Language | None,
    Query(description="Language of sentences; names and keys stay as they are."),
]


def portfolio(request: Request) -> Portfolio:
    """The portfolio of the app."""
    return cast("Portfolio", request.app.state.portfolio)


PortfolioOf = Annotated[Portfolio, Depends(portfolio)]


@dataclass(frozen=True)
class Asked:
    """The day a request asks about, and what of it can be read: no more than the answer needs.

    Nothing is kept between requests: an answer is never older than the store.
    """

    keeper: StoreKeeper
    view: View

    def on(self, day: date) -> "Asked":
        """The same, asked about another day."""
        return replace(self, view=replace(self.view, as_of=day))

    def facts(self) -> Facts:
        """The facts of the whole portfolio."""
        with self.keeper.store() as store:
            return read_facts(store, self.view)

    def facts_about(self, account: str, *, everybody: bool = False) -> Facts:
        """All that bears on an account; with ``everybody`` all our people too."""
        with self.keeper.store() as store:
            return read_facts(store, self.view, (account,), everybody=everybody)

    def accounts(self) -> tuple[str, ...]:
        """The ids of all accounts, in order."""
        with self.keeper.store() as store:
            return tuple(read_roster(store, self.view).accounts)

    def reviews(self) -> Iterator[Review]:
        """Every account, in order of id."""
        with self.keeper.store() as store:
            view = settled(store, self.view)
            yield from read_reviews(store, view, tuple(read_roster(store, view).accounts))

    def exposure(self, employee: str) -> Exposure:
        """What hangs on one of our employees."""
        with self.keeper.store() as store:
            return read_exposure(store, self.view, employee)


def asked(
    looked_at: PortfolioOf, as_of: AsOf = None, known_at: KnownAt = None, lang: Language = None
) -> Asked:
    """What the request asks about."""
    del lang  # the guard has chosen it already; here it is checked and documented
    view = looked_at.view
    view = replace(view, as_of=as_of or view.as_of, known_at=known_at or view.known_at)
    return Asked(looked_at.keeper, view)


AskedFor = Annotated[Asked, Depends(asked)]
