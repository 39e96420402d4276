"""``graphcrm serve``: the HTTP API and the account pages, for this computer."""

from typing import Annotated

import typer

from graphcrm.bootstrap import open_store
from graphcrm.cli.context import Run, console
from graphcrm.cli.options import AsOfOption, KnownAtOption, LangOption, PolicyOption, StoreOption
from graphcrm.i18n import translate as _


def serve(
    host: Annotated[
        str,
        typer.Option(
            "--host",
            envvar="GRAPHCRM_SERVE_HOST",
            show_envvar=False,
            metavar="ADDRESS",
            help=_("Where to listen: a loopback address. [GRAPHCRM_SERVE_HOST]"),
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(
            "--port",
            envvar="GRAPHCRM_SERVE_PORT",
            show_envvar=False,
            min=0,
            max=65535,
            help=_("The port; 0 takes any that is free. [GRAPHCRM_SERVE_PORT]"),
        ),
    ] = 8000,
    behind_loopback: Annotated[
        bool,
        typer.Option(
            "--behind-loopback",
            envvar="GRAPHCRM_SERVE_BEHIND_LOOPBACK",
            show_envvar=False,
            help=_(
                "Listen on any address: for a container whose port is published on the loopback address "
                "only. [GRAPHCRM_SERVE_BEHIND_LOOPBACK]"
            ),
        ),
    ] = False,
    store: StoreOption = None,
    policy: PolicyOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    lang: LangOption = None,
) -> None:
    """Serve until interrupted."""
    # FastAPI takes half a second to import, which no other command needs.
    from graphcrm.api.app import create_app  # noqa: PLC0415
    from graphcrm.api.server import address_of, listen, run  # noqa: PLC0415

    settings = Run.of(store=store, policy=policy, as_of=as_of, known_at=known_at, lang=lang)
    app = create_app(lambda: open_store(settings.settings.store), settings.view, lang=settings.lang)
    with settings.store():
        pass  # a store that is not there is told now; one that goes away later is told to who asks
    with listen(host, port, behind_loopback=behind_loopback) as listening:
        console().print(
            _("graphcrm serves {url} (API: {url}/docs), to this computer only. Stop with Ctrl-C.").format(
                url=address_of(listening)
            ),
            soft_wrap=True,
        )
        run(app, listening)
