"""Vocabulary: words from closed lists, and values that suit what is asserted."""

from collections.abc import Callable, Collection, Iterator, Mapping

from graphcrm.errors import N_, Message, Problem
from graphcrm.policies import Policy
from graphcrm.records.assertion import ATTRIBUTES, Assertion
from graphcrm.records.base import HIGHEST_LEVEL
from graphcrm.records.checks.fields import placed, stated, values_of
from graphcrm.records.checks.nearest import Nearest
from graphcrm.records.checks.problems import shown
from graphcrm.records.draft import Draft

Ids = Mapping[str, frozenset[str]]
_Words = Callable[[Policy], Collection[str]]

_CLOSED: tuple[tuple[str, str, _Words], ...] = (
    ("accounts", "kind", lambda policy: policy.account_kinds),
    ("accounts", "mode", lambda policy: policy.standards),
    ("seats", "roles", lambda policy: policy.decision_weight.roles),
    ("ties", "level", lambda policy: policy.strength.tie_levels),
    ("interactions", "channel", lambda policy: policy.strength.channels),
    ("mechanisms", "kind", lambda policy: policy.organisation.mechanism_kinds),
)
"""Fields whose words the method pack lists."""

_ASSERTED: dict[str, _Words] = {
    "attitude": lambda policy: policy.attitudes,
    "roles": lambda policy: policy.decision_weight.roles,
    "trust_holder": lambda policy: policy.strength.firm_share,
}
"""Attributes whose values are words the method pack lists."""

_UNSUITABLE: dict[str, tuple[str, str]] = {
    "attitude": (N_("An attitude is a word."), N_("Use one of: {words}.")),
    "roles": (N_("Roles are a list of words."), N_("Give a list out of: {words}.")),
    "trust_holder": (N_("A trust holder is a word."), N_("Use one of: {words}.")),
    "satisfaction": (
        N_("Satisfaction is a number from 0 to 1."),
        N_("Give a number from 0 to 1, or null to take it back."),
    ),
    "level": (
        N_("This is no level of such a subject."),
        N_(
            "Give a seat or an employee a whole number from 1 (the top) to {highest}; give a tie a number "
            "from 0 to 1 or one of: {words}."
        ),
    ),
}


def vocabulary_problems(draft: Draft, policy: Policy, ids: Ids, nearest: Nearest) -> Iterator[Problem]:
    """Words outside the closed lists, and asserted values that cannot be meant."""
    for kind, field, words in _CLOSED:
        known = words(policy)
        for path, word in values_of(draft, kind, field):
            if isinstance(word, str) and word not in known:
                yield _unknown_word(path, word, known, nearest)
    for place, record in placed(draft, Assertion.kind):
        assert isinstance(record, Assertion)
        yield from _asserted(place, record, policy, ids, nearest)


def level_suits(assertion: Assertion, kinds: Collection[str], policy: Policy) -> bool:
    """Whether an asserted level can be one of a subject of these kinds."""
    level = assertion.value
    if level is None:
        return True
    scale = "ties" in kinds and (_share(level) or level in policy.strength.tie_levels)
    whole = isinstance(level, int) and not isinstance(level, bool) and 1 <= level <= HIGHEST_LEVEL
    return scale or (whole and any(kind != "ties" for kind in kinds))


def kinds_of(assertion: Assertion, ids: Ids) -> tuple[str, ...]:
    """The kinds its attribute allows that have a record of the subject's id; all of them if none has."""
    allowed = ATTRIBUTES.get(assertion.attribute, ())
    return tuple(kind for kind in allowed if assertion.subject in ids.get(kind, ())) or allowed


def unsuitable(place: str, assertion: Assertion, policy: Policy) -> Problem:
    """The problem of a value that does not suit its attribute."""
    what, cure = _UNSUITABLE[assertion.attribute]
    listed = _ASSERTED.get(assertion.attribute)
    words = listed(policy) if listed else policy.strength.tie_levels
    params = {"words": ", ".join(words), "highest": HIGHEST_LEVEL}
    return Problem(f"{place}.value", shown(assertion.value), Message(what), Message(cure, params))


def _asserted(
    place: str, assertion: Assertion, policy: Policy, ids: Ids, nearest: Nearest
) -> Iterator[Problem]:
    attribute, value = assertion.attribute, assertion.value
    if attribute not in ATTRIBUTES:
        yield _unknown_word(f"{place}.attribute", attribute, ATTRIBUTES, nearest)
    elif value is None:
        return
    elif attribute in _ASSERTED:
        if isinstance(value, tuple if attribute == "roles" else str):
            known = _ASSERTED[attribute](policy)
            for path, word in stated(f"{place}.value", value):
                if word not in known:
                    yield _unknown_word(path, str(word), known, nearest)
        else:
            yield unsuitable(place, assertion, policy)
    elif not (
        level_suits(assertion, kinds_of(assertion, ids), policy) if attribute == "level" else _share(value)
    ):
        yield unsuitable(place, assertion, policy)


def _share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _unknown_word(path: str, word: str, known: Collection[str], nearest: Nearest) -> Problem:
    params = {"word": shown(word), "words": ", ".join(known), "nearest": nearest.to(word, known)}
    cure = (
        N_("Did you mean {nearest}? Known are: {words}.")
        if params["nearest"]
        else N_("Use one of: {words}.")
    )
    return Problem(
        path, shown(word), Message(N_("{word} is not a word of this list."), params), Message(cure, params)
    )
