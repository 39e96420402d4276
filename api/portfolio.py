"""Portfolio: what one server looks at, and the facts a request asks of it."""

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
from graphcrm.services.reading import View, read_facts


@dataclass(frozen=True)
class Portfolio:
    """The store, and the view and language of a request that names none."""

    keeper: StoreKeeper
    view: View
    lang: str

    def facts(self, view: View) -> Facts:
        """The facts of a view.

        Nothing is kept between requests: an answer is never older than the store.
        """
        with self.keeper.store() as store:
            return read_facts(store, view)


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


def view(
    looked_at: PortfolioOf, as_of: AsOf = None, known_at: KnownAt = None, lang: Language = None
) -> View:
    """What the request looks at: the server's view, but for what it asks otherwise."""
    del lang  # the guard has chosen it already; here it is checked and documented
    usual = looked_at.view
    return replace(usual, as_of=as_of or usual.as_of, known_at=known_at or usual.known_at)


ViewAsked = Annotated[View, Depends(view)]


def facts(looked_at: PortfolioOf, view: ViewAsked) -> Facts:
    """The facts of the day asked for, read once for the request."""
    return looked_at.facts(view)


FactsAsked = Annotated[Facts, Depends(facts)]
