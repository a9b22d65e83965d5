-- Breaches of the sharding rules (scale.md §1.4, academy.md §4.9) in a migrated catalogue, one line each.
-- Run by tools/shard_lint.py. Where a table lives is said in its comment: 'placement: user|reference|local|key(column)'.
WITH RECURSIVE placed AS (
    SELECT c.oid, c.relname, n.nspname, format('%s.%s', n.nspname, c.relname) AS name, c.relispartition,
           substring(obj_description(c.oid, 'pg_class') FROM '^placement: (user|reference|local|key\([a-z_]+\))([.]|$)')
               AS placement
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
), partitions AS (
    SELECT oid, name, nspname, placement, relispartition FROM placed WHERE NOT relispartition
    UNION ALL
    SELECT child.oid, child.name, child.nspname, parent.placement, true
    FROM partitions parent
    JOIN pg_inherits i ON i.inhparent = parent.oid
    JOIN placed child ON child.oid = i.inhrelid
), tables AS (
    SELECT oid, name, placement, relispartition,
           CASE WHEN placement = 'user' THEN 'user_id'
                WHEN placement LIKE 'key(%' THEN substring(placement FROM '\((.+)\)') END AS shard_column
    FROM partitions
), keys AS (
    SELECT i.indrelid, i.indisprimary, x.relname AS index_name,
           array(SELECT a.attname::text
                 FROM unnest(i.indkey::int[]) WITH ORDINALITY AS k(attnum, position)
                 JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                 ORDER BY k.position) AS columns
    FROM pg_index i
    JOIN pg_class x ON x.oid = i.indexrelid
    WHERE i.indisunique OR i.indisexclusion
), foreign_keys AS (
    SELECT k.conname, source.name AS source, source.placement AS source_placement,
           target.name AS target, target.placement AS target_placement,
           EXISTS (SELECT
                   FROM unnest(k.conkey, k.confkey) AS pair(here, there)
                   JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = pair.here
                   JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = pair.there
                   WHERE a.attname = source.shard_column AND b.attname = target.shard_column) AS pairs_shard_column
    FROM pg_constraint k
    JOIN tables source ON source.oid = k.conrelid
    JOIN tables target ON target.oid = k.confrelid
    WHERE k.contype = 'f' AND k.conparentid = 0
)
SELECT 'placement: ' || name || ' has no comment ''placement: user|reference|local|key(column)'''
FROM tables WHERE placement IS NULL AND NOT relispartition
UNION ALL
SELECT 'shard column: ' || t.name || ' is placed by ' || t.shard_column || ' but has no such column'
FROM tables t
WHERE t.shard_column IS NOT NULL
  AND NOT EXISTS (SELECT FROM pg_attribute a
                  WHERE a.attrelid = t.oid AND a.attname = t.shard_column AND NOT a.attisdropped)
UNION ALL
SELECT '(a) primary key: ' || t.name || ' must have one that starts with ' || t.shard_column
FROM tables t
WHERE t.shard_column IS NOT NULL
  AND NOT EXISTS (SELECT FROM keys k
                  WHERE k.indrelid = t.oid AND k.indisprimary AND k.columns[1] = t.shard_column)
UNION ALL
SELECT '(b) unique key: ' || k.index_name || ' on ' || t.name || ' does not contain ' || t.shard_column
FROM tables t
JOIN keys k ON k.indrelid = t.oid
WHERE t.shard_column IS NOT NULL AND NOT (t.shard_column = ANY (k.columns))
UNION ALL
SELECT '(c) foreign key: ' || conname || ' from ' || source || ' (' || source_placement || ') to ' || target || ' ('
       || target_placement || ') must pair the shard column or point at a reference table'
FROM foreign_keys
WHERE source_placement NOT IN ('reference', 'local') AND target_placement <> 'reference'
  AND NOT pairs_shard_column
UNION ALL
SELECT '(d) foreign key: ' || conname || ' from ' || source || ' (' || source_placement || ') points at ' || target
       || ' (' || target_placement || ')'
FROM foreign_keys
WHERE (source_placement = 'reference' AND target_placement <> 'reference')
   OR (source_placement = 'local' AND target_placement NOT IN ('reference', 'local'))
UNION ALL
SELECT '(e) sequence: ' || t.name || '.' || a.attname || ' counts; ids of sharded tables are UUIDs'
FROM tables t
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE t.shard_column IS NOT NULL
  AND (a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%')
UNION ALL
SELECT '1.4-5 trigger: ' || g.tgname || ' on ' || t.name
FROM tables t
JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
WHERE t.placement <> 'local'
UNION ALL
SELECT '1.4-5 rule: ' || r.rulename || ' on ' || t.name
FROM tables t
JOIN pg_rewrite r ON r.ev_class = t.oid
WHERE t.placement <> 'local'
UNION ALL
SELECT '1.4-6 policy: ' || p.polname || ' on ' || t.name || ' has a subquery'
FROM tables t
JOIN pg_policy p ON p.polrelid = t.oid
WHERE coalesce(p.polqual::text, '') || coalesce(p.polwithcheck::text, '') LIKE '%{SUBLINK%'
UNION ALL
SELECT DISTINCT '1.4-6 policy: ' || p.polname || ' on ' || t.name || ' calls ' || f.oid::regprocedure
       || ', which could hide a subquery; use columns, constants and auth.*()'
FROM tables t
JOIN pg_policy p ON p.polrelid = t.oid
JOIN pg_depend d ON d.classid = 'pg_policy'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_proc'::regclass
JOIN pg_proc f ON f.oid = d.refobjid
WHERE f.pronamespace::regnamespace::text NOT IN ('pg_catalog', 'auth')
ORDER BY 1;
