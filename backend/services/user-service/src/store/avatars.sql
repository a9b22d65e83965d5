-- name: publish_avatar
-- Before the object is stored: from now on no sweep takes it away.
INSERT INTO account.avatars (key, created_at)
VALUES ($1, $2)
ON CONFLICT (key) DO UPDATE
SET dropped_at = NULL

-- name: is_published
SELECT EXISTS (SELECT FROM account.avatars WHERE key = $1)

-- name: drop_avatar
UPDATE account.avatars
SET dropped_at = $2
WHERE key = $1 AND dropped_at IS NULL

-- name: dropped_avatars
SELECT key
FROM account.avatars
WHERE dropped_at < $1
LIMIT 100

-- name: lock_dropped_avatar
SELECT key
FROM account.avatars
WHERE key = $1 AND dropped_at < $2
FOR UPDATE

-- name: is_avatar_shown
-- shard: whether anybody shows this picture, once a day for each dropped one, by the index on avatar_key
SELECT EXISTS (SELECT FROM public.profiles WHERE avatar_key = $1)

-- name: keep_avatar
UPDATE account.avatars
SET dropped_at = NULL
WHERE key = $1

-- name: forget_avatar
DELETE FROM account.avatars
WHERE key = $1
