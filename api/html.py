"""Pages of the API's own: templates, and the policy that pages are under."""

import re
from collections.abc import Mapping
from functools import cache
from html import unescape
from pathlib import Path

from jinja2 import Environment

from graphcrm.i18n import translate as _
from graphcrm.visualizations.templating import environment

HERE = Path(__file__).parent

PAGE_POLICY: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}
"""Our own pages take one style sheet from this server, and nothing else from anywhere."""

_STATED = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


def rendered(template: str, **values: object) -> str:
    """A page made from a template."""
    return _environment().get_template(template).render(values)


def stylesheet() -> str:
    """The one style sheet of these pages."""
    return (HERE / "static" / "page.css").read_text(encoding="utf-8")


def policy_of(page: str) -> Mapping[str, str]:
    """The policy that a page states in its head, as a header, which can also forbid to frame it.

    It is the first thing in the head, so nothing from data can stand before it.

    >>> policy_of('''<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;">''')
    {'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'"}
    """
    stated = _STATED.search(page)
    assert stated is not None, "every page states its policy"
    return {"Content-Security-Policy": f"{unescape(stated[1])}; frame-ancestors 'none'"}


@cache
def _environment() -> Environment:
    return environment(HERE / "templates", _=_)
