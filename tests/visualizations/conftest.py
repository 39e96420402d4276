"""Accounts to draw: the golden ones, one whose names attack, and one made by hand with everything on it."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from graphcrm.errors import Message
from graphcrm.graph.build import build_graph
from graphcrm.graph.facts import Facts
from graphcrm.i18n import LANGUAGES, activate
from graphcrm.policies import Policy, load_policy
from graphcrm.records.bundle import Bundle
from graphcrm.records.interval import Interval, exactly
from graphcrm.records.relationship_map import (
    MapInfluence,
    MapTie,
    OurPerson,
    RelationshipMap,
    TheirDepartment,
    TheirSeat,
)
from graphcrm.services.answer import answer
from graphcrm.services.relationship_map import relationship_map
from graphcrm.services.review import review

GOLDEN = Path(__file__).parents[1] / "golden"
CHROMIUM = os.environ.get("GRAPHCRM_CHROMIUM", "/usr/bin/chromium")
CHROMIUM_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ATTACKS = (
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=2>",
    "<a href='javascript:window.hacked=3'>x</a>",
    '"><svg onload=window.hacked=4>',
    "{{ 7*7 }}{% raw %}",
    "<!--<script>",
    "\u2028\u2029\u202egnihton",
)


class Drawn(NamedTuple):
    """What a page is made of."""

    account: RelationshipMap
    answer: Message


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load_policy()


@pytest.fixture(scope="session")
def golden(policy: Policy) -> Callable[[int], Drawn]:
    def load(number: int) -> Drawn:
        return drawn(json.loads((GOLDEN / f"account-{number}.json").read_text(encoding="utf-8")), policy)

    return load


@pytest.fixture(scope="session")
def hostile(policy: Policy) -> Drawn:
    """A golden account in which every name is an attack."""
    document = json.loads((GOLDEN / "account-5.json").read_text(encoding="utf-8"))
    count = 0
    for kind in ("accounts", "departments", "contacts", "employees"):
        for record in document[kind]:
            record["name"] = ATTACKS[count % len(ATTACKS)]
            count += 1
    for record in document["seats"]:
        record["title"] = ATTACKS[count % len(ATTACKS)]
        count += 1
    return drawn(document, policy)


@pytest.fixture(scope="session")
def unobserved(policy: Policy) -> Drawn:
    document = {"as_of": "2026-06-30", "accounts": [{"id": "A0", "name": "Nobody's"}]}
    return drawn(document, policy)


@pytest.fixture
def handmade(golden: Callable[[int], Drawn]) -> RelationshipMap:
    """Two departments, a seat without one, one elsewhere, a vacant one, unknown levels, and the firm."""
    seats = (
        seat("cto", "d1", 1, attitude="coach", is_key=True, only_through="eva", reach=exactly(0.8)),
        seat("cfo", "d2", 1, attitude="opponent", reach=exactly(0.5)),
        seat("buyer", "d2", 3, attitude=None, reach=Interval(0, 0.4)),
        seat("clerk", "d2", 3, attitude="neutral"),
        seat("empty", "d1", 3, holder=None, holder_name=None),
        seat("adviser", None, None),
        seat("group", None, 1, elsewhere="G", is_decider=True),
    )
    return golden(5).account.model_copy(
        update={
            "our_people": (
                OurPerson(id="eva", name="Eva", function="account", level=1, only_route_to=("cto",)),
                OurPerson(id="noah", name="诺亚", function=None, level=None, only_route_to=()),
                OurPerson(id="idle", name="Idle", function=None, level=4, only_route_to=()),
            ),
            "departments": (
                TheirDepartment(id="d1", name="Development", seats=2, reached=1),
                TheirDepartment(id="d2", name="Finance", seats=3, reached=1),
            ),
            "seats": seats,
            "ties": (
                MapTie(employee="eva", seat="cto", strength=exactly(0.8), live=True, fading=False),
                MapTie(employee="noah", seat="cfo", strength=exactly(0.5), live=True, fading=True),
                MapTie(employee="noah", seat="buyer", strength=Interval(0, 0.4), live=False, fading=False),
                MapTie(employee=None, seat="cfo", strength=exactly(0.25), live=True, fading=False),
            ),
            "influences": (
                MapInfluence(source="clerk", target="cfo", strength=0.5),
                MapInfluence(source="cfo", target="clerk", strength=0.3),
                MapInfluence(source="adviser", target="cto", strength=0.5),
            ),
        }
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium; skipped where there is none, unless GRAPHCRM_REQUIRE_BROWSER=1."""
    if not Path(CHROMIUM).exists():
        reason = f"no Chromium at {CHROMIUM}: set GRAPHCRM_CHROMIUM"
        if os.environ.get("GRAPHCRM_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only browser tests need it

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_ARGS))
        yield chromium
        chromium.close()


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language, active during the test; skipped while it has no catalogue."""
    try:
        activate(request.param)
    except FileNotFoundError:
        pytest.skip(f"there is no catalogue of {request.param!r} yet")
    yield request.param
    activate("en")


def drawn(document: dict[str, Any], policy: Policy) -> Drawn:
    bundle = Bundle.model_validate_json(json.dumps(document))
    graph = build_graph(Facts(bundle, policy), bundle.accounts[0].id)
    result = review(graph)
    return Drawn(relationship_map(graph, result), answer(result))


def seat(name: str, department: str | None, level: int | None, **known: Any) -> TheirSeat:
    fields: dict[str, Any] = {
        "holder": f"p-{name}",
        "holder_name": name.title(),
        "elsewhere": None,
        "roles": (),
        "attitude": None,
        "is_key": False,
        "is_decider": False,
        "in_scope": True,
        "reach": exactly(0.0),
        "only_through": None,
    }
    return TheirSeat(id=name, title=name, department=department, level=level, **{**fields, **known})
