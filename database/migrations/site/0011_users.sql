-- What people have around their account: a picture, preferences, exports of their data, organisations; roles with
-- permissions; and how an account comes to its end.

CREATE SCHEMA account;

-- ---------------------------------------------------------------- avatars and preferences

-- An object of the store is public only if it is named here. dropped_at: no profile shows it any more; a day later the
-- sweeper looks again and removes it, so that somebody who uploads the same picture meanwhile does not lose it.
CREATE TABLE account.avatars (
    key        text PRIMARY KEY CHECK (key ~ '^[0-9a-f]{64}$'),
    created_at timestamptz NOT NULL,
    dropped_at timestamptz
);
CREATE INDEX avatars_dropped ON account.avatars (dropped_at) WHERE dropped_at IS NOT NULL;
COMMENT ON TABLE account.avatars IS 'placement: key(key). Pictures that everybody may fetch, by their content.';

ALTER TABLE public.profiles
    ADD COLUMN avatar_key text CHECK (avatar_key ~ '^[0-9a-f]{64}$');
CREATE INDEX profiles_avatar ON public.profiles (avatar_key) WHERE avatar_key IS NOT NULL;

-- Locale, time zone and the consent to marketing are the profile's. Nobody can do without mails about security.
CREATE TABLE account.preferences (
    user_id            uuid PRIMARY KEY,
    theme              text NOT NULL DEFAULT 'system' CHECK (theme IN ('system', 'light', 'dark')),
    mail_courses       boolean NOT NULL DEFAULT true,
    mail_reminders     boolean NOT NULL DEFAULT true,
    mail_organizations boolean NOT NULL DEFAULT true
);
COMMENT ON TABLE account.preferences IS 'placement: user. No row: everything as by default.';

-- ---------------------------------------------------------------- exports

-- The partial unique index decides between two requests at once: one export is made, the other reads it. object_key is
-- written before the object is, so that no copy of somebody's data is ever stored without a row that knows it.
CREATE TABLE account.exports (
    user_id      uuid NOT NULL,
    id           uuid NOT NULL,
    format       text NOT NULL CHECK (format IN ('zip', 'json')),
    status       text NOT NULL CHECK (status IN ('queued', 'running', 'waiting', 'ready', 'incomplete', 'expired')),
    parts        jsonb NOT NULL,
    object_key   text CHECK (object_key ~ '^[0-9a-f]{64}$'),
    bytes        bigint CHECK (bytes >= 0),
    requested_at timestamptz NOT NULL,
    retry_at     timestamptz,
    finished_at  timestamptz,
    expires_at   timestamptz,
    PRIMARY KEY (user_id, id),
    CHECK (status NOT IN ('ready', 'incomplete') OR object_key IS NOT NULL)
);
CREATE UNIQUE INDEX exports_one_open ON account.exports (user_id) WHERE status IN ('queued', 'running', 'waiting');
CREATE INDEX exports_expiring ON account.exports (expires_at) WHERE object_key IS NOT NULL;
COMMENT ON TABLE account.exports IS 'placement: user. Copies of all data of a person, made on request.';

-- ---------------------------------------------------------------- organisations

CREATE TABLE account.organizations (
    id          uuid PRIMARY KEY,
    name        text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    created_at  timestamptz NOT NULL,
    row_version bigint NOT NULL DEFAULT 1
);
COMMENT ON TABLE account.organizations IS 'placement: key(id). A tenant: people who work together.';

-- Every change of members holds the organisation's row, so two owners cannot leave at once.
CREATE TABLE account.members (
    organization_id uuid NOT NULL,
    user_id         uuid NOT NULL,
    role            text NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
    joined_at       timestamptz NOT NULL,
    PRIMARY KEY (organization_id, user_id)
);
COMMENT ON TABLE account.members IS 'placement: key(organization_id). Who belongs to an organisation, and as what.';

-- The same fact from the person's side, written in the same transaction: finds a person's organisations on one shard.
CREATE TABLE account.memberships (
    user_id         uuid NOT NULL,
    organization_id uuid NOT NULL,
    PRIMARY KEY (user_id, organization_id)
);
COMMENT ON TABLE account.memberships IS 'placement: user. Registry: the organisations of a person.';

