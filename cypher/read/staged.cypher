// Purpose: how many versions of an import that was not published lie in the log.
// Parameters: last
// Columns: count
MATCH (version:Version)
WHERE version._seq > $last
RETURN count(*) AS count
