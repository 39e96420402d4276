// Purpose: note a migration as applied.
// Parameters: version, label, checksum
// Columns: none
MERGE (migration:Migration {version: $version})
ON CREATE SET migration.label = $label, migration.checksum = $checksum, migration.applied_at = datetime()
