// Purpose: remove some versions of an import that was interrupted before it was published.
// Parameters: last, limit
// Columns: removed
MATCH (version:Version)
WHERE version._seq > $last
WITH version
LIMIT $limit
DETACH DELETE version
RETURN count(*) AS removed
