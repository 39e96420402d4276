"""Records, bundles and reviews for the tests of stores."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from graphcrm.records.account import Account
from graphcrm.records.assertion import Assertion
from graphcrm.records.bundle import Bundle
from graphcrm.records.contact import Contact
from graphcrm.records.department import Department
from graphcrm.records.employee import Employee
from graphcrm.records.finding import Finding
from graphcrm.records.holding import Holding
from graphcrm.records.influence import Influence
from graphcrm.records.interaction import Interaction
from graphcrm.records.interval import Count, Interval
from graphcrm.records.mechanism import Mechanism
from graphcrm.records.opportunity import Opportunity
from graphcrm.records.review import Axes, Elements, Ends, Measures, Review, RiskContributions
from graphcrm.records.seat import Seat
from graphcrm.records.stage import Stage
from graphcrm.records.store_state import ImportSummary, Known
from graphcrm.records.stream import Stream
from graphcrm.records.tie import Tie

AS_OF = date(2026, 6, 30)
AT = datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
PACK = {"name": "default", "version": "1", "weights": {"a": 0.5}, "list": ["x", 1, None, True]}


def allowed(_: Known) -> None:
    """A check that refuses nothing."""


def bring(
    store: Any,
    bundle: Bundle,
    *,
    at: datetime = AT,
    name: str = "test.json",
    check: Callable[[Known], None] = allowed,
    stream: Stream | None = None,
    rehearsal: bool = False,
) -> ImportSummary:
    """Import with everything but the bundle left at a default."""
    summary: ImportSummary = store.import_bundle(
        bundle, name=name, at=at, check=check, stream=stream, rehearsal=rehearsal
    )
    return summary


def bundle(as_of: date = AS_OF, **parts: Any) -> Bundle:
    """A bundle from lists."""
    lists = {name: tuple(part) if isinstance(part, list) else part for name, part in parts.items()}
    return Bundle(as_of=as_of, **lists)


def named(id_: str, name: str, **fields: Any) -> Account:
    """An account."""
    return Account(id=id_, name=name, **fields)


def interactions(count: int) -> tuple[Interaction, ...]:
    """That many mails."""
    return tuple(
        Interaction(
            id=f"mail-{number:07}",
            at=datetime(2026, 1 + number % 6, 1 + number % 28, number % 24, tzinfo=UTC),
            channel="email",
            **{"from": f"e{number % 50}", "to": (f"c{number % 700}",)},
        )
        for number in range(count)
    )


def one_of_each() -> Bundle:
    """A record of every kind, with odd but legal values."""
    return bundle(
        accounts=[
            named("a1", "阿尔法 \x00 'Ltd' \"“”\n", recorded_at=date(2026, 1, 1), evidence=("x", "y"))
        ],
        departments=[Department(id="d1", account="a1", name="IT", importance=2.0)],
        seats=[
            Seat(id="s1", account="a1", roles=(), source="crm", by="Li"),
            Seat(id="s2", account="a1", roles=None, decides_for=("a1",)),
        ],
        contacts=[Contact(id="c1", name="Wang", emails=("w@example.com",))],
        holdings=[Holding(contact="c1", seat="s1", valid_from=date(2020, 1, 1))],
        employees=[Employee(id="e1", name="Ana", level=3, captured=True)],
        ties=[
            Tie(employee="e1", contact="c1", level=0.5, assessed_on=AS_OF),
            Tie(id="t2", employee="e1", contact="c1", level="strong", assessed_on=AS_OF),
        ],
        assertions=[
            Assertion(subject="c1", attribute="attitude", value=None, valid_from=AS_OF),
            Assertion(subject="e1", attribute="level", value=2, valid_from=AS_OF),
            Assertion(subject="s1", attribute="roles", value=("user",), valid_from=AS_OF),
        ],
        influences=[Influence(**{"from": "s1", "to": "s2", "kind": "informal", "sign": -1})],
        interactions=[
            Interaction(
                id="i1",
                at=datetime(2026, 6, 1, 9, 0, 0, 1, tzinfo=UTC),
                channel="call",
                participants=("e1", "c1"),
                recorded_at=datetime(2026, 6, 2, tzinfo=UTC),
            ),
            *interactions(2),
        ],
        mechanisms=[Mechanism(id="m1", account="a1", kind="steering_committee", held=(AS_OF,))],
        stages=[Stage(account="a1", name="design")],
        opportunities=[Opportunity(id="o1", account="a1", amount=1e6, currency="EUR")],
    )


def observed_review(account: str = "a1") -> Review:
    """A review in which every field says something."""
    third, half = Interval(1 / 3, 2 / 3), Interval(0.5, 0.5)
    axes = Axes(key_points="proven", breadth="possible", organisation="no")
    measures = Measures(
        key_points=half,
        key_points_floor=third,
        breadth=third,
        organisation=half,
        organisation_elements=Elements(
            communication=third, matching=half, joint_work=half, recognition=third
        ),
        reach=Ends(low={"s1": 0.1}, high={"s1": 0.30000000000000004}),
        departure_loss={"e1": third, "e2": None},
        dependence=None,
        contact_loss={"c1": half, "c2": None},
        fade_90=third,
        uncovered=Interval(0.0, 1.0),
        ownership_hhi=0.25,
        bus_factor=None,
        survivability={"s1": Count(0, 3)},
        sole_route={"s1": "e1"},
        shape=axes,
        shape_after_any_departure=axes,
        meets_mode=axes,
        meets_mode_after_any_departure=axes,
        three_dimensional="no",
        robustly_three_dimensional="no",
        adequate="possible",
        robustly_adequate="no",
        shape_without={"e1": axes},
        meets_mode_without={"e1": axes},
        risk_contributions=RiskContributions(
            dependence=third,
            contact_departure=half,
            fading=half,
            uncovered_deciders=third,
            organisation=Interval(10.0, 15.5),
        ),
        revenue_at_risk={"e1": Interval(0.0, 123456.789)},
    )
    finding = Finding(
        rule="single_thread",
        account=account,
        subjects=("e1", "s1"),
        severity="high",
        evidence={"loss": [0.5, 0.75], "days": 90, "who": "e1", "gone": None},
        denominator=7,
        says="{who} alone",
        params={"who": "Ana"},
    )
    return Review(
        account=account,
        name="Acme",
        as_of=AS_OF,
        known_at=date(2026, 5, 31),
        policy="default 1",
        mode="enterprise",
        mode_assumed=True,
        observed=True,
        risk=Interval(12.5, 40.0),
        measures=measures,
        reasons={"dependence": "nothing is observed"},
        findings=(finding,),
        names={"a1": "阿尔法", "e1": "Ana"},
    )


def unobserved_review(account: str) -> Review:
    """A review of an account nothing is known about."""
    return Review(
        account=account,
        name="Acme",
        as_of=AS_OF,
        policy="default 1",
        mode="transactional",
        mode_assumed=False,
        observed=False,
        risk=Interval(0.0, 100.0),
        measures=None,
        reasons={},
        names={},
    )


def in_order(facts: Bundle) -> Mapping[str, list[str]]:
    """The records of a bundle as text, by kind, in order: equal text means equal in every respect."""
    return {
        kind: [record.model_dump_json() for record in facts.of(kind)]
        for kind in Bundle.model_fields
        if kind not in ("as_of", "source", "complete")
    }
