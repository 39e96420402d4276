// Purpose: a stretch of the imports.
// Parameters: after, upto
// Columns: import
MATCH (import:Import)
WHERE import.number > $after AND import.number <= $upto
RETURN import {.number, .name, .source, .as_of, .at} AS import
ORDER BY import.number
