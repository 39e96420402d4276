"""nothing_known: no tie and no interaction with anybody of the account is on record."""

from graphcrm.errors import N_
from graphcrm.findings.rule import FactRule, Hit, Looked
from graphcrm.graph.account import AccountGraph


def _look(graph: AccountGraph) -> Looked:
    if graph.observed:
        return Looked(1, [])
    seats, holders = len(graph.scope), len({s.holder for s in graph.scope if s.holder})
    return Looked(
        1, [Hit((), evidence={"seats": seats, "holders": holders}, says=_first_step(seats, holders))]
    )


def _first_step(seats: int, holders: int) -> str:
    if not seats:
        return N_("Nothing is known: enter the seats that decide here and who holds them.")
    if not holders:
        return N_("Nothing is known: enter who holds the seats of this account.")
    return N_("Nothing is known: enter who of us knows somebody here, or their latest interactions.")


RULE = FactRule("nothing_known", "high", N_("Nothing is known of this account."), _look)
