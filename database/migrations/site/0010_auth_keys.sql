-- What ends before its time and how everybody hears of it: signing keys change state, tokens are revoked, API keys are
-- people's own.

-- next: published, does not sign yet. current: signs. previous: its tokens are still in circulation. retired: unknown to
-- verifiers; the private part is gone.
ALTER TABLE auth.signing_keys
    ADD COLUMN state_since timestamptz;
UPDATE auth.signing_keys SET state_since = created_at;
ALTER TABLE auth.signing_keys
    ALTER COLUMN state_since SET NOT NULL,
    ALTER COLUMN private_key DROP NOT NULL,
    ADD CONSTRAINT signing_keys_private_part CHECK ((private_key IS NULL) = (state = 'retired'));
DROP INDEX auth.signing_keys_one_current;
-- Of several processes that make a key at once, one keeps it.
CREATE UNIQUE INDEX signing_keys_one_of_each ON auth.signing_keys (state) WHERE state IN ('next', 'current');

-- A token is refused when its session or its person is a subject here and it was issued before not_before; rows are of
-- use for as long as an access token lives. changed_by is what readers continue from: ids are not in commit order.
CREATE TABLE auth.revocations (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject    uuid NOT NULL,
    not_before timestamptz NOT NULL,
    until      timestamptz NOT NULL,
    changed_by xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX revocations_changed_by ON auth.revocations (changed_by);
CREATE INDEX revocations_until ON auth.revocations (until);
COMMENT ON TABLE auth.revocations IS 'placement: local. Sessions, people and API keys whose tokens are refused.';

CREATE TABLE auth.api_keys (
    user_id      uuid NOT NULL,
    id           uuid NOT NULL,
    name         text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    scopes       text[] NOT NULL CHECK (cardinality(scopes) BETWEEN 1 AND 32),
    allowed_ips  text[] NOT NULL DEFAULT '{}' CHECK (cardinality(allowed_ips) <= 32),
    expires_at   timestamptz,
    last_used_at timestamptz,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (user_id, id)
);
COMMENT ON TABLE auth.api_keys IS 'placement: user. Keys people give to programs; deleting the row revokes one.';

-- Two while a key is being rotated. Only the SHA-256 is kept: the secret has 190 bits of its own.
CREATE TABLE auth.api_key_secrets (
    user_id     uuid NOT NULL,
    key_id      uuid NOT NULL,
    secret_hash bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
    expires_at  timestamptz,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (user_id, key_id, secret_hash)
);
COMMENT ON TABLE auth.api_key_secrets IS 'placement: user. What opens an API key.';

-- A presented key names itself, not its owner.
CREATE TABLE auth.api_key_owners (
    key_id  uuid PRIMARY KEY,
    user_id uuid NOT NULL
);
COMMENT ON TABLE auth.api_key_owners IS 'placement: key(key_id). Registry: API key to account.';

ALTER TABLE auth.api_keys ADD FOREIGN KEY (user_id) REFERENCES auth.users (id) ON DELETE CASCADE;
ALTER TABLE auth.api_key_secrets
    ADD FOREIGN KEY (user_id, key_id) REFERENCES auth.api_keys (user_id, id) ON DELETE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON auth.revocations, auth.api_keys, auth.api_key_secrets, auth.api_key_owners
    TO svc_auth;
