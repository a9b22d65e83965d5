-- name: all_roles
SELECT name, description, permissions, is_builtin, row_version
FROM auth.roles
ORDER BY is_builtin DESC, name

-- name: almighty_roles
SELECT name
FROM auth.roles
WHERE name = ANY ($1::text[]) AND '*' = ANY (permissions)

-- name: lock_role
SELECT name, description, permissions, is_builtin, row_version
FROM auth.roles
WHERE name = $1
FOR UPDATE

-- name: share_roles
-- Held while they are given to somebody, so that none of them is deleted meanwhile.
SELECT name, description, permissions, is_builtin, row_version
FROM auth.roles
WHERE name = ANY ($1::text[])
ORDER BY name
FOR SHARE

-- name: insert_role
INSERT INTO auth.roles (name, description, permissions, updated_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (name) DO NOTHING
RETURNING name, description, permissions, is_builtin, row_version

-- name: update_role
UPDATE auth.roles
SET description = $2, permissions = $3, row_version = row_version + 1, updated_at = $4
WHERE name = $1
RETURNING name, description, permissions, is_builtin, row_version

-- name: delete_role
DELETE FROM auth.roles
WHERE name = $1

-- name: lock_holders_of_role
-- Everybody who has it, by the index on roles; in one order, as every other that locks several accounts.
SELECT id
FROM auth.users
WHERE app_metadata ? 'roles' AND app_metadata -> 'roles' ? $1
ORDER BY id
FOR UPDATE

-- name: has_holder_besides
SELECT EXISTS (
    SELECT
    FROM auth.users
    WHERE app_metadata ? 'roles' AND app_metadata -> 'roles' ? $1 AND id <> ALL ($2::uuid[]))

-- name: has_other_holder
-- Somebody else who has the role and can use it.
SELECT EXISTS (
    SELECT
    FROM auth.users
    WHERE app_metadata ? 'roles' AND app_metadata -> 'roles' ? $1 AND id <> $2
      AND (banned_until IS NULL OR banned_until <= $3) AND deleted_at IS NULL AND deletion_due_at IS NULL)
