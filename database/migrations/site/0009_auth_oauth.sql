-- Other people's sign-in pages (Google, GitHub, …) as ways into an account, and this platform as such a page for others.

-- The one place that makes an identity of a provider unique: it belongs to one account.
CREATE TABLE auth.identity_owners (
    provider_id text NOT NULL CHECK (char_length(provider_id) BETWEEN 1 AND 512),
    provider    text NOT NULL CHECK (provider ~ '^[a-z][a-z0-9_:-]{0,63}$'),
    user_id     uuid NOT NULL,
    PRIMARY KEY (provider_id, provider)
);
COMMENT ON TABLE auth.identity_owners IS 'placement: key(provider_id). Registry: a provider''s subject to account.';

-- A sign-in that has gone to a provider and is expected back. The state in the browser's address is the secret.
CREATE TABLE auth.provider_flows (
    state_hash       bytea PRIMARY KEY,
    provider         text NOT NULL,
    nonce            text NOT NULL,
    -- seals the verifier that we prove ourselves to the provider with (PKCE)
    verifier         bytea NOT NULL,
    -- of a cookie; a person who adds an identity proves it with the verifier of their own code instead
    browser_hash     bytea,
    redirect_to      text NOT NULL CHECK (char_length(redirect_to) <= 2048),
    code_challenge   text,
    challenge_method text CHECK (challenge_method IN ('s256', 'plain')),
    -- who wants the identity added to their account; empty for a sign-in
    link_user        uuid,
    link_session     uuid,
    created_at       timestamptz NOT NULL,
    CHECK ((code_challenge IS NULL) = (challenge_method IS NULL)),
    CHECK ((link_user IS NULL) = (link_session IS NULL)),
    CHECK (link_user IS NULL OR code_challenge IS NOT NULL),
    CHECK (link_user IS NOT NULL OR browser_hash IS NOT NULL)
);
CREATE INDEX provider_flows_created ON auth.provider_flows (created_at);
COMMENT ON TABLE auth.provider_flows IS 'placement: key(state_hash). Sign-ins at a provider under way; used once.';

-- An identity that a provider has proven for an account, waiting for the client that asked for it to show its verifier:
-- whoever is lured into finishing somebody else's flow gives nothing away.
CREATE TABLE auth.pending_identities (
    code_hash  bytea PRIMARY KEY,
    user_id    uuid NOT NULL,
    person     jsonb NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX pending_identities_created ON auth.pending_identities (created_at);
COMMENT ON TABLE auth.pending_identities IS 'placement: key(code_hash). Identities to be added with the code of a PKCE flow.';

CREATE TABLE auth.oauth_clients (
    id                         uuid PRIMARY KEY,
    name                       text NOT NULL CHECK (char_length(name) <= 1024),
    uri                        text NOT NULL DEFAULT '' CHECK (char_length(uri) <= 2048),
    logo_uri                   text NOT NULL DEFAULT '' CHECK (char_length(logo_uri) <= 2048),
    client_type                text NOT NULL CHECK (client_type IN ('public', 'confidential')),
    token_endpoint_auth_method text NOT NULL
        CHECK (token_endpoint_auth_method IN ('none', 'client_secret_basic', 'client_secret_post')),
    redirect_uris              text[] NOT NULL CHECK (cardinality(redirect_uris) BETWEEN 1 AND 10),
    grant_types                text[] NOT NULL,
    scope                      text NOT NULL DEFAULT '',
    secret_hash                bytea,
    registration_type          text NOT NULL DEFAULT 'manual' CHECK (registration_type IN ('manual', 'dynamic')),
    -- one of our own sites: nobody is asked whether it may know them
    is_first_party             boolean NOT NULL DEFAULT false,
    created_at                 timestamptz NOT NULL,
    updated_at                 timestamptz NOT NULL,
    CHECK ((client_type = 'public') = (token_endpoint_auth_method = 'none')),
    CHECK ((client_type = 'public') = (secret_hash IS NULL))
);
COMMENT ON TABLE auth.oauth_clients IS 'placement: reference. Programs that people may sign in to with their account here.';

-- A request of a client for a person's agreement. id is a secret that stands in the address of the consent page.
CREATE TABLE auth.oauth_authorizations (
    id                 text PRIMARY KEY CHECK (char_length(id) BETWEEN 32 AND 64),
    client_id          uuid NOT NULL,
    redirect_uri       text NOT NULL,
    scope              text NOT NULL,
    state              text CHECK (char_length(state) <= 4096),
    resource           text CHECK (char_length(resource) <= 2048),
    nonce              text CHECK (char_length(nonce) <= 255),
    code_challenge     text NOT NULL,
    challenge_method   text NOT NULL CHECK (challenge_method = 's256'),
    -- set when the first signed-in person looks at it; from then on it is only theirs
    user_id            uuid,
    created_at         timestamptz NOT NULL,
    decided_at         timestamptz
);
CREATE INDEX oauth_authorizations_created ON auth.oauth_authorizations (created_at);
COMMENT ON TABLE auth.oauth_authorizations IS 'placement: key(id). Requests for consent; decided once.';

-- session_id stays after the code was used, so that a second use can end what the first one gave.
CREATE TABLE auth.oauth_codes (
    code_hash      bytea PRIMARY KEY,
    client_id      uuid NOT NULL,
    user_id        uuid NOT NULL,
    redirect_uri   text NOT NULL,
    scope          text NOT NULL,
    nonce          text,
    code_challenge text NOT NULL,
    aal            text NOT NULL,
    amr            jsonb NOT NULL,
    authenticated_at timestamptz NOT NULL,
    created_at     timestamptz NOT NULL,
    used_at        timestamptz,
    session_id     uuid
);
CREATE INDEX oauth_codes_created ON auth.oauth_codes (created_at);
COMMENT ON TABLE auth.oauth_codes IS 'placement: key(code_hash). Authorization codes; used once.';

CREATE TABLE auth.oauth_consents (
    user_id    uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
    client_id  uuid NOT NULL,
    scopes     text[] NOT NULL,
    granted_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, client_id)
);
CREATE INDEX sessions_client ON auth.sessions (client_id) WHERE client_id IS NOT NULL;
CREATE INDEX oauth_consents_client ON auth.oauth_consents (client_id);
COMMENT ON TABLE auth.oauth_consents IS 'placement: user. What a person lets a client know.';

GRANT SELECT, INSERT, UPDATE, DELETE ON auth.identity_owners, auth.provider_flows, auth.pending_identities,
    auth.oauth_clients,
    auth.oauth_authorizations, auth.oauth_codes, auth.oauth_consents TO svc_auth;
