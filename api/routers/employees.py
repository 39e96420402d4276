"""``/v1/employees``: what hangs on one of ours."""

from typing import Annotated

from fastapi import APIRouter, Path

from graphcrm.api.guard import as_id
from graphcrm.api.models.exposure import EmployeeExposure
from graphcrm.api.models.plans import EmployeeHandover
from graphcrm.api.portfolio import AskedFor
from graphcrm.api.responses import responses
from graphcrm.i18n import translate
from graphcrm.services.documents import Json, exposure_document
from graphcrm.services.planning import handover_plan
from graphcrm.services.planning_document import handover_document

router = APIRouter(prefix="/v1/employees", tags=["employees"])


@router.get(
    "/{employee}/exposure",
    response_model=EmployeeExposure,
    responses=responses("exposure", 404, 422, 503),
)
def employee_exposure(
    employee: Annotated[str, Path(description="The employee's id.")], asked: AskedFor
) -> Json:
    """The accounts where an employee matters, the greatest loss first.

    For each: the loss, the seats only this employee reaches, the revenue at risk, and the verdicts with
    and without. Scores are no basis for judging an employee.
    """
    return exposure_document(asked.exposure(as_id(employee)), translate)


@router.get(
    "/{employee}/handover",
    response_model=EmployeeHandover,
    responses=responses("handover", 404, 422, 503),
)
def employee_handover(
    employee: Annotated[str, Path(description="The employee's id.")], asked: AskedFor
) -> Json:
    """Who takes over what from an employee, the account with most at stake first.

    For each account and contact: the likest successor, and what is lost meanwhile and after. Scores are no
    basis for judging an employee.
    """
    return handover_document(handover_plan(asked.facts(), as_id(employee)), translate)
