"""An employee's exposure as the API returns it."""

from collections.abc import Mapping
from datetime import date

from pydantic import Field

from graphcrm.api.models.document import Document
from graphcrm.api.models.money import Total
from graphcrm.records.interval import Interval
from graphcrm.records.review import Verdict


class ExposedAccount(Document):
    """What an account loses with the employee."""

    account: str
    name: str
    departure_loss: Interval | None = Field(description="Share of reach that leaves with the employee.")
    sole_routes: tuple[str, ...] = Field(description="Seats that only this employee reaches.")
    revenue_at_risk: Interval | None = Field(description="Revenue that would follow: an assumption.")
    currency: str | None
    three_dimensional: Verdict
    three_dimensional_without: Verdict = Field(description="The same without the employee.")
    adequate: Verdict
    adequate_without: Verdict = Field(description="The same without the employee.")
    reasons: Mapping[str, str]


class EmployeeExposure(Document):
    """What hangs on one of our employees. Scores are no basis for judging an employee."""

    employee: str
    name: str
    as_of: date
    known_at: date | None
    policy: str
    present: bool = Field(description="Whether the employee is there on that day; if not, nothing hangs.")
    accounts: tuple[ExposedAccount, ...] = Field(
        description="Accounts that the departure would concern, the greatest loss first."
    )
    revenue_at_risk: Total = Field(description="Revenue at risk over these accounts.")
    caution: str
    names: Mapping[str, str]
