// Purpose: what a stretch of the log changed: the latest version of each record stated or retired in it, whether
//          there was one before, and whether that was retired.
// Parameters: after, upto, last
// Columns: properties, changed, revived
MATCH (version:Version)
USING INDEX version:Version(_seq)
WHERE version._seq > $after AND version._seq <= $upto
  AND NOT EXISTS {
    MATCH (later)-[:SUPERSEDES]->(version)
    WHERE later._seq <= $last
  }
RETURN
  properties(version) AS properties,
  EXISTS { (version)-[:SUPERSEDES]->() } AS changed,
  EXISTS {
    MATCH (version)-[:SUPERSEDES]->(earlier)
    WHERE earlier._retired_on IS NOT NULL
  } AS revived
ORDER BY version._seq
