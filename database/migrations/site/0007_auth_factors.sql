-- Proofs besides the password: time codes, text messages, security keys, passkeys and recovery codes.

-- secret is sealed by the master key: the shared secret of a totp factor, the key under which recovery codes are
-- hashed. last_step is the newest time step whose code was taken: a code works once (RFC 6238 §5.2). Wrong codes are
-- counted in auth.lockouts under the factor's id.
CREATE TABLE auth.factors (
    user_id            uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
    id                 uuid NOT NULL,
    factor_type        text NOT NULL CHECK (factor_type IN ('totp', 'phone', 'webauthn', 'recovery_code')),
    status             text NOT NULL DEFAULT 'unverified' CHECK (status IN ('unverified', 'verified')),
    friendly_name      text NOT NULL DEFAULT '' CHECK (char_length(friendly_name) <= 120),
    phone              text NOT NULL DEFAULT '' CHECK (phone = '' OR phone ~ '^[1-9][0-9]{1,14}$'),
    secret             bytea,
    last_step          bigint NOT NULL DEFAULT 0,
    last_challenged_at timestamptz,
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    PRIMARY KEY (user_id, id),
    CHECK ((secret IS NOT NULL) = (factor_type IN ('totp', 'recovery_code')))
);
-- Two enrolments at once may not end in two sets of codes.
CREATE UNIQUE INDEX factors_one_recovery_set ON auth.factors (user_id) WHERE factor_type = 'recovery_code';
COMMENT ON TABLE auth.factors IS 'placement: user. Second factors of a person, also those still being set up.';

-- challenge: 32 random bytes of a WebAuthn ceremony. code_hash: of a code sent by text message.
CREATE TABLE auth.factor_challenges (
    user_id    uuid NOT NULL,
    id         uuid NOT NULL,
    factor_id  uuid NOT NULL,
    ip         text NOT NULL CHECK (char_length(ip) <= 64),
    challenge  bytea CHECK (octet_length(challenge) >= 16),
    code_hash  bytea,
    created_at timestamptz NOT NULL,
    used_at    timestamptz,
    PRIMARY KEY (user_id, id),
    FOREIGN KEY (user_id, factor_id) REFERENCES auth.factors (user_id, id) ON DELETE CASCADE
);
CREATE INDEX factor_challenges_created ON auth.factor_challenges (created_at);
COMMENT ON TABLE auth.factor_challenges IS 'placement: user. Questions asked of a factor; each is answered once.';

CREATE TABLE auth.recovery_codes (
    user_id   uuid NOT NULL,
    factor_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    used_at   timestamptz,
    PRIMARY KEY (user_id, factor_id, code_hash),
    FOREIGN KEY (user_id, factor_id) REFERENCES auth.factors (user_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE auth.recovery_codes IS 'placement: user. HMAC-SHA-256 of each code under its set''s sealed key.';

-- A passkey (no factor_id) or the credential of a webauthn factor. public_key is the COSE key as the authenticator
-- sent it. sign_count only grows, unless the authenticator does not count at all (0).
CREATE TABLE auth.webauthn_credentials (
    user_id            uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
    id                 uuid NOT NULL,
    factor_id          uuid,
    credential_id      bytea NOT NULL CHECK (octet_length(credential_id) BETWEEN 1 AND 1023),
    public_key         bytea NOT NULL,
    sign_count         bigint NOT NULL DEFAULT 0,
    aaguid             uuid NOT NULL,
    transports         text[] NOT NULL DEFAULT '{}',
    is_backup_eligible boolean NOT NULL DEFAULT false,
    is_backed_up       boolean NOT NULL DEFAULT false,
    friendly_name      text NOT NULL DEFAULT '' CHECK (char_length(friendly_name) <= 120),
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    last_used_at       timestamptz,
    PRIMARY KEY (user_id, id),
    UNIQUE (user_id, credential_id),
    FOREIGN KEY (user_id, factor_id) REFERENCES auth.factors (user_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE auth.webauthn_credentials IS 'placement: user. Public keys of passkeys and security keys.';

-- WebAuthn §7.1 step 26: a credential belongs to one person only. Who removes a person removes these rows too.
CREATE TABLE auth.webauthn_owners (
    credential_id bytea PRIMARY KEY,
    user_id       uuid NOT NULL
);
COMMENT ON TABLE auth.webauthn_owners IS 'placement: key(credential_id). Registry: credential to account.';

-- Signing in with a passkey begins before anybody knows who it is, hence no user_id in the key.
CREATE TABLE auth.passkey_challenges (
    id         uuid PRIMARY KEY,
    user_id    uuid,
    challenge  bytea NOT NULL CHECK (octet_length(challenge) >= 16),
    created_at timestamptz NOT NULL
);
CREATE INDEX passkey_challenges_created ON auth.passkey_challenges (created_at);
COMMENT ON TABLE auth.passkey_challenges IS 'placement: key(id). With user_id a registration, without it a sign-in.';

-- Which factor raised a session to aal2: without the factor it falls back.
ALTER TABLE auth.sessions ADD COLUMN factor_id uuid;

-- When a person was first seen with a role that needs a second factor and without one; they have until then plus the
-- grace of the policy to set one up.
CREATE TABLE auth.mfa_graces (
    user_id uuid PRIMARY KEY REFERENCES auth.users (id) ON DELETE CASCADE,
    since   timestamptz NOT NULL
);
COMMENT ON TABLE auth.mfa_graces IS 'placement: user. Start of the time to set up a required second factor.';

GRANT SELECT, INSERT, UPDATE, DELETE ON auth.factors, auth.factor_challenges, auth.recovery_codes,
    auth.webauthn_credentials, auth.webauthn_owners, auth.passkey_challenges, auth.mfa_graces TO svc_auth;
