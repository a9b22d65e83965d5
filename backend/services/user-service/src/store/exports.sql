-- name: insert_export
-- Unless one is being made, or a whole one of this format has been asked for since $6.
INSERT INTO account.exports (user_id, id, format, status, parts, requested_at)
SELECT $1::uuid, $2::uuid, $3::text, 'queued', $4::jsonb, $5::timestamptz
WHERE NOT EXISTS (SELECT
                  FROM account.exports e
                  WHERE e.user_id = $1::uuid AND e.format = $3::text AND e.status = 'ready'
                    AND e.requested_at > $6::timestamptz)
ON CONFLICT (user_id) WHERE status IN ('queued', 'running', 'waiting') DO NOTHING

-- name: current_export_of
-- The one that is being made, or else what kept insert_export from adding one.
SELECT user_id, id, format, status, parts, object_key, bytes, requested_at, retry_at, finished_at, expires_at
FROM account.exports
WHERE user_id = $1
  AND (status IN ('queued', 'running', 'waiting') OR (format = $2 AND status = 'ready' AND requested_at > $3))
ORDER BY requested_at DESC, id DESC
LIMIT 1

-- name: find_export
SELECT user_id, id, format, status, parts, object_key, bytes, requested_at, retry_at, finished_at, expires_at
FROM account.exports
WHERE user_id = $1 AND id = $2

-- name: exports_of
SELECT user_id, id, format, status, parts, object_key, bytes, requested_at, retry_at, finished_at, expires_at
FROM account.exports
WHERE user_id = $1
ORDER BY requested_at DESC, id DESC
LIMIT 20

-- name: set_export_progress
UPDATE account.exports
SET status = 'running', parts = $3, retry_at = NULL
WHERE user_id = $1 AND id = $2 AND status IN ('queued', 'running', 'waiting')

-- name: postpone_export
UPDATE account.exports
SET status = 'waiting', parts = $3, retry_at = $4
WHERE user_id = $1 AND id = $2 AND status IN ('queued', 'running', 'waiting')

-- name: lock_open_export
SELECT coalesce(object_key, '') AS object_key
FROM account.exports
WHERE user_id = $1 AND id = $2 AND status IN ('queued', 'running', 'waiting')
FOR UPDATE

-- name: set_export_object
-- Before the object is stored: a copy that a crash leaves behind is known to its row.
UPDATE account.exports
SET object_key = $3
WHERE user_id = $1 AND id = $2 AND status IN ('queued', 'running', 'waiting')

-- name: finish_export
-- Only with the copy that the row knows of: another worker may have begun one meanwhile.
UPDATE account.exports
SET status = $3, parts = $4, bytes = $5, finished_at = $6, expires_at = $7, retry_at = NULL
WHERE user_id = $1 AND id = $2 AND status IN ('queued', 'running', 'waiting') AND object_key = $8

-- name: expired_exports
-- shard: hourly clean-up of everybody's old files, by the index on expires_at; nobody waits for it
-- $2 and $3 are the last one of the page before, zeros for the first.
SELECT user_id, id, object_key
FROM account.exports
WHERE expires_at < $1 AND object_key IS NOT NULL AND (user_id, id) > ($2, $3)
ORDER BY user_id, id
LIMIT $4

-- name: mark_expired
UPDATE account.exports
SET status = 'expired', object_key = NULL
WHERE user_id = $1 AND id = $2

-- name: erase_exports
DELETE FROM account.exports
WHERE user_id = $1
RETURNING coalesce(object_key, '') AS object_key
