// Purpose: take what is not in force any more out of the current graph, with every edge it has.
// Parameters: ids
// Names: label
// Columns: none
UNWIND $ids AS id
MATCH (node:`{label}` {id: id})
DETACH DELETE node
