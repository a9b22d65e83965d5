-- name: all_roles
SELECT name, description, permissions, is_builtin, row_version
FROM auth.roles
ORDER BY is_builtin DESC, name

-- name: roles_by_name
SELECT name, description, permissions, is_builtin, row_version
FROM auth.roles
WHERE name = ANY ($1::text[])
ORDER BY name

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

-- name: holders_of_role
-- Who has a role is asked when the role changes or the last administrator is about to go; by the index on roles.
SELECT id
FROM auth.users
WHERE app_metadata ? 'roles' AND app_metadata -> 'roles' ? $1
LIMIT $2
