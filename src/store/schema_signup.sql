-- The sign-up service.

-- Follows single incidents and nothing else.
ALTER TABLE subscriber ADD COLUMN only_followed INTEGER NOT NULL DEFAULT 0;
CREATE TABLE follow (subscriber_id INTEGER NOT NULL, slug TEXT NOT NULL, PRIMARY KEY (subscriber_id, slug)) WITHOUT ROWID;

-- When an address was last written to because somebody typed it into the form. Hashed as in suppression.
CREATE TABLE asked (email_hmac BLOB PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE feedback (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  incident TEXT NOT NULL, statement TEXT NOT NULL,
  helped INTEGER NOT NULL,
  words TEXT NOT NULL, contact TEXT NOT NULL,
  told_at INTEGER                       -- when the owner was told; NULL: not yet
);
CREATE INDEX feedback_new ON feedback (incident) WHERE told_at IS NULL;
CREATE INDEX feedback_told ON feedback (incident, told_at) WHERE told_at IS NOT NULL;
