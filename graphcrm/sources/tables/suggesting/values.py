"""Values: how a column is written as a field of a record: its dates, numbers and words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from graphcrm.errors import N_, Message
from graphcrm.policies import Policy
from graphcrm.sources.tables.suggesting.numbers import CORE
from graphcrm.sources.tables.suggesting.plans import FieldPlan, TablePlan
from graphcrm.sources.tables.suggesting.words import vocabulary

CHECK_DAY = N_("Check this: {example} could be read as {formats}.")
CHECK_WORD = N_("Check this: what does it mean? Now it is unknown.")
CHECK_GUESS = N_("Check this: nothing but its values says so.")
CHECK_NAME = N_("Check this: the name says so, though not clearly.")
CHECK_THOUSANDS = N_('Check this: is {example} a thousand or more? Then write decimal: ",".')
CHECK_ORDER = N_("Check this: a smaller number must be the higher level; 1 is the top.")

SEPARATORS = (";", "；", "|", "、", "\n", ",", "，", "/")
_SURE, _LIKELY = 0.9, 0.75


@dataclass(frozen=True)
class Values:
    """Writes columns as fields, with the words of a method pack."""

    policy: Policy
    as_of: date

    def words(self, name: str) -> Sequence[str]:
        """The words of a closed list."""
        lists: dict[str, Sequence[str]] = {
            "channel": tuple(self.policy.strength.channels),
            "roles": tuple(self.policy.decision_weight.roles),
            "tie_level": tuple(self.policy.strength.tie_levels),
            "kind": tuple(self.policy.account_kinds),
            "mode": tuple(self.policy.standards),
            "mechanism": tuple(self.policy.organisation.mechanism_kinds),
            "attitude": tuple(self.policy.attitudes),
            "level": tuple(str(number) for number in range(1, 10)),
        }
        return lists[name]

    def plain(self, plan: TablePlan, field: str, *fields: str) -> FieldPlan | None:
        """A field that takes the column as it is; None where there is no column."""
        match = next((plan.matches[each] for each in fields if each in plan.matches), None)
        if match is None:
            return None
        return FieldPlan(field, match.column, (match.column,), match.score, note_of(plan, *fields))

    def day(self, plan: TablePlan, field: str, *fields: str) -> FieldPlan | None:
        """A date, with its formats; where several fit, one is taken and the doubt is told."""
        found, profile = self.plain(plan, field, *fields), plan.profile(*fields)
        if found is None or profile is None or profile.dates is None:
            return None
        dates = profile.dates
        formats = plan_formats(plan, dates.formats, dates.other)
        if not formats:
            return found
        said = {"column": found.said, "dates": formats[0] if len(formats) == 1 else list(formats)}
        note = found.note
        if dates.other and formats == dates.formats:
            both = ", ".join((*dates.formats, *dates.other))
            note = Message(CHECK_DAY, {"example": profile.example, "formats": both})
        return FieldPlan(field, said, found.columns, found.score, note)

    def number(self, plan: TablePlan, field: str, *fields: str) -> FieldPlan | None:
        """A number, with its decimal mark, and without what stands around it."""
        found, profile = self.plain(plan, field, *fields), plan.profile(*fields)
        if found is None or profile is None or profile.numbers is None:
            return None
        numbers = profile.numbers
        said: dict[str, object] = {"column": found.said}
        if numbers.marked:
            said["match"] = CORE.rstrip("*") + "*"
        if numbers.decimal == ",":
            said["decimal"] = ","
        note = found.note
        if numbers.unsure:
            note = Message(CHECK_THOUSANDS, {"example": profile.example})
        plain = said if len(said) > 1 else found.said
        return FieldPlan(field, plain, found.columns, found.score, note)

    def listed(
        self, plan: TablePlan, field: str, name: str, *fields: str, several: bool = False
    ) -> FieldPlan | None:
        """A word of a closed list, by a map of the words found; None where none of them is known."""
        found, profile = self.plain(plan, field, *fields), plan.profile(*fields)
        if found is None or profile is None:
            return None
        if name == "level" and profile.numbers and profile.numbers.whole and profile.numbers.least >= 1:
            return replace(found, note=Message(CHECK_ORDER))
        known = self.words(name)
        separator = _separator(list(profile.words)) if several else None
        parts = dict.fromkeys(
            part.strip()
            for word in profile.words
            for part in (word.split(separator) if separator else [word])
            if part.strip()
        )
        meanings = {part: vocabulary().meaning(name, part, known) for part in parts}
        if not any(meanings.values()):
            return None
        said: dict[str, object] = {"column": found.said}
        if separator:
            said["split"] = separator
        notes: dict[str, Message] = {}
        if any(part != meant for part, meant in meanings.items()):
            said["map"] = {p: int(m) if m and name == "level" else m for p, m in meanings.items()}
            said["otherwise"] = None
            notes = {part: Message(CHECK_WORD) for part, meant in meanings.items() if meant is None}
        plain = said if len(said) > 1 else found.said
        return FieldPlan(field, plain, found.columns, found.score, found.note, notes)


def note_of(plan: TablePlan, *fields: str) -> Message | None:
    """What to tell of a column that was not named plainly."""
    match = next((plan.matches[each] for each in fields if each in plan.matches), None)
    if match is None or (match.score >= _LIKELY and not match.by_values):
        return None
    return Message(CHECK_GUESS if match.by_values else CHECK_NAME)


def plan_formats(plan: TablePlan, formats: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """The formats of a column; where several fit, that of another column of the table."""
    if not other:
        return formats
    sure = {
        each
        for profile in plan.profiles.values()
        if profile.dates and not profile.dates.other
        for each in profile.dates.formats
    }
    return next(((each,) for each in (*formats, *other) if each in sure), formats)


def _separator(words: Sequence[str]) -> str | None:
    return next((each for each in SEPARATORS if any(each in word for word in words)), None)
