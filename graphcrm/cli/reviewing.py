"""Reviewing a portfolio in a command: by as many processes as asked for, with a bar that fills."""

from collections.abc import Iterator, Sequence

from graphcrm.bootstrap import review_portfolio
from graphcrm.cli.context import Run
from graphcrm.cli.progress import track
from graphcrm.i18n import translate as _
from graphcrm.records.review import Review
from graphcrm.services.reading import View


def reviews(run: Run, view: View, accounts: Sequence[str], jobs: int) -> Iterator[Review]:
    """These accounts of the run's store, in their order."""
    reviewed = review_portfolio(run.settings.store, view, accounts, jobs=jobs, settings=run.settings)
    return track(reviewed, len(accounts), _("Reviewing"))
