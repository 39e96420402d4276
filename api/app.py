"""The app, put together."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from graphcrm.api import problems
from graphcrm.api.description import describe
from graphcrm.api.guard import Guard
from graphcrm.api.portfolio import Portfolio
from graphcrm.api.routers import accounts, documentation, employees, health, pages
from graphcrm.api.store_keeper import StoreKeeper
from graphcrm.ports.store import Store
from graphcrm.services.reading import View


class Api(FastAPI):
    """FastAPI with a description of ours."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = describe(self.routes)
        return self.openapi_schema


def create_app(open_store: Callable[[], Store], view: View, *, lang: str = "en") -> FastAPI:
    """The API over a store. ``view`` and ``lang`` are those of a request that names none.

    The store is opened by the first request that needs it and closed when the server stops.
    """
    keeper = StoreKeeper(open_store)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        keeper.close()

    app = Api(
        title="graphcrm",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        generate_unique_id_function=_operation_id,
    )
    app.state.portfolio = Portfolio(keeper, view, lang)
    app.add_middleware(Guard, lang=lang)
    problems.install(app)
    for router in (accounts.router, employees.router, health.router, documentation.router, pages.router):
        app.include_router(router)
    return app


def _operation_id(route: APIRoute) -> str:
    return route.name
