// Purpose: the versions of some kinds in force before an import, but for those it states again or retires; where
//          each was first stated.
// Parameters: kinds, last, gone
// Columns: properties, place
MATCH (version:Version)
USING INDEX version:Version(_seq)
WHERE version._seq <= $last
  AND version._kind IN $kinds
  AND NOT version._seq IN $gone
  AND version._retired_on IS NULL
  AND NOT EXISTS {
    MATCH (later)-[:SUPERSEDES]->(version)
    WHERE later._seq <= $last
  }
RETURN properties(version) AS properties,
       coalesce(head([(version)-[:SUPERSEDES*1..]->(first) WHERE NOT (first)-[:SUPERSEDES]->() | first._seq]),
                version._seq) AS place
