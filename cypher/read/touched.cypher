// Purpose: what a stretch of the log changed or retired: the latest version of each record stated again or retired in
//          it, and whether the one before was retired.
// Parameters: after, upto, last
// Columns: properties, revived
MATCH (version:Version)
USING INDEX version:Version(_seq)
WHERE version._seq > $after AND version._seq <= $upto
  AND EXISTS { (version)-[:SUPERSEDES]->() }
  AND NOT EXISTS {
    MATCH (later)-[:SUPERSEDES]->(version)
    WHERE later._seq <= $last
  }
RETURN
  properties(version) AS properties,
  EXISTS {
    MATCH (version)-[:SUPERSEDES]->(earlier)
    WHERE earlier._retired_on IS NOT NULL
  } AS revived
ORDER BY version._seq
