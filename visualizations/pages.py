"""Pages: one account, and the index of a portfolio, each as one HTML file that needs nothing else."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment

from graphcrm.errors import Message
from graphcrm.i18n import say
from graphcrm.i18n import translate as _
from graphcrm.policies import Policy
from graphcrm.records import words
from graphcrm.records.relationship_map import RelationshipMap
from graphcrm.records.review import Review
from graphcrm.visualizations import account_view, index_view
from graphcrm.visualizations.csp import content_security_policy, inline
from graphcrm.visualizations.file_names import file_name
from graphcrm.visualizations.layout import map_view
from graphcrm.visualizations.map_data import in_html, map_data
from graphcrm.visualizations.pyvis_export import vis_network_script
from graphcrm.visualizations.seat_table import seat_rows
from graphcrm.visualizations.templating import environment
from graphcrm.visualizations.words import word

__all__ = ["INDEX", "account_page", "file_name", "index_page"]

HERE = Path(__file__).parent
INDEX = "index.html"
"""What the index is called; no account's page is."""

MOST_SENTENCES = 8
"""So many findings of one severity are shown before one has to ask for the rest."""


def account_page(
    account: RelationshipMap, answer: Message, policy: Policy, *, lang: str, index: str | None = None
) -> str:
    """The page of an account under the policy of its review; ``index`` is the address of the portfolio's.

    Words are in the active language (``i18n.activate``); ``lang`` only declares it.
    """
    view = map_view(account)
    scripts = (_script(), _static("map.js")) if view.seats else ()
    style = _static("page.css")
    review, measures = account.review, account.review.measures
    return (
        _environment()
        .get_template("account.html.j2")
        .render(
            lang=lang,
            security=content_security_policy(scripts, (style,)),
            style=inline(style),
            scripts=[inline(script) for script in scripts],
            account=account,
            review=review,
            measures=measures,
            policy=policy,
            answer=say(answer),
            index=index,
            axes=[] if measures is None else list(account_view.axes(account, measures, policy)),
            departures=[] if measures is None else account_view.departures(review, measures),
            causes=[] if measures is None else account_view.causes(measures, policy),
            risk=account_view.risk_bar(review.risk),
            missing=account_view.missing(review.findings),
            risk_reasons=account_view.risk_reasons(review),
            most=MOST_SENTENCES,
            view=view,
            seats=list(seat_rows(account)),
            data=in_html(map_data(view, policy)),
        )
    )


def index_page(reviews: Iterable[Review], policy: Policy, *, lang: str) -> str:
    """The index of a portfolio: every account, the highest risk first, with links to their pages."""
    style = _static("page.css")
    view = index_view.index(reviews, policy)
    return (
        _environment()
        .get_template("index.html.j2")
        .render(
            lang=lang,
            security=content_security_policy(styles=(style,)),
            style=inline(style),
            rows=view.rows,
            summary=view.summary,
            stamps=view.stamps,
        )
    )


@cache
def _environment() -> Environment:
    return environment(HERE / "templates", _=_, words=words, word=word)


@cache
def _static(name: str) -> str:
    return (HERE / "static" / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    return vis_network_script()
