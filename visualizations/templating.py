"""Templates: how pages are made of them, those of the API too."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def environment(folder: Path, **names: object) -> Environment:
    """The templates in a folder, with names that all of them know.

    What comes from data is escaped, and a name that is missing is a bug.
    """
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(names)
    return made
