"""Strengths as columns: the proven strength of every pair on record (method, section 3)."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from graphcrm.graph.facts import scale_value
from graphcrm.graph.strength import fading
from graphcrm.policies import Policy
from graphcrm.portfolio.codes import Codes, Integers, Table, apart, distinct, latest, looked_up, pairs_of
from graphcrm.portfolio.columns import Reals
from graphcrm.portfolio.gathering import Gathered
from graphcrm.records.interval import DECIMALS


@dataclass(frozen=True)
class Strengths:
    """Every pair of an employee and a contact with a tie or an interaction that counts, each once.

    People are numbers of ``Gathered.people``. ``kept`` is what the firm keeps of the trust, φ·s.
    """

    employee: Integers
    contact: Integers
    strength: Reals
    kept: Reals


def strengths(gathered: Gathered) -> Strengths:
    """The low end of each pair's strength: o, or l = f·a + (1 − f)·o where a level was assessed.

    It is what ``graphcrm.graph.strength`` computes, to the sixth decimal. Observed strengths are summed in
    another order, so where a strength lies within 1e-15 of the middle between two roundings it may be
    rounded to the other. What was gathered of ties and interactions is used up.
    """
    policy, ties = gathered.policy, gathered.tie
    met, observed = gathered.interactions.observed()
    tied, standing = _standing(ties)
    pairs = distinct(np.concatenate((met, tied)))
    strength = np.zeros(len(pairs))
    strength[np.searchsorted(pairs, met)] = observed
    del met, observed
    places = np.searchsorted(pairs, tied)
    level = _levels(gathered.level_words, ties.taken("level")[standing], policy)
    since = ties.taken("level_since")[standing]
    assessed = np.flatnonzero(~np.isnan(level))
    strength[places[assessed]] = _faded_into(
        strength[places[assessed]], level[assessed], since[assessed], policy, gathered.as_of
    )
    del level, since, assessed
    strength = rounded(strength)
    kept = np.zeros(len(pairs))
    share = _shares(gathered.trust_holders, ties.taken("trust_holder")[standing], policy)
    kept[places] = share * strength[places]
    employee, contact = apart(pairs)
    return Strengths(employee, contact, strength, kept)


def rounded(values: Reals) -> Reals:
    """The values to the six decimals strengths are stated in, as ``round`` does it.

    numpy rounds what it has multiplied by a million; where that is within a millionth of a middle, the
    product may lie on the other side of it.
    """
    result = np.round(values, DECIMALS)
    scaled = values * 10**DECIMALS
    doubtful = np.flatnonzero(np.abs(scaled - np.floor(scaled) - 0.5) < 10**-DECIMALS)
    result[doubtful] = [round(value, DECIMALS) for value in values[doubtful].tolist()]
    return result


def _standing(ties: Table) -> tuple[Integers, Integers]:
    """The pairs with a tie, ascending, and of each the place of the record that holds."""
    pairs = pairs_of(ties.taken("employee"), ties.taken("contact"))
    standing = latest(pairs, ties.taken("assessed"), ties.taken("recorded"))
    return pairs[standing], standing


def _levels(words: Codes, stated: Reals, policy: Policy) -> Reals:
    """The assessed levels as numbers, words by the policy's scale; NaN is unknown."""
    scale, level = policy.strength.tie_levels, stated.copy()
    word = np.flatnonzero(stated < 0)
    level[word] = looked_up(
        (-1 - stated[word]).astype(np.int64),
        list(words),
        lambda each: scale_value(scale, str(each), "strength.tie_levels", policy),
    )
    return level


def _faded_into(observed: Reals, level: Reals, since: Integers, policy: Policy, as_of: date) -> Reals:
    """An assessment that fades into what is observed: f·a + (1 − f)·o."""
    half_life = policy.strength.assessment_half_life_days
    days, place = np.unique(as_of.toordinal() - since, return_inverse=True)
    kept = np.array([fading(age, half_life) for age in days.tolist()])[place]
    return kept * level + (1 - kept) * observed


def _shares(words: Codes, codes: Integers, policy: Policy) -> Reals:
    """φ: the share of trust that the firm keeps whoever leaves, low end."""
    scale = policy.strength.firm_share
    return looked_up(
        codes, list(words), lambda word: scale_value(scale, str(word), "strength.firm_share", policy)[0]
    )
