#pragma once

/// What the tests of calls call.
namespace platform::restql::testing {

inline constexpr const char* call_scenario = R"sql(
CREATE SCHEMA api;
CREATE TABLE api.clients (id integer PRIMARY KEY, name text);
CREATE TABLE api.projects (id integer PRIMARY KEY, client_id integer REFERENCES api.clients, name text);
CREATE TABLE api.tasks (id integer PRIMARY KEY, project_id integer REFERENCES api.projects, name text);
CREATE TABLE api.log (word text);
INSERT INTO api.clients VALUES (1, 'Ada'), (2, 'Bob');
INSERT INTO api.projects VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'three'), (4, NULL, 'four');
INSERT INTO api.tasks VALUES (1, 1, 'dig'), (2, 1, 'fill'), (3, 3, 'paint');
CREATE DOMAIN api.small AS integer CHECK (VALUE < 10);
CREATE DOMAIN api.project AS api.projects;
CREATE TYPE api.point AS (x integer, y integer);
CREATE TYPE api.mood AS ENUM ('low', 'high');
CREATE DOMAIN "text/shout" AS text;
CREATE SEQUENCE api.calls;

CREATE FUNCTION api.add(a integer, b integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE FUNCTION api.hello(name text) RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'Hello, ' || name $$;
CREATE FUNCTION api.nothing() RETURNS void LANGUAGE sql AS 'SELECT';
CREATE FUNCTION api.no_number() RETURNS integer LANGUAGE sql STABLE AS 'SELECT NULL::integer';
CREATE FUNCTION api.numbers(up_to integer DEFAULT 3) RETURNS SETOF integer LANGUAGE sql STABLE AS
    'SELECT generate_series(1, up_to)';
CREATE FUNCTION api.an_array() RETURNS integer[] LANGUAGE sql STABLE AS 'SELECT ARRAY[1, 2]';
CREATE FUNCTION api.a_domain(val api.small) RETURNS api.small LANGUAGE sql STABLE AS 'SELECT val';
CREATE FUNCTION api.a_point() RETURNS api.point LANGUAGE sql STABLE AS 'SELECT ROW(10, 5)::api.point';
CREATE FUNCTION api.a_table() RETURNS TABLE (a text, b integer) LANGUAGE sql STABLE AS $$ VALUES ('x', 1), ('y', 2) $$;
CREATE FUNCTION api.one_out(num integer, OUT plus_one integer) LANGUAGE sql STABLE AS 'SELECT num + 1';
CREATE FUNCTION api.many_out(INOUT num integer, OUT str text) LANGUAGE sql STABLE AS $$ SELECT num, 'four' $$;
CREATE FUNCTION api.a_record() RETURNS record LANGUAGE sql STABLE AS $$ SELECT 1 AS id, 'x' AS name $$;
CREATE FUNCTION api.all_projects() RETURNS SETOF api.projects LANGUAGE sql STABLE AS 'SELECT * FROM api.projects';
CREATE FUNCTION api.one_project(id integer) RETURNS api.projects LANGUAGE sql STABLE AS
    'SELECT * FROM api.projects p WHERE p.id = $1';
CREATE FUNCTION api.project_domains() RETURNS SETOF api.project LANGUAGE sql STABLE AS
    'SELECT p::api.project FROM api.projects p';
CREATE FUNCTION api.mixed("Double" double precision, flag boolean, day date, feeling api.mood, list text[],
                          doc json DEFAULT '{}', docb jsonb DEFAULT '{}') RETURNS json LANGUAGE sql STABLE AS
    $$ SELECT json_build_object('d', $1, 'f', $2, 'day', $3, 'e', $4, 'l', $5, 'j', $6, 'b', $7) $$;
CREATE FUNCTION api.three(a integer DEFAULT 1, b integer DEFAULT 2, c integer DEFAULT 3) RETURNS integer LANGUAGE sql
    IMMUTABLE AS 'SELECT a * 100 + b * 10 + c';
CREATE FUNCTION api.variadic(VARIADIC v text[] DEFAULT '{}') RETURNS text[] LANGUAGE sql IMMUTABLE AS 'SELECT v';
CREATE FUNCTION api.named_variadic(name text, VARIADIC v integer[] DEFAULT '{}') RETURNS text LANGUAGE sql IMMUTABLE
    AS $$ SELECT name || v::text $$;
CREATE FUNCTION api.chars(c character, b bit) RETURNS json LANGUAGE sql STABLE AS
    'SELECT json_build_object(''c'', c, ''b'', b)';

CREATE FUNCTION api.over() RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'none' $$;
CREATE FUNCTION api.over(a integer) RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'a' $$;
CREATE FUNCTION api.over(a integer, b integer) RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'a, b' $$;
CREATE FUNCTION api.same(arg integer) RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'integer' $$;
CREATE FUNCTION api.same(arg xml) RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'xml' $$;
CREATE FUNCTION api.whole_json(json) RETURNS json LANGUAGE sql STABLE AS 'SELECT $1';
CREATE FUNCTION api.whole_text(text) RETURNS text LANGUAGE sql STABLE AS 'SELECT $1';
CREATE FUNCTION api.whole_bytes(bytea) RETURNS text LANGUAGE sql STABLE AS $$ SELECT encode($1, 'hex') $$;
CREATE FUNCTION api.whole_xml(xml) RETURNS text LANGUAGE sql STABLE AS 'SELECT $1::text';
CREATE FUNCTION api.whole() RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'nothing' $$;
CREATE FUNCTION api.whole(x integer) RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'x' $$;
CREATE FUNCTION api.whole(json) RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'json ' || $1::text $$;
CREATE FUNCTION api.whole(text) RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'text ' || $1 $$;
CREATE FUNCTION api.two_wholes(json) RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'json' $$;
CREATE FUNCTION api.two_wholes(jsonb) RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'jsonb' $$;
CREATE FUNCTION api.default_json(json DEFAULT '{"is":"default"}') RETURNS json LANGUAGE sql STABLE AS 'SELECT $1';
CREATE FUNCTION api.write(word text) RETURNS SETOF api.log LANGUAGE sql AS
    'INSERT INTO api.log VALUES (word), (word) RETURNING *';
CREATE FUNCTION api.count_call() RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('api.calls') $$;
CREATE FUNCTION api.sneaky(word text) RETURNS void LANGUAGE plpgsql STABLE AS
    $$ BEGIN PERFORM api.write(word); END $$;
CREATE FUNCTION api.isolated() RETURNS text LANGUAGE sql SET default_transaction_isolation = 'serializable' AS
    $$ SELECT current_setting('transaction_isolation') $$;
CREATE FUNCTION api.shout(word text) RETURNS "text/shout" LANGUAGE sql STABLE AS
    $$ SELECT upper(word)::"text/shout" $$;
CREATE FUNCTION api."odd ""f""("("a b,c" text, "$1" text DEFAULT '-') RETURNS text LANGUAGE sql STABLE AS
    'SELECT "a b,c" || "$1"';

GRANT USAGE ON SCHEMA api TO anon, authenticated;
GRANT ALL ON ALL TABLES IN SCHEMA api TO anon, authenticated;
GRANT ALL ON ALL SEQUENCES IN SCHEMA api TO anon, authenticated;
)sql";

}  // namespace platform::restql::testing
