"""A catalogue of relationship shapes: what holds, and what rests on few.

Each function writes one account of its shape into the book; ``sample_gaps.py`` holds the other half.
"""

from datetime import date

from sample_book import Book, Customer, Profile

TOP = ("ceo", "cfo", "coo", "cto", "cpo")
MIDDLE = ("cio", "plant", "quality", "buyer", "engineer", "maintenance")
LOWER = ("assistant", "controller", "project", "architect", "logistics", "technician", "foreman")
REST = ("inspector", "clerk", "accountant", "admin", "planner")
SMALL = ("owner", "bookkeeper", "stock", "floor")
STAGES = {
    "zh": ("研发", "采购", "生产", "交付", "服务"),
    "en": ("Development", "Sourcing", "Production", "Delivery", "Service"),
    "de": ("Entwicklung", "Beschaffung", "Produktion", "Lieferung", "Service"),
}
DEALS = {
    "zh": ("二期扩容", "服务续约", "新平台试点"),
    "en": ("Phase two extension", "Service renewal", "New platform pilot"),
    "de": ("Ausbau Phase zwei", "Verlängerung Service", "Pilot neue Plattform"),
}


def deals(customer: Customer, *shares: float) -> None:
    """Open opportunities, each worth a share of the annual revenue."""
    called = DEALS[customer.team.language]
    for share, name, stage in zip(shares, called, ("negotiate", "propose", "qualify"), strict=False):
        customer.opportunity(name, share, stage)


def some(book: Book, seats: tuple[str, ...]) -> list[str]:
    """Some of these seats: no two companies are built alike."""
    return [seat for seat in seats if book.dice.choice((True, False))]


def in_passing(customer: Customer) -> None:
    """Whom ours meet without looking after them: a visit to the shop floor, a mail to the accountant."""
    team, dice = customer.team, customer.book.dice
    for seat in ("accountant", "clerk", "inspector", "planner", "admin", "foreman", "technician"):
        if seat in customer.holder and dice.choice((True, False)):
            customer.knows(dice.choice((team.second, team.engineer, team.service)), seat, every=150)


def company_to_company(customer: Customer) -> None:
    """Agreement, sponsorship, steering committee and joint work, each with several owners."""
    team, stages = customer.team, STAGES[customer.team.language]
    customer.stages(*stages)
    customer.agreement("strategic_agreement", date(2024, 9, 1), team.executive, team.lead)
    customer.mechanism("executive_sponsorship", (team.executive, team.lead), ("ceo",), every=180)
    customer.mechanism(
        "steering_committee", (team.lead, team.delivery), ("cpo", "coo"), every=90, stage=stages[1]
    )
    customer.mechanism(
        "joint_innovation", (team.solution, team.engineer), ("cto", "engineer"), every=60, stage=stages[0]
    )
    customer.mechanism("embedded_service", (team.service, team.delivery), (), stage=stages[4])
    deals(customer, 0.4, 0.1)
    in_passing(customer)


def function_meets_function(customer: Customer, trust: str | None = None) -> None:
    """Each of ours looks after who does the same there: level meets level."""
    team = customer.team
    customer.knows(team.executive, "ceo", "trusted", every=120, trust=trust)
    customer.knows(team.lead, "cpo", "trusted", every=60, trust=trust)
    customer.knows(team.solution, "cto", "trusted", every=85, trust=trust)
    customer.knows(team.delivery, "coo", "trusted", every=85, trust=trust)
    customer.knows(team.second, "buyer", "in_depth", every=80)
    customer.knows(team.engineer, "engineer", "in_depth", every=80)
    customer.knows(team.service, "maintenance", "in_depth", every=80)
    customer.knows(team.service, "plant", "multiple", every=150)


# --- three-dimensional ------------------------------------------------------------------------------


def twice_covered(book: Book, profile: Profile) -> Customer:
    """Every key seat is known well by two of ours: no departure breaks it. Robustly three-dimensional."""
    customer = Customer(book, profile, (*TOP, *MIDDLE, *LOWER, *some(book, REST)))
    team = profile.team
    function_meets_function(customer)
    customer.knows(team.executive, "cfo", "trusted", every=135)
    for employee, seat in (
        (team.lead, "ceo"), (team.lead, "cfo"), (team.executive, "cpo"), (team.engineer, "cto"),
        (team.service, "coo"),
    ):  # fmt: skip
        customer.knows(employee, seat, "in_depth", every=100)
    for employee, seat in (
        (team.solution, "cio"), (team.delivery, "quality"), (team.delivery, "plant"),
        (team.second, "controller"), (team.engineer, "architect"), (team.engineer, "technician"),
        (team.service, "foreman"), (team.service, "logistics"), (team.second, "assistant"),
    ):  # fmt: skip
        customer.knows(employee, seat, "multiple", every=180)
    customer.thinks(
        ceo="supporter", cfo="supporter", coo="strong_supporter", cto="strong_supporter",
        cpo="strong_supporter", cio="supporter", plant="supporter", engineer="coach", buyer="supporter",
        project="neutral", logistics="neutral",
    )  # fmt: skip
    company_to_company(customer)
    return customer


def diamond(book: Book, profile: Profile) -> Customer:
    """Function meets function and level meets level, one to one: three-dimensional, yet not robustly."""
    customer = Customer(book, profile, (*TOP, *MIDDLE, *LOWER[:4], *some(book, REST)))
    function_meets_function(customer)
    customer.knows(profile.team.lead, "cfo", "in_depth", every=100)
    customer.knows(profile.team.second, "controller", "multiple", every=180)
    customer.knows(profile.team.solution, "cio", "multiple", every=125)
    customer.thinks(
        ceo="strong_supporter", cfo="supporter", coo="strong_supporter", cto="strong_supporter",
        cpo="strong_supporter", cio="neutral", plant="supporter", engineer="supporter", buyer="neutral",
        project="neutral",
    )  # fmt: skip
    company_to_company(customer)
    return customer


