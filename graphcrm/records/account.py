"""Account: a customer company."""

from typing import ClassVar

from pydantic import Field

from graphcrm.records.base import Currency, Id, Money, Name, Record


class Account(Record):
    """A customer company. ``parent`` is the group it belongs to, ``owner`` one of our employees.

    ``mode`` is how we engage (transactional, consultative, enterprise; Rackham). ``mechanisms_complete``
    says that every mechanism with it is on record, so that none recorded means none there.
    """

    kind: ClassVar[str] = "accounts"

    id: Id
    name: Name
    account_kind: str | None = Field(default=None, alias="kind")
    mode: str | None = None
    parent: Id | None = None
    owner: Id | None = None
    region: str | None = None
    tier: str | None = None
    annual_revenue: Money | None = None
    currency: Currency | None = None
    mechanisms_complete: bool = False
