-- name: publish_avatar
-- Before the object is stored: for a day no sweep takes it away. The next one keeps it if a profile shows it, and removes
-- what an upload has left half-way.
INSERT INTO account.avatars (key, created_at, dropped_at)
VALUES ($1, $2, $2)
ON CONFLICT (key) DO UPDATE
SET dropped_at = excluded.dropped_at

-- name: is_published
SELECT EXISTS (SELECT FROM account.avatars WHERE key = $1)

-- name: drop_avatar
UPDATE account.avatars
SET dropped_at = $2
WHERE key = $1

-- name: dropped_avatars
-- $2 is the last one of the page before, '' for the first.
SELECT key
FROM account.avatars
WHERE dropped_at < $1 AND key > $2
ORDER BY key
LIMIT $3

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
