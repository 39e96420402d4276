"""``graphcrm db copy``, ``export`` and ``restore``: a store's whole history somewhere else, and back."""

from pathlib import Path
from typing import Annotated

import typer

from graphcrm.bootstrap import open_archive, open_store
from graphcrm.cli.context import Run, console
from graphcrm.cli.options import AsOfOption, Format, FormatOption, KnownAtOption, LangOption, StoreOption
from graphcrm.cli.output import write_csv, write_file, write_json
from graphcrm.cli.progress import filling
from graphcrm.errors import N_, InputError
from graphcrm.i18n import translate as _
from graphcrm.records.history import Extent
from graphcrm.services.copying import copy_history
from graphcrm.services.exporting import importable
from graphcrm.services.reading import latest_day
from graphcrm.settings import without_credentials


def copy(
    from_: Annotated[str, typer.Argument(metavar="FROM", help=_("URL of the store to copy."))],
    to: Annotated[str, typer.Argument(metavar="TO", help=_("URL of the empty store it goes into."))],
    format_: FormatOption = None,
    lang: LangOption = None,
) -> None:
    """Copy a store."""
    run = Run.of(format=format_, lang=lang)
    with (
        open_store(from_, settings=run.settings) as source,
        open_store(to, create=True, settings=run.settings) as target,
        filling(_("Copying")) as progress,
    ):
        extent = copy_history(source, target, progress)
    _print(run, extent, _("Copied into {place}.").format(place=without_credentials(to)))


def restore(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=_("The folder of the archive."))],
    store: StoreOption = None,
    format_: FormatOption = None,
    lang: LangOption = None,
) -> None:
    """Restore an archive."""
    run = Run.of(store=store, format=format_, lang=lang)
    archive = open_archive(folder)
    archive.history()  # a damaged one is told before a store is made
    with run.store(create=True) as target, filling(_("Restoring")) as progress:
        extent = copy_history(archive, target, progress)
    _print(run, extent, _("Restored into {place}.").format(place=without_credentials(run.settings.store)))


def export(
    place: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR|FILE",
            help=_("Folder of the archive, which is not there yet; with --bundle, a file or nothing."),
        ),
    ] = None,
    bundle: Annotated[
        bool,
        typer.Option(
            "--bundle", help=_("The facts in force as a bundle, to a file or to standard output.")
        ),
    ] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR|FILE", help=_("Where to."))
    ] = None,
    store: StoreOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    format_: FormatOption = None,
    lang: LangOption = None,
) -> None:
    """Export the history as an archive, or the facts in force as a bundle."""
    run = Run.of(store=store, as_of=as_of, known_at=known_at, format=format_, lang=lang)
    if place is not None and output is not None:
        raise InputError(
            N_("Two places to write to."), hint=N_("Give one as an argument or with -o, not both.")
        )
    place = output or place
    if bundle:
        _export_bundle(run, place)
    elif place is None:
        raise InputError(
            N_("Say where to export to, or in which form."),
            hint=N_("Name a folder for an archive of the whole history, or add --bundle."),
        )
    elif {"as_of", "known_at"} & run.given:
        raise InputError(
            N_("An archive holds every day there is."),
            hint=N_("Leave out --as-of and --known-at, or add --bundle."),
        )
    else:
        with run.store() as source, filling(_("Exporting")) as progress:
            extent = copy_history(source, open_archive(place), progress)
        _print(run, extent, _("Wrote {file}.").format(file=place))


def _export_bundle(run: Run, place: Path | None) -> None:
    with run.store() as opened:
        day = latest_day(opened, run.settings.as_of)
        text = importable(opened.facts(day, run.settings.known_at)).to_json()
    if place is None:
        typer.echo(text)
    else:
        write_file(place, text + "\n", private=True)
        console().print(_("Wrote {file}.").format(file=place), soft_wrap=True)


def _print(run: Run, extent: Extent, done: str) -> None:
    latest = extent.latest_as_of.isoformat() if extent.latest_as_of else None
    document = {**extent.counts(), "latest_as_of": latest}
    if run.format is Format.json:
        write_json(document)
    elif run.format is Format.csv:
        write_csv(tuple(document), [document])
    else:
        out = console()
        out.print(done, soft_wrap=True)
        out.print(
            _("Imports: {imports}, versions: {versions}, audits: {audits} with {reviews} reviews.").format(
                **extent.counts()
            )
        )
