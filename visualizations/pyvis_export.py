"""The node-link export: a map view as a pyvis network. The only file that knows pyvis.

pyvis builds vis-network's data and carries its script. Its own page is never used: that one calls content
delivery networks, and lets a heading, a colour or a title run scripts.
"""

import json
from pathlib import Path

from graphcrm.errors import N_, GraphcrmError
from graphcrm.policies import Policy
from graphcrm.visualizations import drawing
from graphcrm.visualizations.view_models import MapView

OPTIONS: dict[str, object] = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "dragView": False,
        "zoomView": False,
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 120,
    },
    "nodes": {"chosen": False, "labelHighlightBold": False},
    "edges": {"chosen": False, "selectionWidth": 0, "hoverWidth": 0},
}
"""Everything stands where it was put; the page scrolls, the map does not."""


class ScriptMissing(GraphcrmError):
    """The installed pyvis carries no vis-network script."""

    code = "script_missing"


def network_data(view: MapView, policy: Policy) -> dict[str, object]:
    """Nodes, edges and options for vis-network."""
    from pyvis.network import Network  # noqa: PLC0415 - it imports IPython: half a second

    # Directed, because of two parallel undirected edges pyvis drops the second.
    network = Network(directed=True)
    network.options = OPTIONS
    for node in drawing.nodes(view, policy):
        network.add_node(**node)
    for edge in drawing.edges(view, policy):
        network.add_edge(**edge)
    nodes, edges, _heading, _height, _width, options = network.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


def vis_network_script() -> str:
    """The text of vis-network in the installed pyvis, the newest where there are several.

    Raises ScriptMissing where there is none.
    """
    import pyvis  # noqa: PLC0415 - as above

    place = Path(pyvis.__file__).parent
    found = max(place.glob("**/vis-network.min.js"), key=_version, default=None)
    if found is None:
        raise ScriptMissing(
            N_("The installed pyvis holds no vis-network script (looked under {place})."),
            hint=N_("Install pyvis again: `pip install --force-reinstall pyvis`."),
            place=str(place),
        )
    text = found.read_text(encoding="utf-8")
    return "\n".join(line for line in text.split("\n") if not line.startswith("//# sourceMappingURL="))


def _version(script: Path) -> tuple[list[int], str]:
    """The numbers in the name of its folder, ``vis-9.1.2``."""
    digits = script.parent.name.rpartition("-")[2].split(".")
    return [int(d) for d in digits if d.isdigit()], str(script)
