"""What is read off a graph is read off it once: an account graph never changes."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from graphcrm.graph.account import AccountGraph

P = ParamSpec("P")
R = TypeVar("R")


def once(
    function: Callable[Concatenate[AccountGraph, P], R],
) -> Callable[Concatenate[AccountGraph, P], R]:
    """Keep with the graph what a pure function returns of it, for each set of further arguments.

    Those are plain and hashable. Who gets a result shares it with others and leaves it as it is.
    """
    defaults = function.__defaults__ or ()
    arguments = function.__code__.co_argcount - 1

    @wraps(function)
    def remembered(graph: AccountGraph, /, *args: P.args, **kwargs: P.kwargs) -> R:
        unsaid = defaults[len(defaults) - (arguments - len(args)) :]
        place = (function, *args, *unsaid, *kwargs.items())
        if place not in graph.remembered:
            graph.remembered[place] = function(graph, *args, **kwargs)
        return cast("R", graph.remembered[place])

    return remembered
