"""``graphcrm template``: tables to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from graphcrm.bootstrap import template_files
from graphcrm.cli.context import Run, console
from graphcrm.cli.options import LangOption, PolicyOption
from graphcrm.cli.output import refuse_existing, write_file
from graphcrm.i18n import translate as _


def template(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FOLDER", help=_("Where to write the files."))
    ],
    force: Annotated[bool, typer.Option("--force", help=_("Replace files that are there."))] = False,
    policy: PolicyOption = None,
    lang: LangOption = None,
) -> None:
    """Write the templates."""
    run = Run.of(policy=policy, lang=lang)
    files = template_files(run.policy, _)
    refuse_existing((output / name for name in files), force=force)
    for name, content in files.items():
        write_file(output / name, content)
    out = console()
    out.print(_("Wrote {count} files to {folder}.").format(count=len(files), folder=output), soft_wrap=True)
    out.print(_("Fill in the workbook, or the CSV files; then one of:"))
    for name in ("mapping-workbook.yaml", "mapping.yaml"):
        out.print(f"    graphcrm import tables --mapping {output / name}", soft_wrap=True)
