// Purpose: of a stretch of the log the versions in force, to compare the current graph with.
// Parameters: after, upto, last
// Columns: properties
MATCH (version:Version)
USING INDEX version:Version(_seq)
WHERE version._seq > $after AND version._seq <= $upto
  AND version._retired_on IS NULL
  AND NOT EXISTS {
    MATCH (later)-[:SUPERSEDES]->(version)
    WHERE later._seq <= $last
  }
RETURN properties(version) AS properties
ORDER BY version._seq
