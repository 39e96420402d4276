// Purpose: bring nodes of the current graph to what is in force.
// Parameters: rows
// Names: label
// Columns: none
UNWIND $rows AS row
MERGE (node:`{label}` {id: row.id})
SET node = row
