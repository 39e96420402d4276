// Purpose: accounts whose owner knows nobody at the top: no tie and no interaction with anybody there.
// Parameters: day
// Columns: account, account_name, owner, owner_name, seats, holders, reached_by

// In Neo4j Browser, first:  :param day => date()
// seats: those at level 1 that somebody holds on that day; holders: who does. Without any it is not told.
// reached_by: who else of ours provably reaches one of these seats, the strongest first: they may introduce
MATCH (owner:Employee)-[:OWNS]->(account:Account)<-[:PART_OF]-(seat:Seat)
// What was asserted of the level last holds over what the seat says.
CALL (seat) {
  OPTIONAL MATCH (said:Assertion {subject: seat.id, attribute: 'level'})
    WHERE said.valid_from <= $day
  RETURN CASE WHEN said IS NULL THEN seat.level ELSE said.value END AS level
  ORDER BY said.valid_from DESC, coalesce(toString(said.recorded_at), '') DESC, said.id DESC
  LIMIT 1
}
WITH owner, account, seat, level
WHERE level = 1
MATCH (contact:Contact)-[holds:HOLDS]->(seat)
WHERE coalesce(holds.valid_from <= $day, true) AND coalesce(holds.valid_to > $day, true)
WITH owner, account, seat, contact,
  EXISTS { (owner)-[:TIED_TO]->(contact) }
    OR EXISTS {
      MATCH (owner)-[ours:TOOK_PART]->(:Interaction)<-[theirs:TOOK_PART]-(contact)
      // Who receive the same message have no dealings with each other.
      WHERE NOT (ours.`as` = 'to' AND theirs.`as` = 'to')
    } AS known
ORDER BY seat.id
WITH owner, account,
  collect(seat) AS seats,
  collect(contact.name) AS holders,
  max(CASE WHEN known THEN 1 ELSE 0 END) AS known
WHERE known = 0
CALL (owner, account, seats) {
  MATCH (other:Employee)-[route:REACHES {account: account.id}]->(seat:Seat)
  WHERE seat IN seats AND route.low > 0 AND other <> owner
  WITH other, max(route.low) AS low
  ORDER BY low DESC, other.id
  RETURN collect(other.id) AS reached_by
}
RETURN
  account.id AS account,
  account.name AS account_name,
  owner.id AS owner,
  owner.name AS owner_name,
  [seat IN seats | seat.id] AS seats,
  holders,
  reached_by
ORDER BY account
