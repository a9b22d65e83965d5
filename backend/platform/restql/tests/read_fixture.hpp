#pragma once

namespace platform::restql::testing {

/// A small film archive: to-one, to-many, one-to-one, many-to-many, self and ambiguous relationships, a view, computed
/// columns and relationships, JSON, arrays, ranges, text search and a domain with representations of its own.
constexpr const char* film_sql = R"sql(
CREATE SCHEMA api;
CREATE DOMAIN api.color AS integer;
CREATE FUNCTION api.color_shown(api.color) RETURNS json LANGUAGE sql IMMUTABLE AS
    $$ SELECT to_json('#' || lpad(to_hex($1), 6, '0')) $$;
CREATE FUNCTION api.color_read(text) RETURNS api.color LANGUAGE sql IMMUTABLE AS
    $$ SELECT ('x' || lpad($1, 8, '0'))::bit(32)::integer::api.color $$;
CREATE CAST (api.color AS json) WITH FUNCTION api.color_shown(api.color) AS IMPLICIT;
CREATE CAST (text AS api.color) WITH FUNCTION api.color_read(text) AS IMPLICIT;

CREATE TABLE api.directors (id integer PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL);
CREATE TABLE api.films (
    id          integer PRIMARY KEY,
    title       text NOT NULL,
    year        integer,
    gross       numeric,
    director_id integer REFERENCES api.directors,
    is_restored boolean,
    info        jsonb,
    notes       json,
    tags        text[] NOT NULL DEFAULT '{}',
    shown       int4range,
    words       tsvector
);
CREATE TABLE api.technical_specs (film_id integer PRIMARY KEY REFERENCES api.films, camera text);
CREATE TABLE api.actors (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE api.roles (film_id integer REFERENCES api.films, actor_id integer REFERENCES api.actors, part text,
                        PRIMARY KEY (film_id, actor_id));
CREATE TABLE api.genres (id integer PRIMARY KEY, name text, parent_id integer REFERENCES api.genres);
CREATE TABLE api.places (id integer PRIMARY KEY, name text);
CREATE TABLE api.shipments (id integer PRIMARY KEY, sender integer CONSTRAINT sent_from REFERENCES api.places,
                            receiver integer CONSTRAINT sent_to REFERENCES api.places);
CREATE TABLE api.paints (id integer PRIMARY KEY, name text, shade api.color);
CREATE TABLE api.clients (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE api.projects (id integer PRIMARY KEY, name text NOT NULL, client_id integer REFERENCES api.clients);
CREATE TABLE api.a_name_as_long_as_postgresql_allows_it_to_be_which_is_63_bytes_ (
    id integer PRIMARY KEY, up integer REFERENCES api.a_name_as_long_as_postgresql_allows_it_to_be_which_is_63_bytes_);
CREATE TABLE api.hidden (id integer PRIMARY KEY);
CREATE VIEW api.old_films AS SELECT id, title, director_id FROM api.films WHERE year < 1960;

CREATE FUNCTION api.full_name(api.directors) RETURNS text LANGUAGE sql STABLE AS
    $$ SELECT $1.first_name || ' ' || $1.last_name $$;
CREATE FUNCTION api.hits(api.directors) RETURNS SETOF api.films LANGUAGE sql STABLE AS
    $$ SELECT * FROM api.films WHERE director_id = $1.id AND gross > 10 $$;
CREATE FUNCTION api.debut(api.directors) RETURNS SETOF api.films ROWS 1 LANGUAGE sql STABLE AS
    $$ SELECT * FROM api.films WHERE director_id = $1.id ORDER BY year LIMIT 1 $$;

CREATE DOMAIN api."text/x-names" AS text;
CREATE FUNCTION api.add_name(text, api.actors) RETURNS text LANGUAGE sql AS $$ SELECT concat_ws(';', $1, $2.name) $$;
CREATE FUNCTION api.as_names(text) RETURNS api."text/x-names" LANGUAGE sql AS $$ SELECT $1::api."text/x-names" $$;
CREATE AGGREGATE api.names(api.actors) (sfunc = api.add_name, stype = text, finalfunc = api.as_names);
CREATE DOMAIN api."text/x-count" AS text;
CREATE FUNCTION api.add_one(integer, anyelement) RETURNS integer LANGUAGE sql AS $$ SELECT $1 + 1 $$;
CREATE FUNCTION api.as_count(integer) RETURNS api."text/x-count" LANGUAGE sql AS $$ SELECT ($1 || ' rows')::api."text/x-count" $$;
CREATE AGGREGATE api.counted(anyelement) (sfunc = api.add_one, stype = integer, initcond = '0', finalfunc = api.as_count);
CREATE TABLE api.posters (id integer PRIMARY KEY, image bytea);
CREATE DOMAIN api."*/*" AS bytea;
CREATE FUNCTION api.add_image(bytea, api.posters) RETURNS bytea LANGUAGE sql AS $$ SELECT $1 || $2.image $$;
CREATE FUNCTION api.as_bytes(bytea) RETURNS api."*/*" LANGUAGE sql AS $$ SELECT $1::api."*/*" $$;
CREATE AGGREGATE api.glued(api.posters) (sfunc = api.add_image, stype = bytea, initcond = '', finalfunc = api.as_bytes);
CREATE FUNCTION api.title_words(api.films) RETURNS tsvector LANGUAGE sql IMMUTABLE AS
    $$ SELECT to_tsvector('simple', $1.title) $$;

INSERT INTO api.posters VALUES (1, '\xffd8'), (2, '\xff');
INSERT INTO api.directors VALUES (1, 'Akira', 'Kurosawa'), (2, 'Agnes', 'Varda'), (3, 'Nobody', 'Yet');
INSERT INTO api.films VALUES
    (1, 'Ikiru', 1952, 5.5, 1, true, '{"a": {"b": 7}, "list": [1, 2, 3], "name": "x"}', '{"a":1,"z":"q"}', '{drama,slow}',
     '[1,5)', to_tsvector('english', 'a clerk builds a playground')),
    (2, 'Ran', 1985, 12, 1, false, '{"a": {"b": 9}, "list": [4], "name": "y"}', NULL, '{war}', '[10,20)',
     to_tsvector('english', 'three sons fight for a castle')),
    (3, 'Cleo from 5 to 7', 1962, NULL, 2, NULL, NULL, NULL, '{slow}', NULL, NULL),
    (4, 'Vagabond', 1985, 20.25, 2, true, '{"a": null}', NULL, '{}', NULL, NULL),
    (5, 'Lost Reel, "untitled"', NULL, NULL, NULL, NULL, NULL, NULL, '{}', NULL, NULL);
INSERT INTO api.technical_specs VALUES (1, 'Mitchell'), (2, 'Panavision');
INSERT INTO api.actors VALUES (1, 'Takashi Shimura'), (2, 'Tatsuya Nakadai'), (3, 'Sandrine Bonnaire');
INSERT INTO api.roles VALUES (1, 1, 'Watanabe'), (2, 2, 'Hidetora'), (2, 1, NULL), (4, 3, 'Mona');
INSERT INTO api.genres VALUES (1, 'all', NULL), (2, 'drama', 1), (3, 'comedy', 1), (4, 'satire', 3);
INSERT INTO api.places VALUES (1, 'Tokyo'), (2, 'Paris');
INSERT INTO api.shipments VALUES (1, 1, 2), (2, 2, NULL);
INSERT INTO api.a_name_as_long_as_postgresql_allows_it_to_be_which_is_63_bytes_ VALUES (1, NULL), (2, 1), (3, 2);
INSERT INTO api.paints VALUES (1, 'black', 0), (2, 'red', 16711680), (3, 'none', NULL);

GRANT USAGE ON SCHEMA api TO anon;
GRANT SELECT ON ALL TABLES IN SCHEMA api TO anon;
REVOKE SELECT ON api.hidden FROM anon;
)sql";

}  // namespace platform::restql::testing
