// Purpose: versions in force of a kind that point, in a field, at records which are current again.
// Parameters: kind, field, ids, last
// Columns: properties
MATCH (version:Version {_kind: $kind})
WHERE version._seq <= $last
  AND version._retired_on IS NULL
  AND any(id IN [] + version[$field] WHERE id IN $ids)
  AND NOT EXISTS {
    MATCH (later)-[:SUPERSEDES]->(version)
    WHERE later._seq <= $last
  }
RETURN properties(version) AS properties
ORDER BY version._seq
