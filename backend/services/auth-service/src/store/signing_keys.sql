-- name: insert_signing_key
-- Of several processes that make one at once, the index on next and current keeps one key.
INSERT INTO auth.signing_keys (kid, algorithm, state, private_key, public_jwk, created_at, state_since)
VALUES ($1, 'ES256', $2, $3, $4, $5, $5)
ON CONFLICT DO NOTHING

-- name: published_keys
SELECT kid, state, private_key, public_jwk
FROM auth.signing_keys
WHERE state IN ('next', 'current', 'previous')
ORDER BY created_at DESC, kid

-- name: lock_key_states
-- Whoever changes states holds the rows: one process at a time.
SELECT kid, state, state_since AS since
FROM auth.signing_keys
WHERE state IN ('next', 'current', 'previous')
ORDER BY kid
FOR UPDATE

-- name: replace_current_key
UPDATE auth.signing_keys
SET state = 'previous', state_since = $1
WHERE state = 'current'

-- name: promote_key
UPDATE auth.signing_keys
SET state = 'current', state_since = $2
WHERE kid = $1 AND state = 'next'

-- name: retire_key
UPDATE auth.signing_keys
SET state = 'retired', state_since = $2, private_key = NULL
WHERE kid = $1 AND state = 'previous'

-- name: announce_keys
SELECT pg_notify('tt_issuer', 'keys')
