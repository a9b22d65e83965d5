-- name: insert_oauth_client
INSERT INTO auth.oauth_clients (id, name, uri, logo_uri, client_type, token_endpoint_auth_method, redirect_uris,
                                grant_types, scope, secret_hash, registration_type, is_first_party, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)

-- name: find_oauth_client
SELECT id, name, uri, logo_uri, client_type, token_endpoint_auth_method, redirect_uris, grant_types, scope, secret_hash,
       registration_type, is_first_party, created_at, updated_at
FROM auth.oauth_clients
WHERE id = $1

-- name: list_oauth_clients
SELECT id, name, uri, logo_uri, client_type, token_endpoint_auth_method, redirect_uris, grant_types, scope, secret_hash,
       registration_type, is_first_party, created_at, updated_at
FROM auth.oauth_clients
ORDER BY created_at DESC, id
LIMIT $1 OFFSET $2

-- name: oauth_clients_by_id
SELECT id, name, uri, logo_uri, client_type, token_endpoint_auth_method, redirect_uris, grant_types, scope, secret_hash,
       registration_type, is_first_party, created_at, updated_at
FROM auth.oauth_clients
WHERE id = ANY ($1::uuid[])

-- name: count_oauth_clients
SELECT count(*)
FROM auth.oauth_clients

-- name: update_oauth_client
UPDATE auth.oauth_clients
SET name = $2, uri = $3, logo_uri = $4, redirect_uris = $5, grant_types = $6, token_endpoint_auth_method = $7,
    is_first_party = $8, updated_at = $9
WHERE id = $1

-- name: set_oauth_secret
UPDATE auth.oauth_clients
SET secret_hash = $2, updated_at = $3
WHERE id = $1

-- name: delete_oauth_client
DELETE FROM auth.oauth_clients
WHERE id = $1

-- name: delete_client_sessions
-- shard: an operator removes a client: the sessions it has, whosever they are, end.
DELETE FROM auth.sessions
WHERE client_id = $1
RETURNING id

-- name: delete_client_codes
-- shard: an operator changes what a client is; codes are few and live a minute. A used one stays: its second use tells of
-- a thief.
DELETE FROM auth.oauth_codes
WHERE client_id = $1 AND used_at IS NULL

-- name: delete_client_consents
-- shard: an operator removes a client: nobody's consent is left.
DELETE FROM auth.oauth_consents
WHERE client_id = $1

-- name: insert_oauth_authorization
INSERT INTO auth.oauth_authorizations (id, client_id, redirect_uri, scope, state, nonce, code_challenge,
                                       challenge_method, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 's256', $8)

-- name: lock_oauth_authorization
SELECT id, client_id, redirect_uri, scope, state, nonce, code_challenge, user_id, created_at, decided_at
FROM auth.oauth_authorizations
WHERE id = $1
FOR UPDATE

-- name: claim_oauth_authorization
UPDATE auth.oauth_authorizations
SET user_id = $2
WHERE id = $1

-- name: release_oauth_authorization
UPDATE auth.oauth_authorizations
SET user_id = NULL
WHERE id = $1

-- name: decide_oauth_authorization
UPDATE auth.oauth_authorizations
SET decided_at = $2
WHERE id = $1

-- name: insert_oauth_code
INSERT INTO auth.oauth_codes (code_hash, client_id, user_id, redirect_uri, scope, nonce, code_challenge, aal, amr,
                              authenticated_at, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- name: lock_oauth_code
-- The lock decides between two exchanges of one code.
SELECT client_id, user_id, redirect_uri, scope, nonce, code_challenge, aal, amr, authenticated_at, created_at, used_at,
       session_id
FROM auth.oauth_codes
WHERE code_hash = $1
FOR UPDATE

-- name: owner_of_oauth_code
SELECT user_id
FROM auth.oauth_codes
WHERE code_hash = $1

-- name: use_oauth_code
UPDATE auth.oauth_codes
SET used_at = $2, session_id = $3
WHERE code_hash = $1

-- name: find_oauth_consent
SELECT client_id, scopes, granted_at
FROM auth.oauth_consents
WHERE user_id = $1 AND client_id = $2

-- name: oauth_consents_of
SELECT client_id, scopes, granted_at
FROM auth.oauth_consents
WHERE user_id = $1
ORDER BY granted_at DESC, client_id

-- name: hold_oauth_consent
-- Whoever takes it back meanwhile waits for the exchange of a code, and then finds the session that came of it.
SELECT client_id, scopes, granted_at
FROM auth.oauth_consents
WHERE user_id = $1 AND client_id = $2
FOR SHARE

-- name: put_oauth_consent
-- What was agreed to before stays agreed: the client has sessions with it.
INSERT INTO auth.oauth_consents (user_id, client_id, scopes, granted_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (user_id, client_id) DO UPDATE
SET scopes = oauth_consents.scopes ||
        ARRAY(SELECT word FROM unnest(excluded.scopes) AS word WHERE word <> ALL (oauth_consents.scopes)),
    granted_at = excluded.granted_at

-- name: delete_oauth_consent
DELETE FROM auth.oauth_consents
WHERE user_id = $1 AND client_id = $2

-- name: delete_sessions_of_client
DELETE FROM auth.sessions
WHERE user_id = $1 AND client_id = $2
RETURNING id

-- name: delete_old_oauth_authorizations
DELETE FROM auth.oauth_authorizations
WHERE created_at < $1

-- name: delete_old_oauth_codes
DELETE FROM auth.oauth_codes
WHERE created_at < $1
