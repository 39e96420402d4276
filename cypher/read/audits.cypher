// Purpose: the header of every audit, the latest first.
// Parameters: none
// Columns: header
MATCH (audit:Audit)
WHERE audit.number > 0
RETURN audit {.number, .run_at, .as_of, .known_at, .policy, .accounts} AS header
ORDER BY audit.number DESC
