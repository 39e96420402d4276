// Purpose: add versions to the log; those that follow each other are mostly of one kind and source, told once.
// Parameters: groups, number
// Columns: none
UNWIND $groups AS group
UNWIND group.rows AS row
CREATE (version:Version)
SET version = row, version._import = $number, version._kind = group.kind, version._source = group.source
