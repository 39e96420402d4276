// Purpose: every id of some kinds known before an import, retired ones too, but for what it states again.
// Parameters: kinds, last, again
// Columns: kind, id
MATCH (version:Version)
USING INDEX version:Version(_seq)
WHERE version._seq <= $last
  AND version._kind IN $kinds
  AND version._id IS NOT NULL
  AND NOT version._seq IN $again
RETURN DISTINCT version._kind AS kind, version._id AS id
