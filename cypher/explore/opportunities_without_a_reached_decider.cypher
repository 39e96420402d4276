// Purpose: money at stake where no employee of ours provably reaches anybody who decides or approves, the next due
//          first.
// Parameters: day
// Columns: opportunity, name, amount, currency, expected_on, account, account_name, deciders, possible

// In Neo4j Browser, first:  :param day => date()
// deciders: seats there, or deciding for it, with that role on that day; 0: none is on record
// possible: of these, those that somebody may reach, which is not proven
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
  RETURN
    count(decider) AS deciders,
    count(CASE WHEN low = 0 THEN 1 END) AS possible,
    count(CASE WHEN low > 0 THEN 1 END) AS reached
}
WITH deal, account, deciders, possible, reached
WHERE reached = 0
RETURN
  deal.id AS opportunity,
  deal.name AS name,
  deal.amount AS amount,
  deal.currency AS currency,
  deal.expected_on AS expected_on,
  account.id AS account,
  account.name AS account_name,
  deciders,
  possible
ORDER BY expected_on, opportunity
