// Purpose: remove the edges that records state from themselves outwards, before they are stated anew.
// Parameters: ids
// Names: label
// Columns: none
UNWIND $ids AS id
MATCH (node:`{label}` {id: id})-[edge:PART_OF|IN_DEPARTMENT|REPORTS_TO|DECIDES_FOR|ABOUT]->()
DELETE edge
