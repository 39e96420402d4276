// Purpose: what makes a database a store: the log of versions, imports and audits, and the current graph.
// Parameters: none
// Columns: none

// One node tells that this database is ours, and up to where the log is published.
CREATE CONSTRAINT store_name IF NOT EXISTS FOR (n:Store) REQUIRE n.name IS UNIQUE;
CREATE CONSTRAINT migration_version IF NOT EXISTS FOR (n:Migration) REQUIRE n.version IS UNIQUE;
CREATE CONSTRAINT import_number IF NOT EXISTS FOR (n:Import) REQUIRE n.number IS UNIQUE;

// The log. A slot is what versions of one record share; properties of the log itself begin with _.
CREATE CONSTRAINT version_seq IF NOT EXISTS FOR (n:Version) REQUIRE n._seq IS UNIQUE;
CREATE INDEX version_slot IF NOT EXISTS FOR (n:Version) ON (n._slot);
CREATE INDEX version_kind IF NOT EXISTS FOR (n:Version) ON (n._kind);
CREATE INDEX version_id IF NOT EXISTS FOR (n:Version) ON (n._kind, n._id);

// The current graph, for people.
CREATE CONSTRAINT account_id IF NOT EXISTS FOR (n:Account) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT department_id IF NOT EXISTS FOR (n:Department) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT seat_id IF NOT EXISTS FOR (n:Seat) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT contact_id IF NOT EXISTS FOR (n:Contact) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT employee_id IF NOT EXISTS FOR (n:Employee) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT assertion_id IF NOT EXISTS FOR (n:Assertion) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT interaction_id IF NOT EXISTS FOR (n:Interaction) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT mechanism_id IF NOT EXISTS FOR (n:Mechanism) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT stage_id IF NOT EXISTS FOR (n:Stage) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT opportunity_id IF NOT EXISTS FOR (n:Opportunity) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT holds_key IF NOT EXISTS FOR ()-[r:HOLDS]-() REQUIRE r.key IS UNIQUE;
CREATE CONSTRAINT tied_to_key IF NOT EXISTS FOR ()-[r:TIED_TO]-() REQUIRE r.key IS UNIQUE;
CREATE CONSTRAINT influences_key IF NOT EXISTS FOR ()-[r:INFLUENCES]-() REQUIRE r.key IS UNIQUE;
CREATE INDEX tied_to_id IF NOT EXISTS FOR ()-[r:TIED_TO]-() ON (r.id);
CREATE INDEX assertion_subject IF NOT EXISTS FOR (n:Assertion) ON (n.subject);
CREATE INDEX interaction_at IF NOT EXISTS FOR (n:Interaction) ON (n.at);

// Audits, and what the latest of them derived.
CREATE CONSTRAINT audit_number IF NOT EXISTS FOR (n:Audit) REQUIRE n.number IS UNIQUE;
CREATE CONSTRAINT review_place IF NOT EXISTS FOR (n:Review) REQUIRE (n._audit, n._position) IS UNIQUE;
CREATE INDEX review_account IF NOT EXISTS FOR (n:Review) ON (n.account);
CREATE INDEX reaches_audit IF NOT EXISTS FOR ()-[r:REACHES]-() ON (r.audit);
