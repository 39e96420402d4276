"""What to ask about an account, as the API returns it."""

from collections.abc import Mapping
from datetime import date

from pydantic import Field

from graphcrm.api.models.document import Document
from graphcrm.records.interval import Interval
from graphcrm.records.question import Value


class TurnDocument(Document):
    """One end of what a fact could turn out to be."""

    value: Value = Field(description="What somebody would enter; of an element of organisation its share.")
    risk: Interval = Field(description="Risk in points, 0 to 100, once it is known.")


class QuestionDocument(Document):
    """A fact nobody entered, whom of ours to ask, and how much better the risk would be known."""

    id: str = Field(description="Its kind and whom or what it is about: the same in every review.")
    kind: str = Field(
        description="attitude, tie, trust_holder, roles, seat_level, employee_level, or an element of "
        "organisation: communication, matching, joint_work, recognition."
    )
    subjects: tuple[str, ...] = Field(description="Ids of what it is about.")
    says: str = Field(description="The question's template, in English.")
    params: Mapping[str, str] = Field(description="What goes into the template.")
    question: str = Field(description="The question, in the language asked for.")
    ask: str | None = Field(description="Id of the employee to ask; null if nobody is known to ask.")
    ask_name: str | None = Field(description="What people call the employee to ask.")
    ends: tuple[TurnDocument, TurnDocument] = Field(description="Both ends of what it could be.")
    width_then: float = Field(description="Mean width of the risk at both ends, in points.")
    narrows: float = Field(
        description="Points by which that is less than the width now; negative if it is more."
    )


class AccountQuestions(Document):
    """Which facts, if known, would narrow the risk of an account most: those first, then by id."""

    account: str
    name: str
    as_of: date
    known_at: date | None
    policy: str
    observed: bool
    risk: Interval
    width: float = Field(description="How many points the ends of the risk are apart.")
    first: str | None = Field(description="What to enter first, where nothing is observed; else null.")
    questions: tuple[QuestionDocument, ...] = Field(description="None where nothing is observed.")
