// Purpose: as facts, of some kinds only.
// Parameters: kinds, last, known_at, as_of
// Columns: properties, place
MATCH (version:Version)
USING INDEX version:Version(_kind)
WHERE version._kind IN $kinds
  AND version._seq <= $last
  AND version._retired_on IS NULL
  AND (version._known_from IS NULL OR version._known_from <= $known_at)
  AND NOT EXISTS {
    MATCH (later)-[:SUPERSEDES*1..]->(version)
    WHERE later._seq <= $last
      AND (later._known_from IS NULL OR later._known_from <= $known_at)
      AND (later._retired_on IS NULL OR later._retired_on <= $as_of)
  }
RETURN properties(version) AS properties,
       coalesce(head([(version)-[:SUPERSEDES*1..]->(first) WHERE NOT (first)-[:SUPERSEDES]->() | first._seq]),
                version._seq) AS place
ORDER BY place
