-- name: relations
-- Tables and views of the exposed schemas; partitions are reached through their parent. `writes` is the bit set of
-- pg_relation_is_updatable (4 update, 8 insert, 16 delete).
SELECT c.oid::bigint AS id, n.nspname AS schema, c.relname AS name, d.description,
       c.relkind IN ('v', 'm') AS is_view,
       CASE
           WHEN c.relkind IN ('r', 'p') THEN 28
           WHEN c.relkind IN ('v', 'f') THEN pg_relation_is_updatable(c.oid, true)
           ELSE 0
       END AS writes
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE n.nspname = ANY ($1::text[])
  AND c.relkind IN ('r', 'v', 'm', 'f', 'p')
  AND NOT c.relispartition
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"

-- name: columns
-- A default names no column, so it needs no relation to be spelled: with one, the server would open each of ten thousand.
SELECT a.attrelid::bigint AS relation_id, a.attnum AS number, a.attname AS name, d.description,
       a.attnotnull AS is_not_null, a.atttypid::bigint AS type_id, a.atttypmod AS modifier,
       a.atthasdef OR a.attidentity <> '' AS has_default,
       CASE
           WHEN a.attidentity = 'd' THEN format('nextval(%L)', s.objid::regclass)
           WHEN a.attgenerated = '' THEN pg_get_expr(ad.adbin, 0)
       END AS default_value
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef ad ON ad.adrelid = a.attrelid AND ad.adnum = a.attnum
LEFT JOIN pg_depend s ON a.attidentity = 'd'
    AND s.classid = 'pg_class'::regclass
    AND s.refclassid = 'pg_class'::regclass
    AND s.refobjid = a.attrelid
    AND s.refobjsubid = a.attnum
    AND s.deptype = 'i'
LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = a.attrelid AND d.objsubid = a.attnum
WHERE n.nspname = ANY ($1::text[])
  AND c.relkind IN ('r', 'v', 'm', 'f', 'p')
  AND NOT c.relispartition
ORDER BY a.attrelid, a.attnum

-- name: column_types
-- Once for each declared type. A domain shows its base type where that is a built-in one; the nominal type keeps the
-- domain.
WITH RECURSIVE walk AS (
    SELECT t.oid AS domain, t.typbasetype AS base
    FROM pg_type t
    WHERE t.typtype = 'd'
    UNION ALL
    SELECT w.domain, t.typbasetype
    FROM walk w
    JOIN pg_type t ON t.oid = w.base
    WHERE t.typtype = 'd'
),
domains AS (
    SELECT w.domain, w.base, t.typnamespace AS base_schema
    FROM walk w
    JOIN pg_type t ON t.oid = w.base
    WHERE t.typtype <> 'd'
),
used AS (
    SELECT DISTINCT a.atttypid AS type, a.atttypmod AS modifier
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE n.nspname = ANY ($1::text[])
      AND c.relkind IN ('r', 'v', 'm', 'f', 'p')
)
SELECT u.type::bigint AS id, u.modifier,
       CASE
           WHEN b.base_schema = 'pg_catalog'::regnamespace THEN format_type(b.base, NULL)
           WHEN t.typtype <> 'd' AND t.typnamespace = 'pg_catalog'::regnamespace THEN format_type(u.type, NULL)
           ELSE format_type(u.type, u.modifier)
       END AS type,
       format_type(u.type, u.modifier) AS nominal_type,
       CASE
           WHEN m.modifier = -1 THEN NULL
           WHEN m.type IN ('character'::regtype, 'character varying'::regtype) THEN m.modifier - 4
           WHEN m.type IN ('bit'::regtype, 'bit varying'::regtype) THEN m.modifier
       END AS max_length,
       t.typtype = 'd' AND t.typnotnull AS is_not_null,
       CASE WHEN t.typtype = 'd' THEN pg_get_expr(t.typdefaultbin, 0) END AS default_value,
       coalesce(b.base, u.type)::bigint AS base_type_id
FROM used u
JOIN pg_type t ON t.oid = u.type
CROSS JOIN LATERAL (SELECT CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE u.type END AS type,
                           CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE u.modifier END AS modifier) m
LEFT JOIN domains b ON b.domain = u.type

-- name: enums
SELECT enumtypid::bigint AS type_id, array_agg(enumlabel::text ORDER BY enumsortorder) AS labels
FROM pg_enum
GROUP BY enumtypid

-- name: unique_keys
-- Primary and unique keys of all schemas: a view may show the table of an internal one.
SELECT c.conrelid::bigint AS relation_id, n.nspname AS schema, r.relname AS relation, c.contype = 'p' AS is_primary,
       c.conkey AS numbers
FROM pg_constraint c
JOIN pg_class r ON r.oid = c.conrelid
JOIN pg_namespace n ON n.oid = r.relnamespace
WHERE c.contype IN ('p', 'u')
  AND c.connamespace <> 'pg_catalog'::regnamespace

