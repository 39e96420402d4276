"""Plans for programs: plain JSON with every sentence spelled out in the language of ``translate``."""

from graphcrm.errors import Message
from graphcrm.records.plan import HandoverPlan, Plan, Rotation
from graphcrm.records.words import CAUTION
from graphcrm.services.documents import Json, Translate
from graphcrm.services.totals import total_document


def plan_document(plan: Plan, translate: Translate) -> Json:
    """A plan; without proposals ``reason`` says why."""
    reason = None if plan.reason is None else Message(plan.reason, plan.params).text(translate)
    return {
        **plan.model_dump(mode="json", exclude={"params"}),
        "reason": reason,
        "caution": translate(CAUTION),
    }


def handover_document(plan: HandoverPlan, translate: Translate) -> Json:
    """A handover; where nobody fits a contact, its ``reason`` says so."""
    document: Json = plan.model_dump(mode="json", exclude={"accounts", "revenue_at_risk"})
    accounts = []
    for account in plan.accounts:
        contacts = [
            {**c.model_dump(mode="json"), "reason": None if c.reason is None else translate(c.reason)}
            for c in account.contacts
        ]
        accounts.append({**account.model_dump(mode="json"), "contacts": contacts})
    total = total_document(plan.revenue_at_risk, translate)
    return {**document, "accounts": accounts, "revenue_at_risk": total, "caution": translate(CAUTION)}


def rotation_document(plan: Rotation, translate: Translate) -> Json:
    """A rotation; where nobody takes over, the move's ``reason`` says why."""
    moves = [
        {**m.model_dump(mode="json"), "reason": None if m.reason is None else translate(m.reason)}
        for m in plan.moves
    ]
    return {**plan.model_dump(mode="json"), "moves": moves, "caution": translate(CAUTION)}
