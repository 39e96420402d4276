"""A catalogue of relationship shapes: what is missing, what is lost, and what nobody has asked yet."""

from datetime import date, timedelta

from sample_book import AS_OF, START, Book, Customer, Profile
from sample_shapes import (
    LOWER,
    MIDDLE,
    REST,
    TOP,
    company_to_company,
    deals,
    diamond,
    function_meets_function,
)

# --- gaps among those who decide ---------------------------------------------------------------------


def vacant_key_seat(book: Book, profile: Profile) -> Customer:
    """A diamond until the finance seat fell vacant: whoever is next will not know us."""
    customer = diamond(book, profile)
    customer.leaves("cfo", AS_OF - timedelta(days=59))
    return customer


def opponent_decides(book: Book, profile: Profile) -> Customer:
    """Well known everywhere, and the head of purchasing, at odds with the engineers, is against us."""
    customer = Customer(book, profile, (*TOP, *MIDDLE))
    function_meets_function(customer)
    customer.thinks(
        ceo="neutral", cfo="neutral", coo="supporter", cto="strong_supporter", cpo="supporter",
        cio="neutral", plant="supporter", engineer="coach", buyer="neutral",
    )  # fmt: skip
    customer.turns(
        "cpo", "opponent", date(2026, 2, 16), recorded=date(2026, 4, 20),
        evidence="Asked two competitors to bid for what we deliver now.",
    )  # fmt: skip
    book.add(
        "influences",
        from_=customer.seat("cpo"),
        to=customer.seat("cto"),
        kind="informal",
        strength=0.4,
        sign=-1,
    )
    customer.agreement("framework_agreement", date(2024, 4, 1), profile.team.lead)
    deals(customer, 0.5)
    return customer


def broad_without_deciders(book: Book, profile: Profile) -> Customer:
    """Liked by everybody who uses our work, unknown to everybody who pays for it."""
    customer = Customer(book, profile, ("ceo", "cfo", *MIDDLE, *LOWER, *REST))
    team = profile.team
    for seat in ("engineer", "project", "technician", "maintenance", "foreman", "inspector", "logistics"):
        customer.knows(team.engineer, seat, "multiple", every=110)
        customer.knows(team.service, seat, "multiple", every=145)
    customer.knows(team.delivery, "plant", "in_depth", every=70)
    customer.knows(team.delivery, "quality", "in_depth", every=70)
    customer.thinks(
        engineer="coach", project="strong_supporter", plant="strong_supporter", logistics="supporter"
    )
    customer.mechanism("training", (team.engineer,), ("technician", "foreman"), every=90)
    return customer


def papers_without_people(book: Book, profile: Profile) -> Customer:
    """Agreement, committee, sponsorship, all on paper and on time; nobody of ours knows anybody well."""
    customer = Customer(book, profile, (*TOP, *MIDDLE, "legal"))
    company_to_company(customer)
    customer.knows(profile.team.lead, "legal", "brief", every=325)
    customer.thinks(ceo="neutral", cfo="neutral", cpo="neutral")
    return customer


# --- people who move, and time that passes -----------------------------------------------------------


def champion_left(book: Book, profile: Profile) -> tuple[Customer, str]:
    """Their head of purchasing stood up for us, and has changed employer. Returns who it was, too."""
    customer = Customer(book, profile, ("ceo", "cfo", "cpo", "buyer", "plant", "engineer"))
    team, left = profile.team, date(2026, 3, 1)
    customer.knows(team.lead, "cpo", "trusted", every=35, until=left)
    customer.knows(team.solution, "engineer", "multiple", every=90)
    customer.knows(team.second, "buyer", "in_depth", every=55)
    customer.thinks(cpo="strong_supporter", engineer="supporter", buyer="neutral")
    customer.agreement("framework_agreement", date(2024, 8, 1), team.lead)
    champion = customer.leaves("cpo", left)
    customer.joins(book.person(profile.team.language, profile.id), "cpo", date(2026, 4, 1))
    return customer, champion


def champion_arrived(book: Book, profile: Profile, champion: str) -> Customer:
    """The champion of another account decides here now, and opened the door to the others."""
    customer = Customer(book, profile, ("ceo", "cpo", "buyer", "engineer", "plant", "quality"))
    team, since = profile.team, date(2026, 3, 16)
    customer.leaves("cpo", date(2026, 3, 1))
    customer.joins(champion, "cpo", since)
    customer.knows(team.lead, "cpo", "trusted", every=20, since=since)
    customer.knows(team.executive, "ceo", "in_depth", every=35, since=since)
    customer.knows(team.solution, "engineer", "multiple", every=25, since=since)
    customer.knows(team.second, "buyer", "in_depth", every=25, since=since)
    customer.thinks(ceo="supporter", engineer="supporter", buyer="supporter", plant="neutral")
    customer.mechanism(
        "system_integration", (team.solution, team.lead), ("engineer",), every=30, since=since
    )
    deals(customer, 1.5)
    return customer


def fading(book: Book, profile: Profile) -> Customer:
    """Nobody has called for months, and what was never assessed is worth what it is observed to be."""
    customer = Customer(book, profile, (*TOP, "buyer", "plant", "engineer", "foreman"))
    team, last = profile.team, AS_OF - timedelta(days=240)
    for employee, seat, every in (
        (team.lead, "ceo", 60), (team.lead, "cpo", 45), (team.solution, "cto", 60),
        (team.delivery, "coo", 60), (team.second, "buyer", 45), (team.service, "foreman", 60),
    ):  # fmt: skip
        customer.knows(employee, seat, every=every, until=last)
    customer.thinks(ceo="supporter", cpo="supporter", cto="supporter", coo="neutral", buyer="neutral")
    customer.mechanism("steering_committee", (team.lead,), ("cpo",), every=90, until=last)
    return customer


