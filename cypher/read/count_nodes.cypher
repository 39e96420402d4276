// Purpose: how many nodes of a label there are.
// Parameters: none
// Names: label
// Columns: count
MATCH (node:`{label}`)
RETURN count(node) AS count
