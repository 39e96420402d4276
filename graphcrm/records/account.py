"""Account: a customer company."""

from typing import ClassVar

from pydantic import Field

from graphcrm.errors import N_
from graphcrm.records.base import Currency, Id, Money, Name, Record


class Account(Record):
    """A customer company. ``parent`` is the group it belongs to, ``owner`` one of our employees.

    ``mode`` is how we engage (transactional, consultative, enterprise; Rackham). ``mechanisms_complete``
    says that every mechanism with it is on record, so that none recorded means none there.
    """

    kind: ClassVar[str] = "accounts"

    id: Id = Field(description=N_("The account's id."))
    name: Name = Field(description=N_("What people call the account."))
    account_kind: str | None = Field(
        default=None,
        alias="kind",
        description=N_("What the account is to us: buyer, channel, supplier, end_user or partner."),
    )
    mode: str | None = Field(
        default=None, description=N_("How we work with it: transactional, consultative or enterprise.")
    )
    parent: Id | None = Field(default=None, description=N_("The group it belongs to: an account's id."))
    owner: Id | None = Field(default=None, description=N_("The employee of ours who answers for it."))
    region: str | None = Field(default=None, description=N_("Where it belongs."))
    tier: str | None = Field(default=None, description=N_("Our own rank of it."))
    annual_revenue: Money | None = Field(default=None, description=N_("What we earn with it in a year."))
    currency: Currency | None = Field(
        default=None, description=N_("The currency of the revenue, such as EUR.")
    )
    mechanisms_complete: bool = Field(
        default=False,
        description=N_(
            "Whether every mechanism with it is on record, so that none recorded means none there."
        ),
    )
