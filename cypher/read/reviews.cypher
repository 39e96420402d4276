// Purpose: the reviews of an audit from one place to before another, in the order they were saved.
// Parameters: number, start, stop
// Columns: review
MATCH (review:Review)
WHERE review._audit = $number AND review._position >= $start AND review._position < $stop
RETURN properties(review) AS review
ORDER BY review._position
