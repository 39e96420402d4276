// Purpose: the versions of some kinds in force, whenever known; in the order first stated.
// Parameters: kinds, last
// Columns: properties, place
MATCH (version:Version)
WHERE version._kind IN $kinds
  AND version._seq <= $last
  AND version._retired_on IS NULL
  AND NOT EXISTS {
    MATCH (later)-[:SUPERSEDES]->(version)
    WHERE later._seq <= $last
  }
RETURN properties(version) AS properties,
       coalesce(head([(version)-[:SUPERSEDES*1..]->(first) WHERE NOT (first)-[:SUPERSEDES]->() | first._seq]),
                version._seq) AS place
ORDER BY place
