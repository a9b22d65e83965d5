-- name: insert_audit_entry
WITH entry AS (
    INSERT INTO auth.audit_entries (id, action, outcome, actor_kind, actor_id, subject_id, target, ip, user_agent, details)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    RETURNING id
)
INSERT INTO auth.audit_pending (entry_id)
SELECT id
FROM entry

-- name: search_audit
-- $1 and $2 empty: any; $7 says whether $6 counts. The id begins with the time, so the bounds choose the partitions.
SELECT id, created_at, action, outcome, actor_kind, actor_id, subject_id, target, ip, user_agent, details
FROM auth.audit_entries
WHERE id >= $3 AND id < $4 AND (cardinality($1::text[]) = 0 OR action = ANY ($1)) AND ($2 = '' OR outcome = $2)
  AND (NOT $7::boolean OR actor_id = ANY ($6::uuid[]))
ORDER BY id DESC
LIMIT $5 OFFSET $8

-- name: count_audit
SELECT count(*)
FROM auth.audit_entries
WHERE (cardinality($1::text[]) = 0 OR action = ANY ($1)) AND (NOT $3::boolean OR actor_id = ANY ($2::uuid[]))

-- name: search_audit_of_person
-- What somebody did or what was done to them: two indexes.
SELECT id, created_at, action, outcome, actor_kind, actor_id, subject_id, target, ip, user_agent, details
FROM auth.audit_entries
WHERE id >= $3 AND id < $4 AND (cardinality($1::text[]) = 0 OR action = ANY ($1)) AND ($2 = '' OR outcome = $2)
  AND (actor_id = $6 OR subject_id = $6)
ORDER BY id DESC
LIMIT $5

-- name: export_audit
SELECT id, created_at, action, outcome, actor_kind, actor_id, subject_id, target, ip, user_agent, details
FROM auth.audit_entries
WHERE id > $3 AND id < $4 AND (cardinality($1::text[]) = 0 OR action = ANY ($1)) AND ($2 = '' OR outcome = $2)
  AND ($6::uuid IS NULL OR actor_id = $6 OR subject_id = $6)
ORDER BY id
LIMIT $5

-- name: audit_entries_by_id
SELECT id, created_at, action, outcome, actor_kind, actor_id, subject_id, target, ip, user_agent, details
FROM auth.audit_entries
WHERE id = ANY ($1::uuid[])
ORDER BY id

-- name: create_audit_partitions
SELECT auth.create_audit_partitions($1::date, 3)

-- name: insert_audit_chain
INSERT INTO auth.audit_chain (key, start_hash)
VALUES ($1, $2)
ON CONFLICT (only_row) DO NOTHING

-- name: audit_chain
SELECT key, start_seq, start_hash
FROM auth.audit_chain

-- name: try_audit_lock
SELECT pg_try_advisory_xact_lock(hashtextextended('auth.audit_chain', 0))

-- name: take_audit_pending
DELETE FROM auth.audit_pending
WHERE entry_id IN (SELECT entry_id FROM auth.audit_pending ORDER BY entry_id LIMIT $1)
RETURNING entry_id

-- name: last_audit_link
SELECT seq, entry_id, hash
FROM auth.audit_links
ORDER BY seq DESC
LIMIT 1

-- name: insert_audit_links
INSERT INTO auth.audit_links (seq, entry_id, hash)
SELECT seq, entry_id, hash
FROM unnest($1::bigint[], $2::uuid[], $3::bytea[]) AS link (seq, entry_id, hash)

-- name: audit_links_after
SELECT seq, entry_id, hash
FROM auth.audit_links
WHERE seq > $1
ORDER BY seq
LIMIT $2

-- name: audit_link
SELECT seq, entry_id, hash
FROM auth.audit_links
WHERE seq = $1

-- name: first_audit_link_since
-- Walks from the beginning of the chain over what is too old, and stops at the first that is not.
SELECT seq, entry_id, hash
FROM auth.audit_links
WHERE entry_id >= $1
ORDER BY seq
LIMIT 1

-- name: forget_audit_through
SELECT auth.forget_audit_through($1)

-- name: last_audit_forgetting
SELECT id, created_at, action, outcome, actor_kind, actor_id, subject_id, target, ip, user_agent, details
FROM auth.audit_entries
WHERE action = 'audit_forgotten'
ORDER BY id DESC
LIMIT 1

-- name: has_unlinked_audit_entry
-- Entries that should long have a link and have none: written around the log, or their links were removed.
SELECT EXISTS (
    SELECT
    FROM auth.audit_entries e
    WHERE e.id < $1 AND NOT EXISTS (SELECT FROM auth.audit_links l WHERE l.entry_id = e.id))

-- name: count_audit_pending
SELECT count(*)
FROM auth.audit_pending
