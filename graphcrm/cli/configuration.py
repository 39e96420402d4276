"""``graphcrm config``: the settings in force, and where each comes from."""

import os

import typer
from rich.table import Table

from graphcrm.cli.context import Run, console
from graphcrm.cli.options import (
    AsOfOption,
    Format,
    FormatOption,
    KnownAtOption,
    LangOption,
    PolicyOption,
    StoreOption,
)
from graphcrm.cli.output import write_csv, write_json
from graphcrm.i18n import translate as _
from graphcrm.settings import variable

app = typer.Typer(no_args_is_help=True, help=_("Look at the settings."))


@app.command("show", help=_("Show every setting, its value, and where it comes from."))
def show(
    store: StoreOption = None,
    policy: PolicyOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    format_: FormatOption = None,
    lang: LangOption = None,
) -> None:
    """Show the settings."""
    run = Run.of(store=store, policy=policy, as_of=as_of, known_at=known_at, format=format_, lang=lang)
    rows: list[dict[str, object]] = [
        {
            "setting": name,
            "value": value,
            "from": _origin(run, name),
            "variable": variable(name),
        }
        for name, value in run.settings.model_dump(mode="json").items()
    ]
    if run.format is Format.json:
        write_json(rows)
    elif run.format is Format.csv:
        write_csv(("setting", "value", "from", "variable"), rows)
    else:
        table = Table(box=None, pad_edge=False, header_style="bold")
        for title in (_("Setting"), _("Value"), _("From"), _("Variable")):
            table.add_column(title, overflow="fold")
        origins = {"option": _("option"), "variable": _("variable"), "default": _("default")}
        for row in rows:
            spoken = {**row, "from": origins[str(row["from"])]}
            table.add_row(*map(_said, spoken.values()))
        console().print(table)


def _said(value: object) -> str:
    """A value as one would write it into its variable."""
    if isinstance(value, bool):
        return str(value).lower()
    return "–" if value is None else str(value)


def _origin(run: Run, name: str) -> str:
    if name in run.given:
        return "option"
    return "variable" if os.environ.get(variable(name)) else "default"
