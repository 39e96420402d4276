"""An account on which two decide, and two of ours."""

from typing import Any

from bundles import Customer


def two_who_decide(**fields: Any) -> Customer:
    """The first of ours knows both; ``fields`` are of both of ours."""
    customer = Customer().seat("s", "p", roles=["decider"], level=1).seat("t", "q", roles=["approver"])
    return customer.employee("e", **fields).employee("f", **fields).tie("e", "p", 0.8).tie("e", "q", 0.3)
