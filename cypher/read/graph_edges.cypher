// Purpose: edges of the current graph that are records themselves, as they are.
// Parameters: keys
// Names: type
// Columns: key, properties, start, end
UNWIND $keys AS key
MATCH (start)-[edge:`{type}` {key: key}]->(end)
RETURN key, properties(edge) AS properties, start.id AS start, end.id AS end
