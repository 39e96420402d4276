// Purpose: add versions to the log.
// Parameters: rows
// Columns: none
UNWIND $rows AS row
CREATE (version:Version)
SET version = row
