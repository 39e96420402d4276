// Purpose: the versions of some kinds in force that one source stated and does not state again: what a complete
//          bundle retires; in the order of the log.
// Parameters: kinds, source, last, again
// Columns: seq, kind, slot, id
MATCH (version:Version)
USING INDEX version:Version(_seq)
WHERE version._seq <= $last
  AND version._kind IN $kinds
  AND version._source = $source
  AND NOT version._seq IN $again
  AND version._retired_on IS NULL
  AND NOT EXISTS { ()-[:SUPERSEDES]->(version) }
RETURN version._seq AS seq, version._kind AS kind, version._slot AS slot, version._id AS id
ORDER BY seq
