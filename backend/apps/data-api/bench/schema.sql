-- What the data API's benchmark reads and writes: directors, films, roles; row level security off, as pgbench runs without.
DROP SCHEMA IF EXISTS bench CASCADE;
CREATE SCHEMA bench;
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'bench_visitor') THEN CREATE ROLE bench_visitor NOLOGIN; END IF;
END
$$;
CREATE TABLE bench.directors (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE bench.films (
  id integer PRIMARY KEY,
  title text NOT NULL,
  year integer NOT NULL,
  director_id integer NOT NULL REFERENCES bench.directors
);
CREATE TABLE bench.roles (id integer PRIMARY KEY, film_id integer NOT NULL REFERENCES bench.films, actor text NOT NULL);
CREATE TABLE bench.notes (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text NOT NULL);
CREATE FUNCTION bench.add(a integer, b integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
INSERT INTO bench.directors SELECT i, 'Director ' || i FROM generate_series(1, 200) AS i;
INSERT INTO bench.films SELECT i, 'Film ' || i, 1950 + i % 75, 1 + i % 200 FROM generate_series(1, 10000) AS i;
INSERT INTO bench.roles SELECT i, 1 + i % 10000, 'Actor ' || i FROM generate_series(1, 50000) AS i;
CREATE INDEX ON bench.films (director_id);
CREATE INDEX ON bench.roles (film_id);
GRANT USAGE ON SCHEMA bench TO bench_visitor;
GRANT SELECT ON ALL TABLES IN SCHEMA bench TO bench_visitor;
GRANT INSERT ON bench.notes TO bench_visitor;
ANALYZE;
