// Purpose: every id of a kind ever known, retired ones too. Read from the index alone.
// Parameters: kind
// Columns: id
MATCH (version:Version)
WHERE version._kind = $kind AND version._id IS NOT NULL
RETURN DISTINCT version._id AS id
