-- name: relations
-- Tables and views of the exposed schemas with their columns in order.
SELECT n.nspname AS schema, c.relname AS relation, a.attname AS column, format_type(a.atttypid, NULL) AS type,
       t.typname AS base_type,
       coalesce(a.attnum = ANY (p.conkey), false) AS is_key
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_constraint p ON p.conrelid = c.oid AND p.contype = 'p'
WHERE n.nspname = ANY ($1::text[])
  AND c.relkind IN ('r', 'v', 'm', 'f', 'p')
  AND NOT c.relispartition
ORDER BY n.nspname, c.relname, a.attnum

-- name: foreign_keys
-- is_unique: the referencing columns are a primary or unique key, so the other side has at most one.
SELECT c.conname AS constraint_name, sn.nspname AS schema, s.relname AS relation, tn.nspname AS target_schema,
       t.relname AS target_relation,
       (SELECT array_agg(a.attname ORDER BY k.ord)
        FROM unnest(c.conkey) WITH ORDINALITY AS k (num, ord)
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num)::text[] AS columns,
       (SELECT array_agg(a.attname ORDER BY k.ord)
        FROM unnest(c.confkey) WITH ORDINALITY AS k (num, ord)
        JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num)::text[] AS target_columns,
       EXISTS (SELECT 1
               FROM pg_constraint u
               WHERE u.conrelid = c.conrelid
                 AND u.contype IN ('p', 'u')
                 AND u.conkey @> c.conkey
                 AND u.conkey <@ c.conkey) AS is_unique
FROM pg_constraint c
JOIN pg_class s ON s.oid = c.conrelid
JOIN pg_namespace sn ON sn.oid = s.relnamespace
JOIN pg_class t ON t.oid = c.confrelid
JOIN pg_namespace tn ON tn.oid = t.relnamespace
WHERE c.contype = 'f'
  AND c.conparentid = 0
  AND sn.nspname = ANY ($1::text[])
  AND tn.nspname = ANY ($1::text[])
ORDER BY c.conname
