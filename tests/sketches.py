"""A small account drawn by hand."""

import networkx as nx

Network = nx.DiGraph  # type: ignore[type-arg]


def sketch() -> Network:
    """One of ours knows the one who decides."""
    network = Network()
    network.add_node("li", kind="employee", name="LI", level=2)
    network.add_node("wang", kind="employee")
    network.add_node("chen", kind="contact", name="CHEN", attitude="supporter")
    network.add_node("ceo", kind="seat", title="CEO", level=1, roles=["decider"])
    network.add_node("board", kind="department")
    network.add_edge("li", "chen", strength=0.8)
    network.add_edge("chen", "ceo")
    network.add_edge("ceo", "board")
    return network
