// Purpose: the versions of some kinds in force, whenever known; in the order stated.
// Parameters: kinds, last
// Columns: properties
MATCH (version:Version)
WHERE version._kind IN $kinds
  AND version._seq <= $last
  AND version._retired_on IS NULL
  AND NOT EXISTS {
    MATCH (later)-[:SUPERSEDES]->(version)
    WHERE later._seq <= $last
  }
RETURN properties(version) AS properties
ORDER BY version._seq
