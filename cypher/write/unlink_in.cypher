// Purpose: remove the edges that records state from people to themselves, before they are stated anew.
// Parameters: ids
// Names: label
// Columns: none
UNWIND $ids AS id
MATCH (node:`{label}` {id: id})<-[edge:OWNS|TOOK_PART]-()
DELETE edge
