-- name: count_guess
-- Counts and decides at once: of parallel guesses, those that meet the delay of an earlier one change no row.
-- $5 guesses are free, then the delay is $6 seconds and doubles every $7 guesses up to $8 s; after $9 there is no end.
INSERT INTO auth.attempts AS a (account, kind, origin, failures, last_at, blocked_until)
VALUES ($1, $2, $3, 1, $4, $4)
ON CONFLICT (account, kind, origin) DO UPDATE
SET failures = a.failures + 1,
    last_at = $4,
    blocked_until = CASE
        WHEN a.failures + 1 >= $9::integer THEN 'infinity'
        WHEN a.failures + 1 < $5::integer THEN $4::timestamptz
        ELSE $4::timestamptz + make_interval(secs => least($8::double precision, $6::double precision
            * 2 ^ floor(least(a.failures + 1 - $5::integer, 64) / $7::double precision)))
    END
WHERE a.blocked_until <= $4

-- name: guess_wait_s
SELECT coalesce(max(CASE
    WHEN blocked_until = 'infinity' THEN $5::double precision
    ELSE greatest(ceil(extract(epoch FROM blocked_until - $4::timestamptz))::double precision, 1)
END), 1)::integer
FROM auth.attempts
WHERE account = $1 AND kind = $2 AND origin = ANY ($3::bytea[]) AND blocked_until > $4

-- name: forget_guesses
DELETE FROM auth.attempts
WHERE account = $1 AND kind = $2 AND origin = $3

-- name: forget_all_guesses
DELETE FROM auth.attempts
WHERE account = $1

-- name: known_device
SELECT device_hash
FROM auth.known_devices
WHERE account = $1 AND device_hash = ANY ($2::bytea[])
LIMIT 1

-- name: remember_device
INSERT INTO auth.known_devices (account, device_hash, created_at, seen_at)
VALUES ($1, $2, $3, $3)
ON CONFLICT (account, device_hash) DO UPDATE
SET seen_at = excluded.seen_at

-- name: forget_oldest_devices
-- Clients that keep no cookies are new each time.
DELETE FROM auth.known_devices
WHERE account = $1 AND device_hash IN (
    SELECT device_hash
    FROM auth.known_devices
    WHERE account = $1
    ORDER BY seen_at DESC, device_hash
    OFFSET $2::integer)

-- name: forget_devices
DELETE FROM auth.known_devices
WHERE account = $1

-- name: delete_old_guesses
-- shard: hourly clean-up of what nobody has guessed at for a day. A whole account's row stays until it is right or
-- reset, because a hundred guesses in a row are a hundred however slowly they come.
DELETE FROM auth.attempts
WHERE last_at < $1 AND (origin <> '' OR last_at < $2)

-- name: delete_old_devices
-- shard: hourly clean-up of browsers whose cookie has expired.
DELETE FROM auth.known_devices
WHERE seen_at < $1
