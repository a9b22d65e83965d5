-- name: claim_custom_providers
-- Held to the end of the transaction: whoever adds counts what is there, so two must not add at once.
SELECT true
FROM pg_advisory_xact_lock(hashtextextended('auth.custom_providers', 0))

-- name: count_custom_providers
SELECT count(*)
FROM auth.custom_providers

-- name: insert_custom_provider
INSERT INTO auth.custom_providers (id, identifier, provider_type, name, client_id, secret, acceptable_client_ids, scopes,
                                   custom_claims_allowlist, pkce_enabled, attribute_mapping, authorization_params,
                                   is_enabled, email_optional, issuer, discovery_url, skip_nonce_check,
                                   discovery_document, authorization_url, token_url, userinfo_url, jwks_uri, created_at,
                                   updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $23)
ON CONFLICT (identifier) DO NOTHING

-- name: list_custom_providers
SELECT id, identifier, provider_type, name, client_id, secret, acceptable_client_ids, scopes, custom_claims_allowlist,
       pkce_enabled, attribute_mapping, authorization_params, is_enabled, email_optional, issuer, discovery_url,
       skip_nonce_check, discovery_document, authorization_url, token_url, userinfo_url, jwks_uri, created_at, updated_at
FROM auth.custom_providers
WHERE $1::text = '' OR provider_type = $1
ORDER BY created_at DESC, id

-- name: find_custom_provider
SELECT id, identifier, provider_type, name, client_id, secret, acceptable_client_ids, scopes, custom_claims_allowlist,
       pkce_enabled, attribute_mapping, authorization_params, is_enabled, email_optional, issuer, discovery_url,
       skip_nonce_check, discovery_document, authorization_url, token_url, userinfo_url, jwks_uri, created_at, updated_at
FROM auth.custom_providers
WHERE identifier = $1

-- name: lock_custom_provider
SELECT id, identifier, provider_type, name, client_id, secret, acceptable_client_ids, scopes, custom_claims_allowlist,
       pkce_enabled, attribute_mapping, authorization_params, is_enabled, email_optional, issuer, discovery_url,
       skip_nonce_check, discovery_document, authorization_url, token_url, userinfo_url, jwks_uri, created_at, updated_at
FROM auth.custom_providers
WHERE identifier = $1
FOR UPDATE

-- name: update_custom_provider
UPDATE auth.custom_providers
SET name = $2, client_id = $3, secret = $4, acceptable_client_ids = $5, scopes = $6, custom_claims_allowlist = $7,
    pkce_enabled = $8, attribute_mapping = $9, authorization_params = $10, is_enabled = $11, email_optional = $12,
    issuer = $13, discovery_url = $14, skip_nonce_check = $15, discovery_document = $16, authorization_url = $17,
    token_url = $18, userinfo_url = $19, jwks_uri = $20, updated_at = $21
WHERE id = $1

-- name: delete_custom_provider
DELETE FROM auth.custom_providers
WHERE identifier = $1
RETURNING id
