// Purpose: which of these ids have a node in the current graph.
// Parameters: ids
// Names: label
// Columns: id
UNWIND $ids AS id
MATCH (node:`{label}` {id: id})
RETURN node.id AS id
