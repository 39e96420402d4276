// Purpose: the reviews of an audit, in the order they were saved.
// Parameters: number
// Columns: review
MATCH (review:Review)
WHERE review._audit = $number AND review._position >= 0
RETURN properties(review) AS review
ORDER BY review._position
