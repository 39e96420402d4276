// Purpose: draw the records that are edges themselves and that a stretch of the log states for the first time, from
//          the log itself, where both ends are in force.
// Parameters: after, upto, kind, defaults, from, to
// Names: start, type, end
// Columns: none
MATCH (version:Version)
USING INDEX version:Version(_seq)
WHERE version._seq > $after AND version._seq <= $upto
  AND version._kind = $kind
  AND NOT EXISTS { (version)-[:SUPERSEDES]-() }
WITH version, $defaults AS defaults, version._slot AS key
MATCH (start:`{start}` {id: version[$from]})
MATCH (end:`{end}` {id: version[$to]})
MERGE (start)-[edge:`{type}` {key: key}]->(end)
SET
  edge = defaults {.*, key: key},
  edge += version {
    .*, key: key, id: version._id,
    _seq: null, _import: null, _slot: null, _kind: null, _id: null, _source: null, _known_from: null, _checksum: null
  }
