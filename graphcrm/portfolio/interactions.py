"""Interactions as columns: what each adds to its pairs of employee and contact, added up while reading."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain, repeat
from operator import is_not
from typing import Any, NamedTuple

import numpy as np

from graphcrm.graph.facts import scale_value
from graphcrm.graph.strength import SECONDS_A_DAY
from graphcrm.policies import Policy
from graphcrm.portfolio.codes import (
    Codes,
    Integers,
    apart,
    distinct,
    expanded,
    looked_up,
    new,
    pairs_of,
    starts,
)
from graphcrm.portfolio.columns import NONE, Flags, Reals
from graphcrm.portfolio.directory import Directory
from graphcrm.records.base import end_of

AT_MOST = 2_000_000
"""Additions that wait until they are added up."""


class Sums:
    """Σ of what is added to each of many keys."""

    def __init__(self) -> None:
        self._keys: list[Integers] = []
        self._values: list[Reals] = []
        self._waiting = 0

    def add(self, keys: Integers, values: Reals) -> None:
        """Add each value to its key."""
        self._keys.append(keys)
        self._values.append(values)
        self._waiting += len(keys)
        if self._waiting > AT_MOST:
            summed = self.taken()
            self._keys, self._values = [summed[0]], [summed[1]]

    def taken(self) -> tuple[Integers, Reals]:
        """The keys, ascending, and their sums, which are not kept here any more."""
        keys = np.concatenate((*self._keys, np.empty(0, np.int64)))
        values = np.concatenate((*self._values, np.empty(0)))
        self._keys, self._values, self._waiting = [], [], 0
        order = np.argsort(keys)
        keys, values = keys[order], values[order]
        first = np.flatnonzero(new(keys))
        return keys[first], np.add.reduceat(values, first) if len(first) else values


class _Entries(NamedTuple):
    """Who is in which interaction, each once: rows ascend."""

    row: Integers
    person: Integers

    def where(self, these: Flags) -> "_Entries":
        return _Entries(self.row[these], self.person[these])


class Interactions:
    """The observed strengths of pairs (method, section 3), from interactions that are not kept.

    ``people`` numbers everybody who is named, on record or not.
    """

    def __init__(self, policy: Policy, as_of: date, people: Codes) -> None:
        self._policy = policy
        self._end = np.datetime64(end_of(as_of).replace(tzinfo=None), "us")
        self._people = people
        self._channels = Codes()
        self._together, self._received, self._sent = Sums(), Sums(), Sums()

    def take(self, values: Mapping[str, Sequence[Any]], employees: Flags, contacts: Flags) -> None:
        """Add some thousand interactions; the flags say, by person, whose pairs count.

        A directed one joins its sender with each recipient only.
        """
        # Times are UTC and end in Z, which numpy does not want.
        age = (self._end - np.array([at[:-1] for at in values["at"]], "M8[us]")).astype(np.int64)
        lists = [
            p if p is not None else to for p, to in zip(values["participants"], values["to"], strict=True)
        ]
        channel = self._channels.of(values["channel"])
        entries, sender = self._entries(lists, values["from"])
        count = np.bincount(entries.row, minlength=len(lists))
        counts = age > 0
        entries = entries.where(counts[entries.row])
        ours = entries.where(flagged(employees, entries.person))
        theirs = entries.where(flagged(contacts, entries.person))
        directed, by_ours = sender >= 0, flagged(employees, sender)
        by_theirs = flagged(contacts, sender) & counts

        def weighed(row: Integers) -> Reals:
            return self._weights(channel[row]) / np.maximum(1, count - 1)[row] * self._faded(age[row])

        row, employee, contact = _joined(
            ours.where(~directed[ours.row]), theirs.where(~directed[theirs.row]), len(lists)
        )
        self._together.add(pairs_of(employee, contact), weighed(row))
        got = ours.where(by_theirs[ours.row])
        self._received.add(pairs_of(got.person, sender[got.row]), weighed(got.row))
        to = theirs.where(by_ours[theirs.row])
        self._sent.add(pairs_of(sender[to.row], to.person), weighed(to.row))

    def observed(self) -> tuple[Integers, Reals]:
        """Pairs, ascending, and o = 1 − e^(−x/4) of each; what was added up is not kept any more."""
        scale = self._policy.strength
        added = [sums.taken() for sums in (self._sent, self._received, self._together)]
        pairs = distinct(np.concatenate([keys for keys, _ in added]))
        together, received, sent = (_spread(pairs, *added.pop()) for _ in range(len(added)))
        x = together
        x += scale.reciprocated * np.minimum(received, sent)
        x += scale.one_sided * np.abs(received - sent)
        return pairs, 1 - np.exp(-x / scale.saturation)

    def _entries(
        self, lists: Sequence[Sequence[str]], senders: Sequence[str | None]
    ) -> tuple[_Entries, Integers]:
        """Who is in which interaction, and who sent it; −1 is nobody."""
        lengths = np.fromiter(map(len, lists), np.int64, len(lists))
        sent = [sender for sender in senders if sender is not None]
        directed = np.flatnonzero(np.fromiter(map(is_not, senders, repeat(None)), np.bool_, len(lists)))
        row = np.concatenate((np.repeat(np.arange(len(lists)), lengths), directed))
        named = [*chain.from_iterable(lists), *sent]
        person = self._directory.of(named)
        sender = np.full(len(lists), NONE)
        sender[directed] = person[len(person) - len(sent) :]
        return _Entries(*apart(distinct(pairs_of(row, person)))), sender

    @cached_property
    def _directory(self) -> Directory:
        """Of everybody named before the first interaction."""
        return Directory(self._people)

    def _weights(self, channels: Integers) -> Reals:
        """The weight of each channel. Raises PolicyError for a word the policy does not define."""
        scale, policy = self._policy.strength.channels, self._policy
        return looked_up(
            channels,
            list(self._channels),
            lambda word: scale_value(scale, str(word), "strength.channels", policy),
        )

    def _faded(self, microseconds: Integers) -> Reals:
        """2^(−age/half-life), as ``graphcrm.graph.strength.fading`` has it."""
        half_life = self._policy.strength.half_life_days
        if half_life is None:
            return np.ones(len(microseconds))
        return np.power(2.0, -(microseconds / 1e6 / SECONDS_A_DAY) / half_life)


def flagged(flags: Flags, people: Integers) -> Flags:
    """Whether each person is flagged; nobody is not (−1), nor who was numbered after the flags were set."""
    known = (people >= 0) & (people < len(flags))
    found = np.zeros(len(people), np.bool_)
    found[known] = flags[people[known]]
    return found


def _joined(ours: _Entries, theirs: _Entries, rows: int) -> tuple[Integers, Integers, Integers]:
    """Every pair of one of ours and one of theirs in the same row: rows, ours, theirs."""
    start = starts(ours.row, rows)
    partners = np.diff(start)[theirs.row]
    places = expanded(start[theirs.row], partners)
    return ours.row[places], ours.person[places], np.repeat(theirs.person, partners)


def _spread(pairs: Integers, some: Integers, values: Reals) -> Reals:
    """Values of some of the pairs among all of them; 0 where there is none."""
    whole = np.zeros(len(pairs))
    whole[np.searchsorted(pairs, some)] = values
    return whole
