"""One account as a networkx graph, as of a day."""
