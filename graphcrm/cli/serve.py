"""``graphcrm serve``: the HTTP API and the account pages, for this computer."""

from typing import Annotated

import typer

from graphcrm.cli.context import Run, console
from graphcrm.cli.options import AsOfOption, KnownAtOption, LangOption, PolicyOption, StoreOption
from graphcrm.i18n import translate as _
from graphcrm.settings import Settings


def _default(setting: str) -> str:
    return str(Settings.model_fields[setting].default)


def serve(
    host: Annotated[
        str | None,
        typer.Option(
            "--host",
            metavar="ADDRESS",
            help=_("Where to listen: a loopback address. [GRAPHCRM_SERVE_HOST]"),
            show_default=_default("serve_host"),
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            min=0,
            max=65535,
            help=_("The port; 0 takes any that is free. [GRAPHCRM_SERVE_PORT]"),
            show_default=_default("serve_port"),
        ),
    ] = None,
    behind_loopback: Annotated[
        bool | None,
        typer.Option(
            "--behind-loopback",
            help=_(
                "Listen on any address: for a container whose port is published on the loopback address "
                "only. [GRAPHCRM_SERVE_BEHIND_LOOPBACK]"
            ),
        ),
    ] = None,
    store: StoreOption = None,
    policy: PolicyOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    lang: LangOption = None,
) -> None:
    """Serve until interrupted."""
    # FastAPI takes half a second to import, which no other command needs.
    from graphcrm.api.app import create_app  # noqa: PLC0415
    from graphcrm.api.server import address_of, listen, serve_app  # noqa: PLC0415

    run = Run.of(
        store=store, policy=policy, as_of=as_of, known_at=known_at, lang=lang,
        serve_host=host, serve_port=port, serve_behind_loopback=behind_loopback,
    )  # fmt: skip
    settings = run.settings
    app = create_app(run.open_store, run.view, lang=run.lang)
    with run.store():
        pass  # a store that is not there is told now; one that goes away later is told to who asks
    with listen(
        settings.serve_host, settings.serve_port, behind_loopback=settings.serve_behind_loopback
    ) as listening:
        console().print(
            _("graphcrm serves {url} (API: {url}/docs), to this computer only. Stop with Ctrl-C.").format(
                url=address_of(listening)
            ),
            soft_wrap=True,
        )
        serve_app(app, listening)
