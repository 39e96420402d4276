"""Write ``docs/cli.md`` from the command line itself: ``python docs/generate_cli_reference.py``."""

# ruff: noqa: ANN401, INP001 - a script; what typer builds has no public type

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from graphcrm.cli.app import app
from graphcrm.settings import Settings, variable

PAGE = Path(__file__).with_name("cli.md")
ORDER = (
    *("import", "mapping", "template", "audit", "portfolio", "account", "quality", "why", "what-if"),
    *("plan", "sensitivity", "map", "serve", "db", "neo4j", "config"),
)
"""The commands as one meets them."""

HEAD = """\
# The command line

<!-- Written by docs/generate_cli_reference.py; change the commands in graphcrm/cli, then run it again. -->

`graphcrm COMMAND --help` says the same in the terminal. Results go to standard output; errors, notes and
progress to standard error. An error is one sentence and its cure. `graphcrm --version` prints the version.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | something went wrong that should not; `GRAPHCRM_DEBUG=1` shows where |
| 2 | what was given cannot be used; nothing was written |
| 3 | the store cannot be opened, read or written |
| 130 | interrupted |

Formats: `table` is for people; `json` and `csv` are for programs, with the names of
[the method](method.md) and shares from 0 to 1. In JSON an interval is `[low, high]` and what is undefined
is `null`; in CSV an interval fills two columns, and a text that a spreadsheet would take for a formula is
led by an apostrophe.
"""
SETTINGS = """\
## Settings

An option holds over its variable, and a variable over the default; an empty variable counts as not set.
`graphcrm config show` tells each setting in force and where it comes from. A setting without an option has
its variable only; the option of one that begins with `GRAPHCRM_SERVE` is one of `graphcrm serve`.
"""
DEFAULT_STORE = "`graphcrm.db` in the platform's data directory for `graphcrm`"
NAMED_VARIABLE = re.compile(r"\s*\[(GRAPHCRM_\w+)\]$")


def reference() -> str:
    """The page."""
    root: Any = get_command(app)
    if set(root.commands) != set(ORDER):
        raise SystemExit(f"ORDER does not name the commands there are: {', '.join(root.commands)}")
    parts = [HEAD, SETTINGS + "\n" + "\n".join(_settings(dict(_options(root))))]
    for name in ORDER:
        parts += _command(f"graphcrm {name}", root.commands[name])
    return "\n".join(parts)


def _options(command: Any) -> Iterator[tuple[str, str]]:
    """Each variable that an option's help names, and that option."""
    for below in getattr(command, "commands", {}).values():
        yield from _options(below)
    for parameter in command.params:
        if named := NAMED_VARIABLE.search(getattr(parameter, "help", None) or ""):
            yield named[1], f"`{parameter.opts[-1]}`"


def _settings(options: dict[str, str]) -> Iterator[str]:
    rows = []
    for name, field in Settings.model_fields.items():
        default = DEFAULT_STORE if name == "store" else _written(field.default)
        option = options.get(variable(name), "–")
        rows.append((option, f"`{variable(name)}`", default, field.description or ""))
    return _table(("Option", "Variable", "Default", "Meaning"), rows)


def _written(default: Any) -> str:
    """A default as one would write it into the variable."""
    if isinstance(default, bool):
        return f"`{int(default)}`"
    return f"`{default}`" if default is not None else "–"


def _command(path: str, command: Any) -> Iterator[str]:
    """A command's section, and after it those of the commands below it."""
    if hasattr(command, "commands"):
        yield f"## `{path}`\n\n{command.help}\n"
        for name, below in command.commands.items():
            yield from _command(f"{path} {name}", below)
        return
    level = "##" if path.count(" ") == 1 else "###"
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and p.name != "help"]
    needed = [f"{p.opts[-1]} {p.metavar}" for p in options if p.required]
    places = [p.metavar if p.required else f"[{p.metavar}]" for p in arguments]
    usage = " ".join([path, *places, *needed, "[OPTIONS]"])
    yield f"{level} `{path}`\n\n{command.help}\n\n    {usage}\n"
    rows = [(f"`{p.metavar}`", _help(p)) for p in arguments]
    rows += [(f"`{', '.join(p.opts)}{'' if p.is_flag else f' {_value(p)}'}`", _help(p)) for p in options]
    yield "\n".join(_table(("Argument or option", "Meaning"), rows))


def _value(option: Any) -> str:
    """What an option takes: its own word for it, else its type's."""
    return str(option.metavar or {int: "NUMBER"}[option.type_descriptor.annotation])


def _help(parameter: Any) -> str:
    text: str = parameter.help or ""
    named = NAMED_VARIABLE.search(text)
    if named:
        text = text[: named.start()]
    return f"{text} Needed." if parameter.required else text


def _table(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(titles)} |"
    yield "|" + "---|" * len(titles)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
