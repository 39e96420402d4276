// Purpose: of what an audit derived the edges that are drawn, and what they say.
// Parameters: rows
// Columns: place, properties
UNWIND $rows AS row
MATCH (employee:Employee {id: row.employee})-[reaches:REACHES]->(seat:Seat {id: row.seat})
WHERE reaches.account = row.account
RETURN row.place AS place, properties(reaches) AS properties
