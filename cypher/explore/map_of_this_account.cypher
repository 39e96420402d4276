// Purpose: the map of an account as a graph: its departments and seats, who holds them, who reports to
//          whom, and who of ours reaches them.
// Parameters: account, day
// Columns: path

// In Neo4j Browser, first:  :param account => 'id of an account'
//                           :param day => date()
// Seats elsewhere that decide for it belong to it. REACHES is proven where its low is above 0.
MATCH (account:Account {id: $account})<-[:PART_OF|DECIDES_FOR]-(seat:Seat)
WITH DISTINCT account, seat
CALL (account, seat) {
  MATCH path = (account)<-[:PART_OF|DECIDES_FOR]-(seat)
  RETURN path
UNION
  MATCH path = (seat)-[:IN_DEPARTMENT]->(:Department)
  RETURN path
UNION
  MATCH path = (seat)-[:REPORTS_TO]->(:Seat)
  RETURN path
UNION
  MATCH path = (seat)<-[holds:HOLDS]-(:Contact)
  WHERE coalesce(holds.valid_from <= $day, true) AND coalesce(holds.valid_to > $day, true)
  RETURN path
UNION
  MATCH path = (seat)<-[:REACHES {account: account.id}]-(:Employee)
  RETURN path
}
RETURN path
