-- name: request_deletion
-- Of two requests at once one sets the day; the other reads it.
UPDATE auth.users
SET deletion_due_at = $2, app_metadata = $3, updated_at = $4
WHERE id = $1 AND deletion_due_at IS NULL

-- name: deletion_due_of
SELECT deletion_due_at
FROM auth.users
WHERE id = $1

-- name: cancel_deletion
UPDATE auth.users
SET deletion_due_at = NULL, app_metadata = $2, updated_at = $3
WHERE id = $1 AND deletion_due_at IS NOT NULL

-- name: accounts_due
SELECT id
FROM auth.users
WHERE deletion_due_at <= $1
ORDER BY deletion_due_at
LIMIT $2

-- name: lock_if_due
SELECT id
FROM auth.users
WHERE id = $1 AND deletion_due_at <= $2
FOR UPDATE
