// Purpose: whether an import has written the version at a place in the log.
// Parameters: seq, number
// Columns: there
RETURN EXISTS { MATCH (version:Version {_seq: $seq}) WHERE version._import = $number } AS there
