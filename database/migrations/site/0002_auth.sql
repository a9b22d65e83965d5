-- Accounts, their sessions and the keys that sign their tokens. Only auth-service touches these tables: everyone else
-- learns about people from tokens and from the events user.created and user.updated.

CALL integ.create_service_role('svc_auth', 'tt_site');

CREATE TABLE auth.users (
    id                   uuid PRIMARY KEY,
    email                text NOT NULL CHECK (email = lower(email) AND char_length(email) <= 254),
    password_hash        text,
    app_metadata         jsonb NOT NULL DEFAULT '{}',
    user_metadata        jsonb NOT NULL DEFAULT '{}',
    email_confirmed_at   timestamptz,
    confirmation_sent_at timestamptz,
    recovery_sent_at     timestamptz,
    last_sign_in_at      timestamptz,
    banned_until         timestamptz,
    created_at           timestamptz NOT NULL,
    updated_at           timestamptz NOT NULL
);
COMMENT ON TABLE auth.users IS 'placement: key(id). One account; app_metadata (roles) is written by the server only.';

-- The one place that makes an address unique: a unique key on users would not survive sharding.
CREATE TABLE auth.user_emails (
    email   text PRIMARY KEY CHECK (email = lower(email)),
    user_id uuid NOT NULL
);
COMMENT ON TABLE auth.user_emails IS 'placement: key(email). Registry: normalised address to account.';

CREATE TABLE auth.identities (
    user_id         uuid NOT NULL,
    id              uuid NOT NULL,
    provider        text NOT NULL,
    provider_id     text NOT NULL,
    identity_data   jsonb NOT NULL,
    last_sign_in_at timestamptz,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    PRIMARY KEY (user_id, id),
    UNIQUE (user_id, provider, provider_id)
);
COMMENT ON TABLE auth.identities IS 'placement: user. Ways a person proves who they are.';

-- No row per refresh token: a token is the session, a counter and a signature under the session's own key, so the row
-- needs only the current counter. refresh_key is sealed by the master key.
CREATE TABLE auth.sessions (
    user_id          uuid NOT NULL,
    id               uuid NOT NULL,
    refresh_key      bytea NOT NULL,
    counter          bigint NOT NULL DEFAULT 0 CHECK (counter >= 0),
    aal              text NOT NULL DEFAULT 'aal1' CHECK (aal IN ('aal1', 'aal2')),
    amr              jsonb NOT NULL,
    user_agent       text NOT NULL DEFAULT '' CHECK (char_length(user_agent) <= 256),
    ip               text NOT NULL DEFAULT '' CHECK (char_length(ip) <= 64),
    -- when the person last proved who they are; a session handed to the other site inherits it
    authenticated_at timestamptz NOT NULL,
    created_at       timestamptz NOT NULL,
    refreshed_at     timestamptz NOT NULL,
    not_after        timestamptz NOT NULL,
    PRIMARY KEY (user_id, id)
);
CREATE INDEX sessions_not_after ON auth.sessions (not_after);
COMMENT ON TABLE auth.sessions IS 'placement: user. A signed-in device; deleting the row ends it.';

-- Links and codes sent by mail. One of a kind per person, so a newer mail voids the older one.
CREATE TABLE auth.one_time_tokens (
    user_id    uuid NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('confirmation', 'recovery')),
    link_hash  bytea NOT NULL,
    code_hash  bytea NOT NULL,
    attempts   integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, kind)
);
COMMENT ON TABLE auth.one_time_tokens IS 'placement: user. SHA-256 of what was mailed; used once.';

CREATE TABLE auth.session_handoffs (
    user_id    uuid NOT NULL,
    code_hash  bytea NOT NULL,
    session_id uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, code_hash)
);
CREATE INDEX session_handoffs_expires ON auth.session_handoffs (expires_at);
COMMENT ON TABLE auth.session_handoffs IS 'placement: user. Codes that carry a sign-in to the other site; used once.';

ALTER TABLE auth.identities ADD FOREIGN KEY (user_id) REFERENCES auth.users (id) ON DELETE CASCADE;
ALTER TABLE auth.sessions ADD FOREIGN KEY (user_id) REFERENCES auth.users (id) ON DELETE CASCADE;
ALTER TABLE auth.one_time_tokens ADD FOREIGN KEY (user_id) REFERENCES auth.users (id) ON DELETE CASCADE;
ALTER TABLE auth.session_handoffs ADD FOREIGN KEY (user_id) REFERENCES auth.users (id) ON DELETE CASCADE;

-- The partial unique index decides which process's key is the first one when several start at once.
CREATE TABLE auth.signing_keys (
    kid         text PRIMARY KEY,
    algorithm   text NOT NULL CHECK (algorithm = 'ES256'),
    state       text NOT NULL CHECK (state IN ('next', 'current', 'previous', 'retired')),
    private_key bytea NOT NULL,
    public_jwk  jsonb NOT NULL,
    created_at  timestamptz NOT NULL
);
CREATE UNIQUE INDEX signing_keys_one_current ON auth.signing_keys (state) WHERE state = 'current';
COMMENT ON TABLE auth.signing_keys IS 'placement: local. Private parts are sealed by the master key.';

CREATE TABLE auth.admin_claims (
    token_hash bytea PRIMARY KEY,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    used_by    uuid
);
COMMENT ON TABLE auth.admin_claims IS 'placement: local. One-time links that make the first administrator.';

GRANT USAGE ON SCHEMA auth TO svc_auth;
GRANT SELECT, INSERT, UPDATE, DELETE ON auth.users, auth.user_emails, auth.identities, auth.sessions,
    auth.one_time_tokens, auth.session_handoffs, auth.signing_keys, auth.admin_claims TO svc_auth;