-- name: foreign_keys
-- Of all schemas, for the same reason; those that a partition inherits are its parent's.
SELECT c.conname AS name, c.conrelid::bigint AS relation_id, sn.nspname AS schema, s.relname AS relation,
       c.confrelid::bigint AS target_id, tn.nspname AS target_schema, t.relname AS target,
       c.conkey AS numbers, c.confkey AS target_numbers
FROM pg_constraint c
JOIN pg_class s ON s.oid = c.conrelid
JOIN pg_namespace sn ON sn.oid = s.relnamespace
JOIN pg_class t ON t.oid = c.confrelid
JOIN pg_namespace tn ON tn.oid = t.relnamespace
WHERE c.contype = 'f'
  AND c.conparentid = 0
ORDER BY c.conrelid, c.conname

-- name: outer_columns
-- What the columns of keys are called where `columns` does not say so.
SELECT a.attrelid::bigint AS relation_id, a.attnum AS number, a.attname AS name
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE (n.nspname <> ALL ($1::text[]) OR c.relispartition)
  AND c.relkind IN ('r', 'p', 'f')
  AND n.nspname <> 'pg_catalog'
ORDER BY a.attrelid, a.attnum

-- name: views
-- What each view selects, as the planner's tree. Views of the extra search path count as steps to a table.
SELECT c.oid::bigint AS id, r.ev_action::text AS definition
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_rewrite r ON r.ev_class = c.oid AND r.rulename = '_RETURN'
WHERE n.nspname = ANY ($1::text[])
  AND c.relkind IN ('v', 'm')
ORDER BY c.oid

-- name: computed_relationships
-- Functions of one row that return rows.
SELECT f.nspname AS schema, p.proname AS name, os.nspname AS origin_schema, o.relname AS origin,
       ts.nspname AS target_schema, t.relname AS target,
       NOT p.proretset OR p.prorows = 1 AS is_to_one
FROM pg_proc p
JOIN pg_namespace f ON f.oid = p.pronamespace
JOIN pg_class o ON o.reltype = p.proargtypes[0] AND o.relkind IN ('r', 'v', 'm', 'f', 'p')
JOIN pg_namespace os ON os.oid = o.relnamespace
JOIN pg_class t ON t.reltype = p.prorettype AND t.relkind IN ('r', 'v', 'm', 'f', 'p')
JOIN pg_namespace ts ON ts.oid = t.relnamespace
WHERE p.pronargs = 1
  AND p.proargtypes[0] <> 0
ORDER BY p.oid

-- name: functions
-- One row for each function that can be called by its arguments' names, or whose only unnamed argument can hold a body.
-- $2: settings that move to the transaction.
WITH RECURSIVE walk AS (
    SELECT DISTINCT t.oid AS type, t.oid AS base, t.typbasetype AS next
    FROM pg_proc p
    JOIN pg_namespace n ON n.oid = p.pronamespace
    JOIN pg_type t ON t.oid = p.prorettype
    WHERE n.nspname = ANY ($1::text[])
    UNION ALL
    SELECT w.type, t.oid, t.typbasetype
    FROM walk w
    JOIN pg_type t ON t.oid = w.next
)
SELECT p.oid::bigint AS id, pn.nspname AS schema, p.proname AS name, d.description,
       tn.nspname AS type_schema, coalesce(r.relname, t.typname) AS type_name,
       p.proretset AS is_set,
       t.typtype = 'c' OR coalesce(p.proargmodes::text[] && '{t,b,o}', false) AS is_composite,
       p.prorettype <> w.base AS is_alias,
       p.provolatile::text AS volatility,
       p.provariadic > 0 AS has_variadic,
       (SELECT split_part(s, '=', 2)
        FROM unnest(p.proconfig) s
        WHERE s LIKE 'default\_transaction\_isolation=%'
        LIMIT 1) AS isolation,
       coalesce((SELECT array_agg(s) FROM unnest(p.proconfig) s WHERE lower(split_part(s, '=', 1)) = ANY ($2::text[])),
                '{}') AS settings
FROM pg_proc p
JOIN pg_namespace pn ON pn.oid = p.pronamespace
JOIN walk w ON w.type = p.prorettype AND w.next = 0
JOIN pg_type t ON t.oid = w.base
JOIN pg_namespace tn ON tn.oid = t.typnamespace
LEFT JOIN pg_class r ON r.oid = t.typrelid
LEFT JOIN pg_description d ON d.classoid = 'pg_proc'::regclass AND d.objoid = p.oid AND d.objsubid = 0
WHERE pn.nspname = ANY ($1::text[])
  AND p.prokind = 'f'
  AND t.oid <> 'trigger'::regtype
ORDER BY p.oid

