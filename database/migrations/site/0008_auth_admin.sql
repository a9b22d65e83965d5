-- The audit log of accounts. Rows are only ever added: svc_auth may insert and read, nothing else; whole months go away
-- when they are older than the retention.
--
-- An entry is written in the transaction of what it tells. The chain is made behind it: a sealer takes the entries that
-- have been committed, one runner at a time, and writes a link for each, an HMAC over the link before, the number and
-- the entry. So writers never wait for each other, and a removed, changed or inserted entry breaks a link.

CREATE TABLE auth.audit_entries (
    id         uuid NOT NULL,  -- version 7: the month it belongs to
    created_at timestamptz NOT NULL DEFAULT now(),
    action     text NOT NULL CHECK (action ~ '^[a-z][a-z0-9_]{1,63}$'),
    outcome    text NOT NULL CHECK (outcome IN ('success', 'failure')),
    actor_kind text NOT NULL CHECK (actor_kind IN ('user', 'admin', 'service', 'anonymous', 'system')),
    actor_id   uuid,
    subject_id uuid,
    target     text NOT NULL DEFAULT '' CHECK (char_length(target) <= 256),
    ip         text NOT NULL DEFAULT '' CHECK (char_length(ip) <= 64),
    user_agent text NOT NULL DEFAULT '' CHECK (char_length(user_agent) <= 256),
    details    jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object'),
    PRIMARY KEY (id)
) PARTITION BY RANGE (id);
CREATE INDEX audit_entries_actor ON auth.audit_entries (actor_id, id) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_entries_subject ON auth.audit_entries (subject_id, id) WHERE subject_id IS NOT NULL;
CREATE INDEX audit_entries_action ON auth.audit_entries (action, id);
CREATE TABLE auth.audit_entries_default PARTITION OF auth.audit_entries DEFAULT;
COMMENT ON TABLE auth.audit_entries IS 'placement: key(id). Append-only: who did what to whom, failures included.';
COMMENT ON TABLE auth.audit_entries_default IS 'placement: key(id). Entries outside every month that has a partition.';

-- Written with the entry and taken by the sealer, so that a transaction that commits late is not overlooked.
CREATE TABLE auth.audit_pending (
    entry_id uuid PRIMARY KEY
);
COMMENT ON TABLE auth.audit_pending IS 'placement: key(entry_id). Entries that have no link yet.';

CREATE TABLE auth.audit_links (
    seq       bigint PRIMARY KEY,
    entry_id  uuid NOT NULL UNIQUE,
    hash      bytea NOT NULL CHECK (octet_length(hash) = 32),
    sealed_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE auth.audit_links IS 'placement: local. The hash chain over the entries.';

-- start_seq, start_hash: the last link whose entry has been let go by the retention; the chain begins after it.
CREATE TABLE auth.audit_chain (
    only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    key        bytea NOT NULL,
    start_seq  bigint NOT NULL DEFAULT 0,
    start_hash bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE auth.audit_chain IS 'placement: local. The key of the chain, sealed by the master key, and its beginning.';

-- The smallest UUIDv7 of a moment.
CREATE FUNCTION auth.uuid_v7_floor(moment timestamptz) RETURNS uuid
LANGUAGE sql IMMUTABLE
AS $$
    SELECT (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid
$$;

-- Called by the service when it starts and once a day. A month that exists already, also when another process has just
-- made it, is left alone; so is one whose entries are in the default partition.
CREATE FUNCTION auth.create_audit_partitions(first_month date, months integer) RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    month timestamptz;
    partition_name text;
BEGIN
    FOR i IN 0 .. months - 1 LOOP
        month := (date_trunc('month', first_month::timestamp) + make_interval(months => i)) AT TIME ZONE 'UTC';
        partition_name := 'audit_entries_' || to_char(month AT TIME ZONE 'UTC', 'YYYYMM');
        CONTINUE WHEN to_regclass('auth.' || partition_name) IS NOT NULL;
        BEGIN
            EXECUTE format('CREATE TABLE auth.%I PARTITION OF auth.audit_entries FOR VALUES FROM (%L) TO (%L)',
                           partition_name, auth.uuid_v7_floor(month),
                           auth.uuid_v7_floor((month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC'));
            EXECUTE format('COMMENT ON TABLE auth.%I IS %L', partition_name, 'placement: key(id). One month.');
        EXCEPTION WHEN duplicate_table OR check_violation THEN
            NULL;
        END;
    END LOOP;
END
$$;

-- Removes the entries and links up to a link and makes it the beginning of the chain. The months that then hold nothing
-- any more go away as tables. What is younger than thirty days stays, whatever the configuration says.
CREATE FUNCTION auth.forget_audit_through(last_seq bigint) RETURNS bigint
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    removed bigint;
    month record;
    is_used boolean;
BEGIN
    UPDATE auth.audit_chain c
    SET start_seq = l.seq, start_hash = l.hash
    FROM auth.audit_links l
    WHERE l.seq = last_seq AND l.sealed_at < now() - interval '30 days';
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    DELETE FROM auth.audit_entries e
    USING auth.audit_links l
    WHERE l.seq <= last_seq AND e.id = l.entry_id;
    GET DIAGNOSTICS removed = ROW_COUNT;
    DELETE FROM auth.audit_links WHERE seq <= last_seq;
    FOR month IN
        SELECT c.relname
        FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'auth.audit_entries'::regclass AND c.relname ~ '^audit_entries_[0-9]{6}$'
          AND c.relname < 'audit_entries_' || to_char(now() AT TIME ZONE 'UTC', 'YYYYMM')
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM auth.%I)', month.relname) INTO is_used;
        IF NOT is_used THEN
            EXECUTE format('DROP TABLE auth.%I', month.relname);
        END IF;
    END LOOP;
    RETURN removed;
END
$$;
REVOKE ALL ON FUNCTION auth.create_audit_partitions, auth.forget_audit_through FROM PUBLIC;

CREATE INDEX users_created ON auth.users (created_at, id);

GRANT SELECT, INSERT ON auth.audit_entries, auth.audit_links, auth.audit_chain TO svc_auth;
GRANT SELECT, INSERT, DELETE ON auth.audit_pending TO svc_auth;
GRANT EXECUTE ON FUNCTION auth.create_audit_partitions, auth.forget_audit_through TO svc_auth;