def firm_held(book: Book, profile: Profile) -> Customer:
    """A diamond whose customer trusts the firm, not its people: robust without a second person each."""
    customer = Customer(book, profile, (*TOP, *MIDDLE, *LOWER[:3]))
    function_meets_function(customer, trust="firm")
    customer.knows(profile.team.executive, "cfo", "trusted", every=70, trust="firm")
    customer.knows(profile.team.lead, "cfo", "in_depth", every=70)
    customer.knows(profile.team.solution, "cio", "multiple", every=110)
    customer.knows(profile.team.delivery, "quality", "multiple", every=110)
    customer.thinks(
        ceo="coach", cfo="coach", coo="coach", cto="strong_supporter", cpo="coach", cio="supporter",
        plant="supporter", engineer="supporter", buyer="supporter", project="neutral",
    )  # fmt: skip
    company_to_company(customer)
    return customer


# --- resting on few ----------------------------------------------------------------------------------


def star(book: Book, profile: Profile, employee: str) -> Customer:
    """Nearly everything hangs on one salesperson: adequate today, not without them."""
    customer = Customer(book, profile, ("ceo", "cfo", "cpo", "buyer", "plant", "foreman"), owner=employee)
    for seat, level in (("ceo", "trusted"), ("cpo", "trusted"), ("cfo", "in_depth"), ("plant", "in_depth")):
        customer.knows(employee, seat, level, every=55)
    customer.knows(employee, "buyer", every=45)
    customer.knows(profile.team.service, "foreman", "multiple", every=110)
    customer.thinks(
        ceo="supporter", cfo="supporter", cpo="strong_supporter", plant="supporter", buyer="supporter"
    )
    customer.agreement("framework_agreement", date(2025, 3, 1), employee)
    deals(customer, 0.3)
    return customer


def bow_tie(book: Book, profile: Profile) -> Customer:
    """One of ours knows one of theirs, very well; behind each stands a whole company that never met."""
    customer = Customer(
        book, profile, ("ceo", "cfo", "cto", "cpo", "buyer", "engineer", "quality", "foreman")
    )
    customer.knows(customer.owner, "cpo", "trusted", every=25)
    customer.thinks(cpo="coach")
    customer.agreement("framework_agreement", date(2024, 5, 1), customer.owner)
    deals(customer, 0.2)
    return customer


def small_bow_tie(book: Book, profile: Profile) -> Customer:
    """The same between two small firms: enough for a transactional account, until one of the two goes."""
    customer = Customer(book, profile, SMALL, owner=profile.team.second)
    customer.knows(profile.team.second, "owner", "trusted", every=35)
    customer.thinks(owner="strong_supporter")
    return customer


def gatekept(book: Book, profile: Profile) -> Customer:
    """The one who decides is reached through the assistant only; that has worked for years."""
    customer = Customer(book, profile, ("ceo", "assistant", "buyer", "architect", "foreman", "legal"))
    team = profile.team
    customer.knows(team.lead, "assistant", "trusted", every=35)
    customer.knows(team.second, "assistant", "in_depth", every=55)
    customer.knows(team.second, "buyer", "in_depth", every=55)
    customer.knows(team.engineer, "architect", "multiple", every=90)
    customer.knows(team.service, "foreman", "multiple", every=90)
    customer.thinks(ceo="strong_supporter", buyer="supporter")
    book.add(
        "influences",
        from_=customer.seat("assistant"),
        to=customer.seat("ceo"),
        kind="informal",
        strength=0.8,
    )
    customer.agreement("framework_agreement", date(2024, 10, 1), team.lead)
    return customer


# --- groups ------------------------------------------------------------------------------------------


def head_office(book: Book, profile: Profile, *subsidiaries: str) -> Customer:
    """A group's head office: its chief executive and head of purchasing decide for the subsidiaries."""
    customer = diamond(book, profile)
    customer.states("ceo", decides_for=subsidiaries)
    customer.states("cpo", decides_for=subsidiaries)
    return customer


def subsidiary(book: Book, profile: Profile) -> Customer:
    """Nobody here decides; local people use what head office buys."""
    customer = Customer(book, profile, ("plant", "buyer", "maintenance", "foreman"))
    team = profile.team
    customer.knows(team.delivery, "plant", "in_depth", every=70)
    customer.knows(team.second, "buyer", "multiple", every=90)
    customer.knows(team.service, "maintenance", "multiple", every=90)
    customer.thinks(plant="supporter", buyer="neutral")
    customer.agreement("framework_agreement", date(2024, 9, 1), team.lead)
    return customer


# --- small -------------------------------------------------------------------------------------------


def over_the_counter(book: Book, profile: Profile) -> Customer:
    """A small customer who orders and is content: one of ours is enough."""
    customer = Customer(book, profile, SMALL, owner=profile.team.second)
    customer.knows(profile.team.second, "owner", "trusted", every=90)
    customer.orders(profile.team.second, "stock", every=book.dice.randint(20, 40))
    customer.thinks(owner=book.dice.choice(("supporter", "strong_supporter", "coach")))
    return customer


def over_the_counter_twice(book: Book, profile: Profile) -> Customer:
    """A small customer whom two of ours know: adequate, and robustly so."""
    customer = over_the_counter(book, profile)
    customer.knows(profile.team.lead, "owner", "in_depth", every=70)
    customer.knows(profile.team.service, "stock", "multiple", every=90)
    customer.knows(profile.team.service, "bookkeeper", "multiple", every=110)
    customer.thinks(bookkeeper="supporter")
    return customer
