// Purpose: who stood up for us, left a seat, and holds one at another account now: follow, and replace.
// Parameters: day, days
// Columns: contact, name, attitude, left_on, left_account, left_seat, account, account_name, seat, title,
//          known_by

// In Neo4j Browser, first:  :param day => date()
//                           :param days => 365
// left in the last so many days; attitude: supporter, strong_supporter or coach, as last asserted
// known_by: who of ours stated a tie to them
MATCH (contact:Contact)-[held:HOLDS]->(old:Seat)-[:PART_OF]->(was:Account)
WHERE held.valid_to <= $day AND held.valid_to >= $day - duration({days: $days})
WITH contact, old, was, max(held.valid_to) AS left_on
MATCH (contact)-[holds:HOLDS]->(seat:Seat)-[:PART_OF]->(account:Account)
WHERE account <> was
  AND coalesce(holds.valid_from <= $day, true) AND coalesce(holds.valid_to > $day, true)
  AND NOT EXISTS {
    MATCH (contact)-[again:HOLDS]->(old)
    WHERE coalesce(again.valid_from <= $day, true) AND coalesce(again.valid_to > $day, true)
  }
CALL (contact) {
  MATCH (said:Assertion {subject: contact.id, attribute: 'attitude'})
  WHERE said.valid_from <= $day
  RETURN said.value AS attitude
  ORDER BY said.valid_from DESC, coalesce(toString(said.recorded_at), '') DESC, said.id DESC
  LIMIT 1
}
WITH *
WHERE attitude IN ['supporter', 'strong_supporter', 'coach']
RETURN DISTINCT
  contact.id AS contact,
  contact.name AS name,
  attitude,
  left_on,
  was.id AS left_account,
  old.id AS left_seat,
  account.id AS account,
  account.name AS account_name,
  seat.id AS seat,
  seat.title AS title,
  COLLECT {
    MATCH (employee:Employee)-[:TIED_TO]->(contact)
    RETURN DISTINCT employee.id AS id ORDER BY id
  } AS known_by
ORDER BY left_on DESC, contact, left_seat, seat
