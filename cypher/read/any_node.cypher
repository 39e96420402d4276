// Purpose: whether a database without our node holds anything of somebody else's. A node that marks a database
//          as one for tests is nobody's data.
// Parameters: none
// Columns: found
MATCH (n)
WHERE NOT n:GraphcrmTestDatabase
RETURN true AS found
LIMIT 1
