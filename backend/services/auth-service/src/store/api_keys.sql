-- name: insert_api_key
INSERT INTO auth.api_keys (user_id, id, name, scopes, allowed_ips, expires_at, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: insert_api_key_owner
INSERT INTO auth.api_key_owners (key_id, user_id)
VALUES ($1, $2)

-- name: insert_api_key_secret
INSERT INTO auth.api_key_secrets (user_id, key_id, secret_hash, created_at)
VALUES ($1, $2, $3, $4)

-- name: list_api_keys
SELECT id, name, scopes, allowed_ips, expires_at, last_used_at, created_at
FROM auth.api_keys
WHERE user_id = $1
ORDER BY created_at DESC, id

-- name: find_api_key
SELECT id, name, scopes, allowed_ips, expires_at, last_used_at, created_at
FROM auth.api_keys
WHERE user_id = $1 AND id = $2

-- name: lock_api_key
SELECT id, name, scopes, allowed_ips, expires_at, last_used_at, created_at
FROM auth.api_keys
WHERE user_id = $1 AND id = $2
FOR UPDATE

-- name: count_api_keys
SELECT count(*)
FROM auth.api_keys
WHERE user_id = $1

-- name: update_api_key
UPDATE auth.api_keys
SET name = $3, scopes = $4, allowed_ips = $5, expires_at = $6
WHERE user_id = $1 AND id = $2

-- name: delete_api_key
DELETE FROM auth.api_keys
WHERE user_id = $1 AND id = $2

-- name: delete_api_key_owner
DELETE FROM auth.api_key_owners
WHERE key_id = $1

-- name: expire_api_key_secrets
-- The secrets in use until now; one that ends earlier still does.
UPDATE auth.api_key_secrets
SET expires_at = least(expires_at, $3)
WHERE user_id = $1 AND key_id = $2

-- name: delete_expired_api_key_secrets
DELETE FROM auth.api_key_secrets
WHERE user_id = $1 AND key_id = $2 AND expires_at <= $3

-- name: api_key_owner
SELECT user_id
FROM auth.api_key_owners
WHERE key_id = $1

-- name: living_api_key
SELECT k.id, k.name, k.scopes, k.allowed_ips, k.expires_at, k.last_used_at, k.created_at
FROM auth.api_keys k
JOIN auth.api_key_secrets s ON s.user_id = k.user_id AND s.key_id = k.id
WHERE k.user_id = $1 AND k.id = $2 AND s.secret_hash = $3
    AND (k.expires_at IS NULL OR k.expires_at > $4)
    AND (s.expires_at IS NULL OR s.expires_at > $4)

-- name: touch_api_key
UPDATE auth.api_keys
SET last_used_at = $3
WHERE user_id = $1 AND id = $2
