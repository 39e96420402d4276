// Purpose: the versions of a kind in force that one source stated: what a complete bundle may retire.
// Parameters: kind, source
// Columns: seq, slot, id, source
MATCH (version:Version {_kind: $kind})
WHERE version._source = $source
  AND version._retired_on IS NULL
  AND NOT EXISTS { ()-[:SUPERSEDES]->(version) }
RETURN version._seq AS seq, version._slot AS slot, version._id AS id, version._source AS source
ORDER BY seq
