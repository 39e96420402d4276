// Purpose: the versions in force of records of a kind with these ids; one id may be stated more than once.
// Parameters: kind, ids, last
// Columns: properties
UNWIND $ids AS id
MATCH (version:Version {_kind: $kind, _id: id})
WHERE version._seq <= $last
  AND version._retired_on IS NULL
  AND NOT EXISTS {
    MATCH (later)-[:SUPERSEDES]->(version)
    WHERE later._seq <= $last
  }
RETURN properties(version) AS properties
ORDER BY version._seq
