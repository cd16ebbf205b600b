-- Layout 1. Times are Unix milliseconds, numbers of statements count from 1 within their incident.

CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
-- Hashes addresses for the suppression list. Made here and kept here: it must outlive every other key.
INSERT INTO setting VALUES ('suppression key', randomblob(32));

-- What was said: the lines of record.jsonl, in order.
CREATE TABLE record (n INTEGER PRIMARY KEY, id TEXT NOT NULL, hash TEXT NOT NULL, line TEXT NOT NULL);
CREATE INDEX record_by_id ON record (id);

CREATE TABLE incident (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  latest_seq INTEGER NOT NULL DEFAULT 0,
  all_seq INTEGER NOT NULL DEFAULT 0,   -- the latest told, by pace; 0: none
  news_seq INTEGER NOT NULL DEFAULT 0,
  ends_seq INTEGER NOT NULL DEFAULT 0,
  final_seq INTEGER,                    -- the one that ended it; NULL: open
  starts_at INTEGER NOT NULL DEFAULT 0, -- no mail before this
  paused TEXT,                          -- why; NULL: not paused
  all_services INTEGER NOT NULL DEFAULT 0,
  all_areas INTEGER NOT NULL DEFAULT 0,
  work INTEGER NOT NULL DEFAULT 0       -- whether any delivery may be due
);
CREATE INDEX incident_with_work ON incident (id) WHERE work = 1;
CREATE INDEX incident_open ON incident (id) WHERE final_seq IS NULL;

CREATE TABLE update_ (
  incident_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  statement TEXT NOT NULL UNIQUE,
  kind INTEGER NOT NULL,
  last INTEGER NOT NULL,                -- no later mail is sure to make up for a lost one
  told INTEGER NOT NULL,
  slot_at INTEGER,
  published_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (incident_id, seq),
  UNIQUE (incident_id, slot_at)
) WITHOUT ROWID;

-- Ids of services (kind 0) and areas (kind 1), as numbers.
CREATE TABLE topic (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, name TEXT NOT NULL, UNIQUE (kind, name));
-- Whom an incident concerns; none of a kind: everyone.
CREATE TABLE reach (
  incident_id INTEGER NOT NULL, kind INTEGER NOT NULL, topic_id INTEGER NOT NULL,
  PRIMARY KEY (incident_id, kind, topic_id)
) WITHOUT ROWID;
-- What a subscriber wants to hear about; none of a kind: everything.
CREATE TABLE wish (
  subscriber_id INTEGER NOT NULL, kind INTEGER NOT NULL, topic_id INTEGER NOT NULL,
  PRIMARY KEY (subscriber_id, kind, topic_id)
) WITHOUT ROWID;

-- AUTOINCREMENT: links hold the id, so it must never become another person's.
CREATE TABLE subscriber (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  email_same TEXT NOT NULL UNIQUE,
  found_by TEXT NOT NULL,               -- name and address in lower case
  language TEXT NOT NULL,
  pace INTEGER NOT NULL,
  state INTEGER NOT NULL,
  all_services INTEGER NOT NULL,
  all_areas INTEGER NOT NULL,
  signed_up_at INTEGER NOT NULL,
  confirmed_at INTEGER,
  token_epoch INTEGER NOT NULL DEFAULT 0,
  bucket INTEGER AS ((id * 2654435761 >> 16) % 32) VIRTUAL -- as outbox::bucket
);
CREATE TABLE suppression (
  email_hmac BLOB PRIMARY KEY, reason INTEGER NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL, subscriber_id INTEGER
) WITHOUT ROWID;

CREATE TABLE delivery (
  incident_id INTEGER NOT NULL,
  bucket INTEGER NOT NULL,              -- the subscriber's
  subscriber_id INTEGER NOT NULL,
  channel INTEGER NOT NULL DEFAULT 0,   -- 0: mail
  pace INTEGER NOT NULL,
  acked_seq INTEGER NOT NULL DEFAULT 0,
  sure_seq INTEGER NOT NULL DEFAULT 0,
  phase INTEGER NOT NULL DEFAULT 0,
  halt INTEGER NOT NULL DEFAULT 0,
  try_seq INTEGER NOT NULL DEFAULT 0,
  attempt INTEGER NOT NULL DEFAULT 0,
  doubts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER,
  owner INTEGER,
  lease_until INTEGER,
  last_code INTEGER NOT NULL DEFAULT 0,
  since INTEGER NOT NULL,
  relay_ref TEXT,
  -- By bucket: who is served together lies together, and a commit touches few pages.
  PRIMARY KEY (incident_id, bucket, subscriber_id, channel)
) WITHOUT ROWID;
CREATE INDEX delivery_idle ON delivery (incident_id, pace, bucket, acked_seq) WHERE phase = 0 AND halt = 0;
CREATE INDEX delivery_due ON delivery (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX delivery_held ON delivery (owner) WHERE owner IS NOT NULL;
CREATE INDEX delivery_expired ON delivery (incident_id) WHERE phase = 5;

-- Every accepted mail: it carried what came after from_seq, up to seq.
CREATE TABLE sent (
  incident_id INTEGER NOT NULL, bucket INTEGER NOT NULL, subscriber_id INTEGER NOT NULL, seq INTEGER NOT NULL,
  from_seq INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (incident_id, bucket, subscriber_id, seq)
) WITHOUT ROWID;
-- Every attempt that failed or is in doubt.
CREATE TABLE trouble (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL, incident_id INTEGER NOT NULL, seq INTEGER NOT NULL, subscriber_id INTEGER NOT NULL,
  what INTEGER NOT NULL, code INTEGER NOT NULL, text TEXT NOT NULL,
  bucket INTEGER AS ((subscriber_id * 2654435761 >> 16) % 32) VIRTUAL
);
CREATE INDEX trouble_of ON trouble (subscriber_id, incident_id);
CREATE INDEX trouble_doubt ON trouble (id) WHERE what = 4;

CREATE TABLE once (key TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE notice (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL,
  recipient TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL,
  at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
  done INTEGER NOT NULL DEFAULT 0,      -- 1: accepted or presumed to be
  sure INTEGER NOT NULL DEFAULT 0,      -- 1: accepted
  phase INTEGER NOT NULL DEFAULT 0, halt INTEGER NOT NULL DEFAULT 0, attempt INTEGER NOT NULL DEFAULT 0,
  doubts INTEGER NOT NULL DEFAULT 0, due_at INTEGER, owner INTEGER, lease_until INTEGER,
  last_code INTEGER NOT NULL DEFAULT 0, last_text TEXT NOT NULL DEFAULT ''
);
CREATE INDEX notice_open ON notice (phase, due_at) WHERE done = 0 AND halt = 0;

CREATE TABLE sender (
  owner INTEGER PRIMARY KEY AUTOINCREMENT, host TEXT NOT NULL, started_at INTEGER NOT NULL, heartbeat_at INTEGER NOT NULL
);
