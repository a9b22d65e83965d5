-- Identity providers that administrators add while the platform runs, beside those of the configuration.

CREATE TABLE auth.custom_providers (
    id                      uuid PRIMARY KEY,
    identifier              text NOT NULL UNIQUE CHECK (identifier ~ '^custom:[a-z0-9]([a-z0-9:-]{0,41}[a-z0-9])?$'),
    provider_type           text NOT NULL CHECK (provider_type IN ('oauth2', 'oidc')),
    name                    text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    client_id               text NOT NULL CHECK (char_length(client_id) BETWEEN 1 AND 512),
    -- sealed, bound to the row
    secret                  bytea NOT NULL,
    acceptable_client_ids   text[] NOT NULL DEFAULT '{}' CHECK (cardinality(acceptable_client_ids) <= 50),
    scopes                  text[] NOT NULL DEFAULT '{}' CHECK (cardinality(scopes) <= 50),
    custom_claims_allowlist text[] NOT NULL DEFAULT '{}' CHECK (cardinality(custom_claims_allowlist) <= 50),
    pkce_enabled            boolean NOT NULL DEFAULT true,
    attribute_mapping       jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(attribute_mapping) = 'object'),
    authorization_params    jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(authorization_params) = 'object'),
    is_enabled              boolean NOT NULL DEFAULT true,
    email_optional          boolean NOT NULL DEFAULT false,
    -- of OpenID Connect
    issuer                  text CHECK (char_length(issuer) BETWEEN 1 AND 2048),
    discovery_url           text CHECK (char_length(discovery_url) BETWEEN 1 AND 2048),
    skip_nonce_check        boolean NOT NULL DEFAULT false,
    -- what the issuer told when it was added, for whoever looks at the list
    discovery_document      jsonb,
    -- of OAuth 2
    authorization_url       text CHECK (char_length(authorization_url) BETWEEN 1 AND 2048),
    token_url               text CHECK (char_length(token_url) BETWEEN 1 AND 2048),
    userinfo_url            text CHECK (char_length(userinfo_url) BETWEEN 1 AND 2048),
    jwks_uri                text CHECK (char_length(jwks_uri) BETWEEN 1 AND 2048),
    created_at              timestamptz NOT NULL,
    updated_at              timestamptz NOT NULL,
    CHECK (provider_type <> 'oidc' OR issuer IS NOT NULL),
    CHECK (provider_type <> 'oauth2'
           OR (authorization_url IS NOT NULL AND token_url IS NOT NULL AND userinfo_url IS NOT NULL))
);
COMMENT ON TABLE auth.custom_providers IS 'placement: reference. Identity providers that administrators added.';

GRANT SELECT, INSERT, UPDATE, DELETE ON auth.custom_providers TO svc_auth;
