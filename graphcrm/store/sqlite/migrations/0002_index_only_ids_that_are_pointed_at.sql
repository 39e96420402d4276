-- Nothing points at an interaction, and most of a store are interactions.

DROP INDEX version_id;

CREATE INDEX version_id ON version (kind, id) WHERE id IS NOT NULL AND kind <> 'interactions';
