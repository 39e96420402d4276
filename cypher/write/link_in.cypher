// Purpose: draw edges to records from the people they name, where these are in force; ``as`` says in which part.
// Parameters: rows
// Names: label, type, target
// Columns: none
UNWIND $rows AS row
MATCH (node:`{label}` {id: row.id})
MATCH (other:`{target}` {id: row.other})
CREATE (other)-[:`{type}` {as: row.as}]->(node)
