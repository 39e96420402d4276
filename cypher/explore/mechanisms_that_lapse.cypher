// Purpose: agreements, committees and joint work that end soon, are not kept up, or that nobody carries.
// Parameters: day, days
// Columns: account, account_name, mechanism, kind, why, on, owners

// In Neo4j Browser, first:  :param day => date()
//                           :param days => 90
// why: ends, within so many days; overdue, not held for one and a half times its cadence;
//      left, of ours who own it nobody is with us any more
// on: the day it ends, was last held, or the last owner left; owners: ours, who are still there
MATCH (mechanism:Mechanism)-[:PART_OF]->(account:Account)
WHERE coalesce(mechanism.valid_from <= $day, true) AND coalesce(mechanism.valid_to > $day, true)
OPTIONAL MATCH (owner:Employee)-[:OWNS]->(mechanism)
WITH account, mechanism, owner,
  coalesce(owner.valid_from <= $day, true) AND coalesce(owner.valid_to > $day, true) AS there
ORDER BY owner.id
WITH account, mechanism,
  collect(CASE WHEN there THEN owner.id END) AS owners,
  count(owner) AS named,
  max(owner.valid_to) AS left_on,
  reduce(last = null, day IN mechanism.held |
    CASE WHEN day <= $day AND coalesce(day > last, true) THEN day ELSE last END) AS last_held
UNWIND [
  {why: 'ends', on: mechanism.valid_to, holds: mechanism.valid_to <= $day + duration({days: $days})},
  {why: 'overdue', on: last_held, holds: mechanism.cadence_days IS NOT NULL
    AND coalesce(duration.inDays(last_held, $day).days > 1.5 * mechanism.cadence_days, true)},
  {why: 'left', on: left_on, holds: named > 0 AND size(owners) = 0}
] AS reason
WITH *
WHERE reason.holds
RETURN
  account.id AS account,
  account.name AS account_name,
  mechanism.id AS mechanism,
  mechanism.kind AS kind,
  reason.why AS why,
  reason.on AS on,
  owners
ORDER BY on, account, mechanism, why
