// Purpose: one audit, with the method pack it used.
// Parameters: number
// Columns: audit
MATCH (audit:Audit {number: $number})
RETURN properties(audit) AS audit
