// Purpose: remove edges that are records, before they are stated anew or because they are retired.
// Parameters: keys
// Names: type
// Columns: none
UNWIND $keys AS key
MATCH ()-[edge:`{type}` {key: key}]->()
DELETE edge
