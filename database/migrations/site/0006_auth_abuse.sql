-- Guessing of passwords and codes, counted where every process sees it.

-- One row per account and place it is guessed from; the empty origin is the account as a whole. Accounts need not exist:
-- their rows are keyed by what was typed, so nothing here tells who has an account.
CREATE TABLE auth.attempts (
    account       bytea NOT NULL CHECK (octet_length(account) = 32),
    kind          text NOT NULL CHECK (kind IN ('password', 'otp', 'mfa')),
    origin        bytea NOT NULL CHECK (octet_length(origin) <= 32),
    failures      integer NOT NULL CHECK (failures > 0),
    last_at       timestamptz NOT NULL,
    blocked_until timestamptz NOT NULL,
    PRIMARY KEY (account, kind, origin)
);
CREATE INDEX attempts_last ON auth.attempts (last_at);
COMMENT ON TABLE auth.attempts IS 'placement: key(account). Guesses in a row; a right one deletes the rows.';

CREATE TABLE auth.known_devices (
    account     bytea NOT NULL CHECK (octet_length(account) = 32),
    device_hash bytea NOT NULL CHECK (octet_length(device_hash) = 32),
    created_at  timestamptz NOT NULL,
    seen_at     timestamptz NOT NULL,
    PRIMARY KEY (account, device_hash)
);
CREATE INDEX known_devices_seen ON auth.known_devices (seen_at);
COMMENT ON TABLE auth.known_devices IS 'placement: key(account). Browsers that have signed in; SHA-256 of their cookie.';

GRANT SELECT, INSERT, UPDATE, DELETE ON auth.attempts, auth.known_devices TO svc_auth;
