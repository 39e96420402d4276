// Purpose: how many edges of a type there are.
// Parameters: none
// Names: type
// Columns: count
MATCH ()-[edge:`{type}`]->()
RETURN count(edge) AS count