-- name: parameters
-- Input arguments in order. Where a function names none of its arguments, is_named is false. char and bit would cut what
-- they are given to one character, so values are read as their varying kin.
SELECT p.oid::bigint AS function_id,
       coalesce(p.proargnames[a.position], '') AS name,
       p.proargnames IS NOT NULL AS is_named,
       format_type(a.type, NULL) AS type,
       CASE a.type
           WHEN 'bit'::regtype THEN 'bit varying'
           WHEN 'bit[]'::regtype THEN 'bit varying[]'
           WHEN 'character'::regtype THEN 'character varying'
           WHEN 'character[]'::regtype THEN 'character varying[]'
           ELSE format_type(a.type, NULL)
       END AS type_with_length,
       a.type IN ('bytea'::regtype, 'json'::regtype, 'jsonb'::regtype, 'text'::regtype, 'xml'::regtype) AS holds_a_body,
       row_number() OVER (PARTITION BY p.oid ORDER BY a.position) <= p.pronargs - p.pronargdefaults AS is_required,
       coalesce(p.proargmodes[a.position] = 'v', false) AS is_variadic
FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
CROSS JOIN LATERAL unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY AS a (type, position)
WHERE n.nspname = ANY ($1::text[])
  AND p.prokind = 'f'
  AND coalesce(p.proargmodes[a.position] IN ('i', 'b', 'v'), true)
ORDER BY p.oid, a.position

-- name: representations
-- Implicit casts by function between a domain and json or text.
SELECT format_type(c.castsource, NULL) AS source_type, format_type(c.casttarget, NULL) AS target_type,
       n.nspname AS schema, p.proname AS name
FROM pg_cast c
JOIN pg_type s ON s.oid = c.castsource
JOIN pg_type t ON t.oid = c.casttarget
JOIN pg_proc p ON p.oid = c.castfunc
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE c.castcontext = 'i'
  AND c.castmethod = 'f'
  AND has_function_privilege(c.castfunc, 'EXECUTE')
  AND ((s.typtype = 'd' AND c.casttarget IN ('json'::regtype, 'text'::regtype))
       OR (t.typtype = 'd' AND c.castsource IN ('json'::regtype, 'text'::regtype)))

-- name: media_handlers
-- Aggregates over rows (or any element) that return a domain named as a media type, and functions that return one.
WITH RECURSIVE walk AS (
    SELECT t.oid AS type, t.typbasetype AS base
    FROM pg_type t
    WHERE t.typtype = 'd'
      AND (t.typname ~* '^[a-z0-9.-]+/[a-z0-9.+-]+$' OR t.typname = '*/*')
    UNION ALL
    SELECT w.type, t.typbasetype
    FROM walk w
    JOIN pg_type t ON t.oid = w.base
    WHERE t.typtype = 'd'
),
media_types AS (
    SELECT t.oid, t.typname AS name, n.nspname AS schema, format_type(b.oid, NULL) AS base_type
    FROM walk w
    JOIN pg_type t ON t.oid = w.type
    JOIN pg_namespace n ON n.oid = t.typnamespace
    JOIN pg_type b ON b.oid = w.base AND b.typtype <> 'd'
)
SELECT n.nspname AS schema, p.proname AS name, ts.nspname AS target_schema, t.typname AS target, m.name AS media_type,
       m.base_type, true AS is_aggregate
FROM media_types m
JOIN pg_proc p ON p.prorettype = m.oid AND p.prokind = 'a' AND p.pronargs = 1
JOIN pg_namespace n ON n.oid = p.pronamespace
JOIN pg_type t ON t.oid = p.proargtypes[0]
JOIN pg_namespace ts ON ts.oid = t.typnamespace
WHERE n.nspname = ANY ($1::text[])
  AND (t.oid = 'anyelement'::regtype
       OR EXISTS (SELECT 1 FROM pg_class r WHERE r.oid = t.typrelid AND r.relkind IN ('r', 'v', 'm', 'f', 'p')))
UNION ALL
SELECT m.schema, m.name, n.nspname, p.proname, m.name, m.base_type, false
FROM media_types m
JOIN pg_proc p ON p.prorettype = m.oid AND p.prokind = 'f' AND NOT p.proretset
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = ANY ($1::text[])

-- name: role_settings
-- ALTER ROLE … SET of the roles that the login role may become; only what it may set itself.
SELECT r.rolname AS role, split_part(s.setting, '=', 1) AS name,
       substr(s.setting, strpos(s.setting, '=') + 1) AS value
FROM pg_roles r
CROSS JOIN LATERAL unnest(r.rolconfig) AS s (setting)
JOIN pg_settings g ON g.name = split_part(s.setting, '=', 1)
WHERE pg_has_role(session_user, r.oid, 'MEMBER')
  AND (g.context = 'user' OR (g.context = 'superuser' AND has_parameter_privilege(session_user, g.name, 'SET')))

-- name: type_names
-- What a cast may name: no pseudo-types, no rows of tables nor arrays of them.
SELECT DISTINCT t.typname AS name
FROM pg_type t
LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
LEFT JOIN pg_class c ON c.oid = coalesce(nullif(t.typrelid, 0), e.typrelid) AND c.relkind <> 'c'
WHERE t.typtype <> 'p'
  AND c.oid IS NULL
