-- Readers' own hours, how fast a statement goes out, mail that came back, channels beside mail.

ALTER TABLE subscriber ADD COLUMN zone TEXT NOT NULL DEFAULT '';  -- of the time zone database; '': the site's
ALTER TABLE subscriber ADD COLUMN quiet TEXT NOT NULL DEFAULT ''; -- 22:00-07:00; '': never

-- Accepted mails that brought a reader to this number, and when the first and the last of them were.
ALTER TABLE update_ ADD COLUMN sent_n INTEGER NOT NULL DEFAULT 0;
ALTER TABLE update_ ADD COLUMN first_sent_at INTEGER;
ALTER TABLE update_ ADD COLUMN last_sent_at INTEGER;

CREATE TABLE bounce (
  id INTEGER PRIMARY KEY,
  report TEXT NOT NULL UNIQUE,          -- names the report: it counts once
  at INTEGER NOT NULL,
  subscriber_id INTEGER NOT NULL,
  kind INTEGER NOT NULL, status TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX bounce_of ON bounce (subscriber_id, at);

-- As delivery, for channels: a handful of rows for each incident.
CREATE TABLE post (
  incident_id INTEGER NOT NULL,
  channel TEXT NOT NULL,
  pace INTEGER NOT NULL,
  staff INTEGER NOT NULL,               -- told before the public
  acked_seq INTEGER NOT NULL DEFAULT 0, sure_seq INTEGER NOT NULL DEFAULT 0,
  phase INTEGER NOT NULL DEFAULT 0, halt INTEGER NOT NULL DEFAULT 0,
  try_seq INTEGER NOT NULL DEFAULT 0,
  attempt INTEGER NOT NULL DEFAULT 0, doubts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER, owner INTEGER, lease_until INTEGER,
  last_code INTEGER NOT NULL DEFAULT 0, last_text TEXT NOT NULL DEFAULT '',
  since INTEGER NOT NULL,
  PRIMARY KEY (incident_id, channel)
) WITHOUT ROWID;