-- The mailed token names organisation and invitation, so its row is found without an index over all of them.
CREATE TABLE account.invitations (
    organization_id uuid NOT NULL,
    id              uuid NOT NULL,
    email           text NOT NULL CHECK (email = lower(email) AND char_length(email) <= 254),
    role            text NOT NULL CHECK (role IN ('owner', 'admin', 'member')),
    any_address     boolean NOT NULL DEFAULT false,
    token_hash      bytea CHECK (octet_length(token_hash) = 32),  -- none until the mail is written
    invited_by      uuid NOT NULL,
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    accepted_at     timestamptz,
    accepted_by     uuid,
    revoked_at      timestamptz,
    PRIMARY KEY (organization_id, id),
    CHECK ((accepted_at IS NULL) = (accepted_by IS NULL))
);
CREATE INDEX invitations_open ON account.invitations (organization_id, email)
    WHERE accepted_at IS NULL AND revoked_at IS NULL;
-- For erasure: what was sent to an address, by its digest (decode: the cast of text to bytea, without its escapes).
CREATE INDEX invitations_address ON account.invitations (sha256(decode(replace(email, '\', '\\'), 'escape')));
COMMENT ON TABLE account.invitations IS 'placement: key(organization_id). Only the SHA-256 of the token is kept.';

ALTER TABLE account.members ADD FOREIGN KEY (organization_id) REFERENCES account.organizations (id) ON DELETE CASCADE;
ALTER TABLE account.invitations ADD FOREIGN KEY (organization_id) REFERENCES account.organizations (id)
    ON DELETE CASCADE;

-- Schema account is not exposed by /rest/v1 and nobody but the service may read it.
GRANT USAGE ON SCHEMA account TO svc_user;
GRANT SELECT, INSERT, UPDATE, DELETE ON account.avatars, account.preferences, account.exports, account.organizations,
    account.members, account.memberships, account.invitations TO svc_user;
GRANT DELETE ON public.users, public.profiles TO svc_user;

-- ---------------------------------------------------------------- roles (auth)

-- What the roles in app_metadata mean. Permissions are words of shared/types/permissions.hpp; '*' is all of them.
CREATE TABLE auth.roles (
    name        text PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9_-]{1,39}$'),
    description text NOT NULL DEFAULT '' CHECK (char_length(description) <= 200),
    permissions text[] NOT NULL,
    is_builtin  boolean NOT NULL DEFAULT false,
    row_version bigint NOT NULL DEFAULT 1,
    updated_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE auth.roles IS 'placement: reference. Built-in and custom roles with their permissions.';

INSERT INTO auth.roles (name, description, permissions, is_builtin) VALUES
    ('admin', 'May do everything', '{*}', true),
    ('instructor', 'Makes courses and sees how their learners do', '{courses.manage,learners.read}', true),
    ('marketer', 'Writes posts and newsletters, sees leads', '{content.manage,newsletter.manage,leads.read}', true),
    ('student', 'Learns', '{}', true),
    ('support', 'Helps people: looks up accounts and messages', '{users.read,learners.read,messages.manage}', true);

CREATE INDEX users_roles ON auth.users USING gin ((app_metadata -> 'roles')) WHERE app_metadata ? 'roles';

-- ---------------------------------------------------------------- the end of an account (auth)

ALTER TABLE auth.users ADD COLUMN deletion_due_at timestamptz;
CREATE INDEX users_deletion_due ON auth.users (deletion_due_at) WHERE deletion_due_at IS NOT NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON auth.roles TO svc_auth;

-- ---------------------------------------------------------------- erasure of content

-- The event user.deleted carries the digest of the address, not the address.
CREATE INDEX newsletter_address ON public.newsletter_subscribers
    (sha256(decode(replace(email, '\', '\\'), 'escape')));
CREATE INDEX contact_messages_address ON public.contact_messages
    (sha256(decode(replace(lower(email), '\', '\\'), 'escape')));
CREATE INDEX contact_messages_user ON public.contact_messages (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX quiz_results_address ON public.quiz_results
    (sha256(decode(replace(lower(email), '\', '\\'), 'escape'))) WHERE email IS NOT NULL;
GRANT DELETE ON public.newsletter_subscribers, public.quiz_results, public.contact_messages TO svc_content;
