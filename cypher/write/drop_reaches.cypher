// Purpose: remove some of what earlier audits derived.
// Parameters: number, limit
// Columns: removed
MATCH ()-[reaches:REACHES]->()
WHERE reaches.audit <= $number
WITH reaches
LIMIT $limit
DELETE reaches
RETURN count(*) AS removed
