// Purpose: accounts joined by people: who works for both, went from one to the other, or decides for both.
// Parameters: day
// Columns: account, account_name, other, other_name, joined, contact, name, seat, other_seat

// In Neo4j Browser, first:  :param day => date()
// joined: moved, from account to other, where they hold a seat on that day; both, they hold a seat at each;
//         decides, their seat at account decides for other
CALL {
  MATCH (contact:Contact)-[here:HOLDS]->(seat:Seat)-[:PART_OF]->(account:Account)
  MATCH (contact)-[there:HOLDS]->(seat_there:Seat)-[:PART_OF]->(other:Account)
  WHERE account <> other
    AND coalesce(there.valid_from <= $day, true) AND coalesce(there.valid_to > $day, true)
    AND (here.valid_to <= $day
      OR account.id < other.id
        AND coalesce(here.valid_from <= $day, true) AND coalesce(here.valid_to > $day, true))
  RETURN account, other, contact, seat, seat_there,
    CASE WHEN here.valid_to <= $day THEN 'moved' ELSE 'both' END AS joined
UNION
  MATCH (other:Account)<-[:DECIDES_FOR]-(seat:Seat)-[:PART_OF]->(account:Account)
  MATCH (contact:Contact)-[here:HOLDS]->(seat)
  WHERE coalesce(here.valid_from <= $day, true) AND coalesce(here.valid_to > $day, true)
  RETURN account, other, contact, seat, null AS seat_there, 'decides' AS joined
}
RETURN DISTINCT
  account.id AS account,
  account.name AS account_name,
  other.id AS other,
  other.name AS other_name,
  joined,
  contact.id AS contact,
  contact.name AS name,
  seat.id AS seat,
  seat_there.id AS other_seat
ORDER BY joined DESC, account, other, seat, contact
