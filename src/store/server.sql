-- What a server has besides the tables of schema.sql.

-- Counts changes on which every session depends: see `db::server`.
CREATE TABLE version (n BIGINT NOT NULL);
INSERT INTO version VALUES (1);

-- SQLite's names for what PostgreSQL calls otherwise.
CREATE FUNCTION max(BIGINT, BIGINT) RETURNS BIGINT LANGUAGE sql IMMUTABLE AS 'SELECT greatest($1, $2)';
CREATE FUNCTION instr(TEXT, TEXT) RETURNS BIGINT LANGUAGE sql IMMUTABLE AS 'SELECT CAST(strpos($1, $2) AS BIGINT)';

-- Each row is written several times while it is sent: room for that beside it, and old versions cleared away early.
ALTER TABLE delivery SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE notice SET (fillfactor = 70);
