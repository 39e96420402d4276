"""The answer in one sentence: how an account stands, and on whom it hangs."""

from collections.abc import Mapping

from graphcrm.errors import N_, Message
from graphcrm.records.review import Axes, Measures, Review, Verdict
from graphcrm.records.words import MODES, word

AXES: Mapping[str, Message] = {
    "key_points": Message(N_("key points")),
    "breadth": Message(N_("breadth")),
    "organisation": Message(N_("organisation")),
}
NAMED = 3
"""How many people the sentence names before it only counts them."""


def answer(review: Review) -> Message:
    """How the account stands today, and whether it still would after any departure.

    Leads with the shape where it is at least possible, else with whether it is adequate for its mode;
    names the axes that fall short and the employees whose leaving would change it.
    """
    measures = review.measures
    if measures is None:
        return Message(N_("Nothing is known: no tie and no interaction is on record."))
    if measures.three_dimensional != "no":
        return _shape(review, measures)
    mode = Message(word(MODES, review.mode))
    if measures.adequate == "no":
        return Message(
            N_("Not three-dimensional, and not adequate for the {mode} mode: short in {short}."),
            {"mode": mode, "short": _axes(measures.meets_mode, "no")},
        )
    return _adequate(review, measures, mode)


def _shape(review: Review, measures: Measures) -> Message:
    fate = measures.robustly_three_dimensional
    unsure = N_("Possibly three-dimensional: what is unknown about {unsure} decides.")
    templates: dict[Verdict, tuple[str, str, str]] = {
        "proven": (
            N_("Three-dimensional, and stays so whoever of ours leaves."),
            N_("Three-dimensional today; whether it stays so if {people} leaves is not known."),
            N_("Three-dimensional today, but not if {people} leaves."),
        ),
        "possible": (
            unsure,
            unsure,
            N_("Possibly three-dimensional today (unsure: {unsure}), but not if {people} leaves."),
        ),
    }
    return Message(
        _by_fate(fate, templates[measures.three_dimensional]),
        {
            "people": _whose(review, measures.shape_without, fate),
            "unsure": _axes(measures.shape, "possible"),
        },
    )


def _adequate(review: Review, measures: Measures, mode: Message) -> Message:
    fate = measures.robustly_adequate
    possibly = N_(
        "Not three-dimensional (short in {short}), and only possibly adequate for the {mode} mode."
    )
    templates: dict[Verdict, tuple[str, str, str]] = {
        "proven": (
            N_(
                "Not three-dimensional (short in {short}), but adequate for the {mode} mode whoever leaves."
            ),
            N_(
                "Not three-dimensional (short in {short}), but adequate for the {mode} mode; "
                "whether it stays so if {people} leaves is not known."
            ),
            N_(
                "Not three-dimensional (short in {short}), but adequate for the {mode} mode today; "
                "not if {people} leaves."
            ),
        ),
        "possible": (
            possibly,
            possibly,
            N_(
                "Not three-dimensional (short in {short}), and only possibly adequate for the {mode} mode, "
                "not if {people} leaves."
            ),
        ),
    }
    return Message(
        _by_fate(fate, templates[measures.adequate]),
        {
            "mode": mode,
            "short": _axes(measures.shape, "no"),
            "people": _whose(review, measures.meets_mode_without, fate),
        },
    )


def _by_fate(fate: Verdict, templates: tuple[str, str, str]) -> str:
    safe, unsure, falls = templates
    return {"proven": safe, "possible": unsure, "no": falls}[fate]


def _whose(review: Review, without: Mapping[str, Axes], fate: Verdict) -> str | Message:
    """The employees whose leaving gives this fate."""
    people = tuple(review.names[employee] for employee, axes in without.items() if axes.weakest == fate)
    if len(people) == 1:
        return people[0]
    if len(people) <= NAMED:
        return Message(N_("one of {people}"), {"people": people})
    return Message(N_("any one of {count} employees"), {"count": len(people)})


def _axes(axes: Axes, verdict: Verdict) -> tuple[Message, ...]:
    """The axes with this verdict."""
    return tuple(message for axis, message in AXES.items() if getattr(axes, axis) == verdict)
