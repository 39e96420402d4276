// Purpose: draw the edges that are records themselves, where both ends are in force.
// Parameters: rows
// Names: start, type, end
// Columns: none
UNWIND $rows AS row
MATCH (start:`{start}` {id: row.start})
MATCH (end:`{end}` {id: row.end})
CREATE (start)-[edge:`{type}`]->(end)
SET edge = row.properties
