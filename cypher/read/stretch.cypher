// Purpose: of which kinds a stretch of the log holds versions that are stated for the first time, and of which others.
// Parameters: after, upto
// Columns: kind, again
MATCH (version:Version)
USING INDEX version:Version(_seq)
WHERE version._seq > $after AND version._seq <= $upto
RETURN DISTINCT version._kind AS kind, EXISTS { (version)-[:SUPERSEDES]-() } AS again
