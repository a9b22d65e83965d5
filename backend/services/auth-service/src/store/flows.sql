-- name: insert_flow
INSERT INTO auth.flow_states (code_hash, user_id, amr_method, code_challenge, challenge_method, provider_tokens,
                              created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: find_flow
SELECT user_id, amr_method, code_challenge, challenge_method, provider_tokens, created_at
FROM auth.flow_states
WHERE code_hash = $1

-- name: take_flow
-- The delete decides: of two exchanges of one code, one changes a row.
DELETE FROM auth.flow_states
WHERE code_hash = $1

-- name: delete_old_flows
DELETE FROM auth.flow_states
WHERE created_at < $1
