"""Problems of rows: what pydantic refused, with a cure in the table or in the mapping."""

from collections.abc import Iterator
from dataclasses import replace

from pydantic import BaseModel, ValidationError

from graphcrm.errors import N_, Problem
from graphcrm.records.checks.nearest import Nearest
from graphcrm.sources.problems import validation_problems

_SAYINGS = {
    "missing": (
        N_("{field} is missing."),
        N_("Fill the cell, or give {field} a default in the mapping."),
    ),
    "string_type": (
        N_("This is a list, and {field} takes one value."),
        N_("Say split and part in the mapping, to take one item of the list."),
    ),
    "needs_assessed_on": (
        N_("A level needs the day it was assessed."),
        N_("Fill the cell of assessed_on, or empty that of the level."),
    ),
    "one_form": (
        N_("It must name either its participants, or who it came from and whom it went to."),
        N_("Fill the cells of participants alone, or those of from and to together."),
    ),
}


def row_problems(
    error: ValidationError, place: str, model: type[BaseModel], nearest: Nearest
) -> Iterator[Problem]:
    """The problems of the record that the row at ``place`` makes; a whole row is not shown as a value."""
    for problem in validation_problems(error, place, model, nearest, _SAYINGS):
        yield replace(problem, value=None) if problem.path == place else problem
