-- name: insert_export
-- Of two requests at once one finds the place taken and reads the other's.
INSERT INTO account.exports (user_id, id, format, status, parts, requested_at)
VALUES ($1, $2, $3, 'queued', $4, $5)
ON CONFLICT (user_id) WHERE status IN ('queued', 'running', 'waiting') DO NOTHING

-- name: open_export_of
SELECT user_id, id, format, status, parts, object_key, bytes, requested_at, retry_at, finished_at, expires_at
FROM account.exports
WHERE user_id = $1 AND status IN ('queued', 'running', 'waiting')

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

-- name: set_export_object
-- Before the object is stored: a copy that a crash leaves behind is known to its row.
UPDATE account.exports
SET object_key = $3
WHERE user_id = $1 AND id = $2 AND status IN ('queued', 'running', 'waiting')

-- name: finish_export
UPDATE account.exports
SET status = $3, parts = $4, bytes = $5, finished_at = $6, expires_at = $7, retry_at = NULL
WHERE user_id = $1 AND id = $2 AND status IN ('queued', 'running', 'waiting')

-- name: expired_exports
-- shard: hourly clean-up of everybody's old files, by the index on expires_at; nobody waits for it
SELECT user_id, id, object_key
FROM account.exports
WHERE expires_at < $1 AND object_key IS NOT NULL
LIMIT 100

-- name: mark_expired
UPDATE account.exports
SET status = 'expired', object_key = NULL
WHERE user_id = $1 AND id = $2

-- name: erase_exports
DELETE FROM account.exports
WHERE user_id = $1
RETURNING coalesce(object_key, '') AS object_key
