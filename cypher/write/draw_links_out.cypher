// Purpose: draw edges from records that a stretch of the log states for the first time to what they point at, where
//          that is in force. Of assertions, those about attributes that only others have point at something else.
// Parameters: after, upto, kind, field, others
// Names: label, type, target
// Columns: none
MATCH (version:Version)
USING INDEX version:Version(_seq)
WHERE version._seq > $after AND version._seq <= $upto
  AND version._kind = $kind
  AND NOT version.attribute IN $others
  AND NOT EXISTS { (version)-[:SUPERSEDES]-() }
UNWIND [] + version[$field] AS name
MATCH (node:`{label}` {id: coalesce(version._id, version._slot)})
MATCH (other:`{target}` {id: name})
MERGE (node)-[:`{type}`]->(other)
