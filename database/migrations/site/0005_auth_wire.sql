-- All ways into an account: no address at all (anonymous), a phone, a link, a code; changes of either address; and what
-- a session's tokens carry beyond the person.

ALTER TABLE auth.users
    ALTER COLUMN email DROP NOT NULL,
    ADD COLUMN phone                text CHECK (phone ~ '^[1-9][0-9]{1,14}$'),
    ADD COLUMN phone_confirmed_at   timestamptz,
    -- which sign-up chose the password; it counts only once the mail of that sign-up has come back
    ADD COLUMN sign_up_id           uuid,
    ADD COLUMN is_anonymous         boolean NOT NULL DEFAULT false,
    ADD COLUMN invited_at           timestamptz,
    ADD COLUMN new_email            text CHECK (new_email = lower(new_email) AND char_length(new_email) <= 254),
    -- which of the two addresses has agreed to the change already
    ADD COLUMN email_change_confirmed text CHECK (email_change_confirmed IN ('current', 'new')),
    ADD COLUMN email_change_sent_at timestamptz,
    ADD COLUMN new_phone            text CHECK (new_phone ~ '^[1-9][0-9]{1,14}$'),
    ADD COLUMN phone_change_sent_at timestamptz,
    ADD COLUMN reauthentication_sent_at timestamptz,
    ADD COLUMN deleted_at           timestamptz;
CREATE INDEX users_anonymous ON auth.users (created_at) WHERE is_anonymous;
CREATE INDEX users_new_email ON auth.users (new_email) WHERE new_email IS NOT NULL;
CREATE INDEX users_new_phone ON auth.users (new_phone) WHERE new_phone IS NOT NULL;

CREATE TABLE auth.user_phones (
    phone   text PRIMARY KEY CHECK (phone ~ '^[1-9][0-9]{1,14}$'),
    user_id uuid NOT NULL
);
COMMENT ON TABLE auth.user_phones IS 'placement: key(phone). Registry: E.164 number without the plus to account.';

ALTER TABLE auth.sessions
    ADD COLUMN org_id    uuid,
    ADD COLUMN org_role  text CHECK (char_length(org_role) <= 64),
    -- who acts as this person, when it is not the person
    ADD COLUMN act_user  uuid,
    ADD COLUMN client_id uuid,
    ADD COLUMN scope     text CHECK (char_length(scope) <= 1024);

ALTER TABLE auth.one_time_tokens
    DROP CONSTRAINT one_time_tokens_kind_check,
    ADD CONSTRAINT one_time_tokens_kind_check CHECK (kind IN (
        'confirmation', 'recovery', 'magiclink', 'invite', 'email_change_current', 'email_change_new',
        'reauthentication', 'phone_confirmation', 'phone_change')),
    -- where it was sent: a code for one address proves nothing about another
    ADD COLUMN address          text NOT NULL DEFAULT '' CHECK (char_length(address) <= 254),
    ADD COLUMN code_challenge   text,
    ADD COLUMN challenge_method text CHECK (challenge_method IN ('s256', 'plain')),
    ADD COLUMN sign_up_id       uuid,
    -- a used link is answered again for a few minutes to the browser that used it
    ADD COLUMN used_at          timestamptz,
    ADD COLUMN browser_hash     bytea,
    ADD CONSTRAINT one_time_tokens_challenge CHECK ((code_challenge IS NULL) = (challenge_method IS NULL));

CREATE INDEX one_time_tokens_created ON auth.one_time_tokens (created_at);

-- A sign-in that is done but for the proof of the client that began it (RFC 7636). The code was given to the browser.
CREATE TABLE auth.flow_states (
    code_hash        bytea PRIMARY KEY,
    user_id          uuid NOT NULL,
    amr_method       text NOT NULL,
    code_challenge   text NOT NULL,
    challenge_method text NOT NULL CHECK (challenge_method IN ('s256', 'plain')),
    -- sealed; tokens of the identity provider for the client
    provider_tokens  bytea,
    created_at       timestamptz NOT NULL
);
CREATE INDEX flow_states_created ON auth.flow_states (created_at);
COMMENT ON TABLE auth.flow_states IS 'placement: key(code_hash). PKCE codes waiting for their verifier; used once.';

GRANT SELECT, INSERT, UPDATE, DELETE ON auth.user_phones, auth.flow_states TO svc_auth;
