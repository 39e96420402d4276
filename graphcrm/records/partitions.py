"""Partitions: the facts of a portfolio in one state, in a file for each range of accounts."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from graphcrm.records.review import Result


class Partition(Result):
    """Some accounts, in id order, and the file that holds all that bears on them."""

    file: str
    accounts: tuple[str, ...]
    records: int
    bytes: int
    sha256: str


class Manifest(Result):
    """Which view a folder of partitions shows, under which policy, and what its files are.

    ``graphcrm`` is the version that wrote it: another one may review the same facts otherwise.
    """

    format: Literal["graphcrm partitions 1"] = "graphcrm partitions 1"
    graphcrm: str
    as_of: date
    known_at: date | None
    upto: int
    policy_pack: Mapping[str, object]
    partitions: tuple[Partition, ...] = ()

    @property
    def accounts(self) -> tuple[str, ...]:
        """Every account, in id order."""
        return tuple(account for partition in self.partitions for account in partition.accounts)
