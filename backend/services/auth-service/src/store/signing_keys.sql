-- name: insert_first_key
-- Several processes may start at once; the index on state = 'current' keeps one key.
INSERT INTO auth.signing_keys (kid, algorithm, state, private_key, public_jwk, created_at, state_since)
VALUES ($1, 'ES256', 'current', $2, $3, $4, $4)
ON CONFLICT DO NOTHING

-- name: published_keys
SELECT kid, state, private_key, public_jwk
FROM auth.signing_keys
WHERE state IN ('next', 'current', 'previous')
ORDER BY created_at DESC, kid