def orphaned(book: Book, profile: Profile, gone: str) -> Customer:
    """The only one of ours who knew them has left us; nobody has been introduced since."""
    customer = Customer(book, profile, ("ceo", "cfo", "cpo", "plant", "maintenance"))
    for seat in ("cpo", "plant", "maintenance"):
        customer.knows(gone, seat, "in_depth", every=55, until=date(2026, 3, 20))
    customer.thinks(cpo="supporter", plant="supporter")
    return customer


def late_news(book: Book, profile: Profile) -> Customer:
    """The chief executive came round in March; we wrote it down in May (try ``--known-at 2026-03-31``)."""
    customer = Customer(book, profile, ("ceo", "cpo", "buyer", "quality", "engineer", "plant"))
    team = profile.team
    customer.knows(team.lead, "ceo", "in_depth", every=55)
    customer.knows(team.lead, "cpo", "trusted", every=35)
    customer.knows(team.solution, "engineer", "in_depth", every=70)
    customer.knows(team.second, "buyer", "in_depth", every=55)
    customer.knows(team.delivery, "quality", "multiple", every=110)
    customer.thinks(cpo="strong_supporter", engineer="supporter", plant="neutral", buyer="supporter")
    customer.turns("ceo", "opponent", date(2025, 5, 12), evidence="Preferred the incumbent.")
    customer.turns(
        "ceo",
        "supporter",
        date(2026, 3, 9),
        recorded=date(2026, 5, 11),
        evidence="Visited our reference site.",
    )
    customer.agreement("framework_agreement", date(2025, 6, 1), team.lead)
    return customer


# --- what nobody has asked yet -----------------------------------------------------------------------


def attitudes_unknown(book: Book, profile: Profile) -> Customer:
    """A diamond of which nobody has written down what anybody thinks of us."""
    customer = diamond(book, profile)
    people = set(customer.holder.values())
    book.lists["assertions"] = [a for a in book.lists["assertions"] if a["subject"] not in people]
    return customer


def roles_unknown(book: Book, profile: Profile) -> Customer:
    """A diamond, but what three people decide is unknown, and two of the three nobody of ours knows."""
    customer = diamond(book, profile)
    customer.unknown("roles", "quality", "architect", "plant")
    return customer


def levels_unknown(book: Book, profile: Profile) -> Customer:
    """Who decides is known, but not how high anybody stands; so nobody can say who meets whom."""
    customer = Customer(book, profile, ("ceo", "cpo", "cto", "buyer", "engineer"))
    team = profile.team
    for employee, seat in (
        (team.lead, "ceo"),
        (team.second, "cpo"),
        (team.solution, "cto"),
        (team.engineer, "engineer"),
    ):
        customer.knows(employee, seat, "in_depth", every=55)
    customer.thinks(
        ceo="strong_supporter",
        cpo="supporter",
        cto="strong_supporter",
        buyer="neutral",
        engineer="supporter",
    )
    customer.unknown("level", *customer.holder)
    return customer


def ties_unrated(book: Book, profile: Profile) -> Customer:
    """Ours say they know everybody, and nobody has said how well, least of all the outside expert."""
    customer = Customer(book, profile, (*TOP, "buyer", "engineer", "plant"))
    team = profile.team
    for employee, seat in (
        (team.lead, "ceo"), (team.lead, "cpo"), (team.lead, "cfo"), ("helen.foster", "cto"),
        ("helen.foster", "engineer"), (team.delivery, "coo"), (team.delivery, "plant"),
    ):  # fmt: skip
        customer.met(employee, seat)
    customer.knows(team.second, "buyer", every=110)
    customer.thinks(
        ceo="supporter",
        cfo="supporter",
        cpo="supporter",
        coo="supporter",
        cto="strong_supporter",
        plant="supporter",
    )
    customer.agreement("framework_agreement", START, team.lead)
    return customer


def off_the_record(book: Book, profile: Profile, *ours: str) -> Customer:
    """Long known by people of ours whose mail and calendar nobody imports: as close as ever, perhaps."""
    customer = Customer(book, profile, ("ceo", "cfo", "cpo", "buyer", "plant", "foreman"))
    long_ago = AS_OF - timedelta(days=430)
    for n, seat in enumerate(("ceo", "cfo", "cpo", "buyer", "plant")):
        customer.met(ours[n % len(ours)], seat, "in_depth", long_ago)
    customer.thinks(ceo="supporter", cfo="supporter", cpo="coach", buyer="neutral", plant="supporter")
    customer.agreement("framework_agreement", date(2023, 11, 1), ours[0])
    return customer


def mechanisms_unknown(book: Book, profile: Profile) -> Customer:
    """The people are well covered; of agreements nothing is on record, nor that there are none."""
    customer = Customer(book, profile, (*TOP, *MIDDLE), complete=False)
    function_meets_function(customer)
    customer.knows(profile.team.lead, "cfo", "in_depth", every=80)
    customer.knows(profile.team.solution, "cio", "multiple", every=125)
    customer.thinks(
        ceo="strong_supporter", cfo="supporter", coo="strong_supporter", cto="strong_supporter",
        cpo="strong_supporter", cio="neutral", plant="supporter", engineer="supporter", buyer="neutral",
    )  # fmt: skip
    return customer


def known_by_name(book: Book, profile: Profile) -> Customer:
    """A name on a list: no seat, no person, nothing observed. Unknown, which is not zero."""
    return Customer(book, profile, (), complete=False)
