// Purpose: draw edges from assertions about ties to one end of each tie: an edge cannot end on an edge.
// Parameters: rows
// Names: target
// Columns: none
UNWIND $rows AS row
MATCH (assertion:Assertion {id: row.id})
MATCH (other:`{target}` {id: row.other})
CREATE (assertion)-[:ABOUT {tie: row.tie}]->(other)
