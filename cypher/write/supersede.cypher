// Purpose: say which version each new one takes the place of.
// Parameters: rows
// Columns: none
UNWIND $rows AS row
MATCH (later:Version {_seq: row.later})
MATCH (earlier:Version {_seq: row.earlier})
CREATE (later)-[:SUPERSEDES]->(earlier)
