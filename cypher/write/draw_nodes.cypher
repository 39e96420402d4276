// Purpose: draw the nodes of records that a stretch of the log states for the first time, from the log itself: with
//          the defaults of what they do not state, without what is the log's own.
// Parameters: after, upto, kind, defaults
// Names: label
// Columns: none
MATCH (version:Version)
USING INDEX version:Version(_seq)
WHERE version._seq > $after AND version._seq <= $upto
  AND version._kind = $kind
  AND NOT EXISTS { (version)-[:SUPERSEDES]-() }
WITH version, $defaults AS defaults, coalesce(version._id, version._slot) AS id
MERGE (node:`{label}` {id: id})
SET
  node = defaults {.*, id: id},
  node += version {
    .*, id: id,
    _seq: null, _import: null, _slot: null, _kind: null, _id: null, _source: null, _known_from: null, _checksum: null
  }
