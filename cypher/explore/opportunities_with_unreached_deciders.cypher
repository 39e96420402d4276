// Purpose: money at stake where no employee of ours provably reaches all who decide or approve, or where
//          none is on record; the next due first.
// Parameters: day
// Columns: opportunity, name, amount, currency, expected_on, account, account_name, deciders, unreached,
//          possible

// In Neo4j Browser, first:  :param day => date()
// deciders: how many seats there, or deciding for it, have that role on that day; 0: none is on record
// unreached: the ids of those that no employee provably reaches; possible: those of them somebody may reach
MATCH (deal:Opportunity)-[:PART_OF]->(account:Account)
CALL (account) {
  OPTIONAL MATCH (account)<-[:PART_OF|DECIDES_FOR]-(seat:Seat)
  WITH DISTINCT seat
  // What was asserted of the roles last holds over what the seat says.
  CALL (seat) {
    OPTIONAL MATCH (said:Assertion {subject: seat.id, attribute: 'roles'})
      WHERE said.valid_from <= $day
    RETURN CASE WHEN said IS NULL THEN seat.roles ELSE said.value END AS roles
    ORDER BY said.valid_from DESC, coalesce(toString(said.recorded_at), '') DESC, said.id DESC
    LIMIT 1
  }
  WITH CASE WHEN any(role IN roles WHERE role IN ['decider', 'approver']) THEN seat END AS decider
  OPTIONAL MATCH (:Employee)-[route:REACHES]->(decider)
  WITH decider, max(route.low) AS low
  ORDER BY decider.id
  RETURN
    count(decider) AS deciders,
    collect(CASE WHEN coalesce(low, 0) = 0 THEN decider.id END) AS unreached,
    collect(CASE WHEN low = 0 THEN decider.id END) AS possible
}
WITH *
WHERE deciders = 0 OR size(unreached) > 0
RETURN
  deal.id AS opportunity,
  deal.name AS name,
  deal.amount AS amount,
  deal.currency AS currency,
  deal.expected_on AS expected_on,
  account.id AS account,
  account.name AS account_name,
  deciders,
  unreached,
  possible
ORDER BY expected_on, opportunity
