"""Document: what answers have in common. The names are those of the method, and each says what it means."""

from typing import Any

from pydantic import ConfigDict

from graphcrm.records.review import Result

MEANINGS: dict[str, str] = {
    "account": "The account's id.",
    "employee": "The employee's id.",
    "name": "What people call it.",
    "as_of": "The day it is reviewed as of.",
    "known_at": "What was recorded after this day is left out; null leaves out nothing.",
    "policy": "Name and version of the method pack.",
    "mode": "Engagement mode: transactional, consultative, enterprise, or one of the method pack's own.",
    "mode_assumed": "The mode is not on record; the policy says which to assume.",
    "observed": "Whether a tie or an interaction is on record. If none is, nothing is measured.",
    "risk": "Risk in points, 0 to 100.",
    "reasons": "Why a value is null or could be anything, by its name.",
    "findings": "The rules that fired, the most severe first.",
    "high_findings": "How many findings are of high severity.",
    "names": "What people call each id that occurs here.",
    "caution": "What scores are not for.",
    "answer": "How the account stands and on whom it hangs, in one sentence.",
    "key_points": "K, 0..1: how strongly we reach those who decide, and whether they support us.",
    "key_points_floor": "0..1: the same of the decider whom we reach and please least.",
    "breadth": "B, 0..1: how much of the departments and levels we reach in person.",
    "organisation": "O, 0..1: how firmly company is tied to company.",
    "organisation_elements": "The four elements that organisation is the mean of.",
    "reach": "R, 0..1: how strongly anybody of ours comes through to each seat in scope.",
    "routes": "V, 0..1: how strongly each employee comes through, by employee and seat.",
    "firm_routes": "V of the firm itself, 0..1, by seat: what stays whoever leaves.",
    "departure_loss": "Share of reach that leaves with each of ours; null where reach can only be 0.",
    "dependence": "P: the largest departure loss.",
    "contact_loss": "Share of reach that is lost if a contact of theirs goes.",
    "fade_90": "Share of reach that fades within 90 days without new contact.",
    "uncovered": "Share of the deciders' weight that is vacant, unreached or opposed.",
    "ownership_hhi": "How concentrated the ties are: 1 is one employee, 1/n is n equal ones.",
    "bus_factor": "Fewest employees whose leaving takes half of what is reached.",
    "survivability": "Disjoint routes to each seat in scope.",
    "sole_route": "By seat: the one employee without whom it is not reached. Only seats that have one.",
    "shape": "Each axis against the standard for a three-dimensional relationship.",
    "shape_after_any_departure": "The same, at worst, after any one of our employees left.",
    "meets_mode": "Each axis against what the engagement mode requires.",
    "meets_mode_after_any_departure": "The same, at worst, after any one of our employees left.",
    "three_dimensional": "All three axes reach the standard.",
    "robustly_three_dimensional": "They still do after any one of our employees leaves.",
    "adequate": "All three axes reach what the mode requires.",
    "robustly_adequate": "They still do after any one of our employees leaves.",
    "shape_without": "Each axis against the standard without the employee, by employee.",
    "meets_mode_without": "Each axis against the mode without the employee, by employee.",
    "risk_contributions": "Points of risk from each cause; they add up to the risk.",
    "revenue_at_risk": "Revenue that would follow a departure, by employee. It rests on an assumption.",
    "revenue_assumption": "The share of lost reach that revenue is assumed to follow, and who found it.",
    "currency": "Currency of the revenue.",
    "ownership": "Whose the relationship is.",
    "single_threads": "Seats that several of ours reach, all through one contact.",
    "worst_departures": "By how many leave together: the greatest share of reach lost, and all who tie.",
    "key_players": "By how many: seats without which influence falls apart, or that reach the others.",
    "network": "How many seats the influence network has.",
    "counterparts": "Top seats matched with people of ours: bow-tie or diamond.",
    "map_cuts": "Where the whole map hangs on one person or one link, over any number of steps.",
}
"""What a field holds, wherever it occurs."""


def _explain(schema: dict[str, Any]) -> None:
    for name, field in schema.get("properties", {}).items():
        field.pop("title", None)
        if name in MEANINGS:
            field.setdefault("description", MEANINGS[name])


class Document(Result):
    """An answer of the API: intervals are ``[low, high]``; what is undefined is null, with its reason."""

    model_config = ConfigDict(json_schema_extra=_explain)
