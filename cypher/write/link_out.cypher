// Purpose: draw edges from records to what they point at, where that is in force.
// Parameters: rows
// Names: label, type, target
// Columns: none
UNWIND $rows AS row
MATCH (node:`{label}` {id: row.id})
MATCH (other:`{target}` {id: row.other})
CREATE (node)-[:`{type}`]->(other)
