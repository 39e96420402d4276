// Purpose: a stretch of the log as it was written, each version with the one whose place it takes; of a
//          retirement also what that states.
// Parameters: after, upto
// Columns: properties, earlier, stated
MATCH (version:Version)
USING INDEX version:Version(_seq)
WHERE version._seq > $after AND version._seq <= $upto
OPTIONAL MATCH (version)-[:SUPERSEDES]->(earlier)
RETURN properties(version) AS properties,
       earlier._seq AS earlier,
       CASE WHEN version._retired_on IS NULL THEN NULL ELSE properties(earlier) END AS stated
ORDER BY version._seq
