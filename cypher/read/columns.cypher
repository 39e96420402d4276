// Purpose: facts as columns: of some kinds only the fields wanted, days and times as text; in the order first stated.
//          A row holds what one stretch of the log stated first of one kind, so that the log is walked once, nothing
//          is sorted, and neither side holds more than a few stretches.
// Parameters: fields, step, last, as_of, known_at
// Columns: upto, kind, records
UNWIND range(0, $last - 1, $step) AS after
CALL (after) {
  MATCH (first:Version)
  USING INDEX first:Version(_seq)
  WHERE first._seq > after AND first._seq <= after + $step AND first._seq <= $last
    AND first._kind IN keys($fields)
    AND NOT EXISTS { (first)-[:SUPERSEDES]->() }
  WITH first,
    CASE
      WHEN NOT EXISTS { ()-[:SUPERSEDES]->(first) } THEN first
      ELSE head(COLLECT {
        MATCH (later)-[:SUPERSEDES*0..]->(first)
        WHERE later._seq <= $last
          AND (later._known_from IS NULL OR later._known_from <= $known_at)
          AND (later._retired_on IS NULL OR later._retired_on <= $as_of)
        RETURN later
        ORDER BY later._seq DESC
        LIMIT 1
      })
    END AS version
  WHERE version IS NOT NULL
    AND version._retired_on IS NULL
    AND (version._known_from IS NULL OR version._known_from <= $known_at)
  WITH version
  ORDER BY first._seq
  RETURN version._kind AS kind, collect([field IN $fields[version._kind] |
    CASE
      WHEN version[field] IS :: DATE | ZONED DATETIME THEN toString(version[field])
      WHEN version[field] IS :: LIST<DATE NOT NULL> THEN [day IN version[field] | toString(day)]
      ELSE version[field]
    END
  ]) AS records
}
RETURN after + $step AS upto, kind, records
