// Purpose: of each record the latest version published and known by a day, unless retired by another; in the
//          order first stated. A retirement after the day asked for is as if it were not there.
// Parameters: last, known_at, as_of
// Columns: properties, place
MATCH (version:Version)
USING INDEX version:Version(_seq)
WHERE version._seq <= $last
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
