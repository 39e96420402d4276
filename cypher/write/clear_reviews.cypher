// Purpose: remove some reviews of an audit that was interrupted before it was kept.
// Parameters: last, limit
// Columns: removed
MATCH (review:Review)
WHERE review._audit > $last AND review._position >= 0
WITH review
LIMIT $limit
DETACH DELETE review
RETURN count(*) AS removed
