// Purpose: draw edges to records that a stretch of the log states for the first time from the people they name, where
//          these are in force.
// Parameters: after, upto, kind, field
// Names: label, type, target
// Columns: none
MATCH (version:Version)
USING INDEX version:Version(_seq)
WHERE version._seq > $after AND version._seq <= $upto
  AND version._kind = $kind
  AND NOT EXISTS { (version)-[:SUPERSEDES]-() }
UNWIND [] + version[$field] AS name
MATCH (node:`{label}` {id: coalesce(version._id, version._slot)})
MATCH (other:`{target}` {id: name})
MERGE (other)-[:`{type}`]->(node)
