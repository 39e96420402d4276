// Purpose: how many records of each kind are in force.
// Parameters: last
// Columns: kind, count
MATCH (version:Version)
USING INDEX version:Version(_seq)
WHERE version._seq <= $last
  AND version._retired_on IS NULL
  AND NOT EXISTS {
    MATCH (later)-[:SUPERSEDES]->(version)
    WHERE later._seq <= $last
  }
RETURN version._kind AS kind, count(*) AS count
