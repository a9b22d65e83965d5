-- name: insert_flow
INSERT INTO auth.flow_states (code_hash, user_id, amr_method, code_challenge, challenge_method, provider_tokens,
                              created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: lock_flow
SELECT user_id, amr_method, code_challenge, challenge_method, provider_tokens, created_at
FROM auth.flow_states
WHERE code_hash = $1
FOR UPDATE

-- name: delete_flow
DELETE FROM auth.flow_states
WHERE code_hash = $1

-- name: delete_old_flows
DELETE FROM auth.flow_states
WHERE created_at < $1
