"""``/healthz``: for those who watch the server."""

from importlib.metadata import version

from fastapi import APIRouter

from graphcrm.api.models.health import Health
from graphcrm.api.portfolio import PortfolioOf
from graphcrm.api.responses import responses

router = APIRouter(tags=["server"])


@router.get("/healthz", responses=responses("healthz", 503))
def health(looked_at: PortfolioOf) -> Health:
    """Whether the store can be read now."""
    with looked_at.keeper.store() as store:
        return Health(status="ok", version=version("graphcrm"), latest_as_of=store.latest_as_of())
