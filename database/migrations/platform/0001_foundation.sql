-- What every database of the platform has: the roles of the data API, auth.*() as policies use them, and schema integ
-- (outbox, deliveries, inbox, jobs, schedules, webhooks). The migrator runs this folder before the database's own.
--
-- Conventions for the migrations that follow:
--
-- * A service gets a role that owns nothing and may touch only what it is granted, in one line:
--       CALL integ.create_service_role('svc_course', 'tt_academy');   -- role, login role of this database's pool
--       GRANT USAGE ON SCHEMA academy TO svc_course;
--       GRANT SELECT, INSERT, UPDATE, DELETE ON academy.quizzes TO svc_course;
--   The role bypasses row level security (the service decides), inherits the right to append events, to consume its
--   deliveries and to enqueue jobs, and the pool's login role may SET LOCAL ROLE to it.
-- * Every table says where it lives once the database is sharded, and tools/shard_lint holds it to that:
--       COMMENT ON TABLE public.enrollments IS 'placement: user. One row per person and course.';
--   user = distributed by user_id; reference = copied to every node; key(column) = distributed by that column;
--   local = one node only (queues, operations). Text after the first full stop is free.

CREATE SCHEMA auth;
CREATE SCHEMA integ;

-- Roles belong to the cluster: another database being migrated at this moment may win the race for each of them.
CREATE PROCEDURE integ.create_role(role_name text, attributes text)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE ROLE %I %s', role_name, attributes);
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END
$$;

CREATE PROCEDURE integ.grant_role(role_name text, member_name text)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('GRANT %I TO %I', role_name, member_name);
EXCEPTION WHEN unique_violation OR internal_error THEN
    NULL;  -- internal_error: "tuple concurrently updated", the other migration granted the same thing
END
$$;

CREATE PROCEDURE integ.create_service_role(role_name text, login_role text)
LANGUAGE plpgsql AS $$
BEGIN
    CALL integ.create_role(role_name, 'NOLOGIN BYPASSRLS');
    CALL integ.grant_role('integ_member', role_name);
    CALL integ.grant_role(role_name, login_role);
END
$$;

REVOKE ALL ON PROCEDURE integ.create_role, integ.grant_role, integ.create_service_role FROM PUBLIC;

CALL integ.create_role('anon', 'NOLOGIN NOINHERIT');
CALL integ.create_role('authenticated', 'NOLOGIN NOINHERIT');
CALL integ.create_role('service_role', 'NOLOGIN NOINHERIT BYPASSRLS');
CALL integ.create_role('integ_member', 'NOLOGIN');                -- what every service may do in integ
CALL integ.create_role('svc_platform', 'NOLOGIN BYPASSRLS');      -- relay, workers, scheduler, webhook sender

-- ---------------------------------------------------------------- request context, spelled as in Supabase

CREATE FUNCTION auth.jwt() RETURNS jsonb
LANGUAGE sql STABLE
AS $$ SELECT nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;

CREATE FUNCTION auth.uid() RETURNS uuid
LANGUAGE sql STABLE
AS $$ SELECT (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;

CREATE FUNCTION auth.role() RETURNS text
LANGUAGE sql STABLE
AS $$ SELECT nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role' $$;

CREATE FUNCTION auth.email() RETURNS text
LANGUAGE sql STABLE
AS $$ SELECT nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email' $$;

GRANT USAGE ON SCHEMA auth, public TO anon, authenticated, service_role, integ_member, svc_platform;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO service_role;

-- ---------------------------------------------------------------- events

-- A fact, written in the transaction that made it true. id is the order of one subject; it is not commit order, so
-- nobody reads with a cursor: the relay takes the rows whose relayed_at is still empty.
CREATE TABLE integ.outbox (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id   uuid NOT NULL UNIQUE,
    topic      text NOT NULL CHECK (topic ~ '^[a-z0-9_]+([.][a-z0-9_]+)*$'),
    subject    text NOT NULL DEFAULT '',
    payload    jsonb NOT NULL,
    origin     text,
    created_at timestamptz NOT NULL DEFAULT now(),
    relayed_at timestamptz
);
CREATE INDEX outbox_waiting ON integ.outbox (id) WHERE relayed_at IS NULL;
CREATE INDEX outbox_relayed ON integ.outbox (relayed_at) WHERE relayed_at IS NOT NULL;
COMMENT ON TABLE integ.outbox IS 'placement: local. Facts to be told; origin names the peer an event came from.';

-- Who wants which topic; every process writes its own consumers at start, so that any process may fan out for all.
CREATE TABLE integ.subscriptions (
    consumer text NOT NULL,
    topic    text NOT NULL,
    PRIMARY KEY (consumer, topic)
);
CREATE INDEX subscriptions_topic ON integ.subscriptions (topic);
COMMENT ON TABLE integ.subscriptions IS 'placement: local. Consumers of this database''s events.';

-- One event still owed to one consumer; deleted in the transaction of the effect.
CREATE TABLE integ.deliveries (
    consumer   text NOT NULL,
    outbox_id  bigint NOT NULL REFERENCES integ.outbox,
    subject    text NOT NULL,
    attempts   integer NOT NULL DEFAULT 0,
    next_at    timestamptz NOT NULL DEFAULT now(),
    last_error text,
    PRIMARY KEY (consumer, outbox_id)
);
CREATE INDEX deliveries_head ON integ.deliveries (consumer, subject, outbox_id);
CREATE INDEX deliveries_outbox ON integ.deliveries (outbox_id);
COMMENT ON TABLE integ.deliveries IS 'placement: local. Events still owed to a consumer.';

CREATE TABLE integ.inbox (
    consumer    text NOT NULL,
    event_id    uuid NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, event_id)
);
CREATE INDEX inbox_received ON integ.inbox (received_at);
COMMENT ON TABLE integ.inbox IS 'placement: local. What a consumer has already acted on; makes effects exactly once.';

CREATE TABLE integ.dead_letters (
    consumer  text NOT NULL,
    event_id  uuid NOT NULL,
    topic     text NOT NULL,
    subject   text NOT NULL,
    payload   jsonb NOT NULL,
    attempts  integer NOT NULL,
    error     text NOT NULL,
    parked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, event_id)
);
COMMENT ON TABLE integ.dead_letters IS 'placement: local. Events a consumer failed on too often.';

-- ---------------------------------------------------------------- webhooks (Standard Webhooks)

CREATE TABLE integ.webhook_endpoints (
    id              uuid PRIMARY KEY,
    name            text NOT NULL UNIQUE,
    url             text NOT NULL,
    secrets         text[] NOT NULL CHECK (cardinality(secrets) BETWEEN 1 AND 2),
    topics          text[] NOT NULL,
    status          text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'disabled')),
    disabled_reason text,
    failing_since   timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE integ.webhook_endpoints IS 'placement: local. Who is told by HTTP; two secrets while one is rotated.';

CREATE TABLE integ.webhook_deliveries (
    endpoint_id  uuid NOT NULL REFERENCES integ.webhook_endpoints ON DELETE CASCADE,
    outbox_id    bigint NOT NULL REFERENCES integ.outbox,
    subject      text NOT NULL,
    status       text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'dead')),
    attempts     integer NOT NULL DEFAULT 0,
    next_at      timestamptz NOT NULL DEFAULT now(),
    last_status  integer,
    last_error   text,
    delivered_at timestamptz,
    PRIMARY KEY (endpoint_id, outbox_id)
);
CREATE INDEX webhook_deliveries_head ON integ.webhook_deliveries (endpoint_id, subject, outbox_id)
    WHERE status = 'pending';
CREATE INDEX webhook_deliveries_outbox ON integ.webhook_deliveries (outbox_id);
COMMENT ON TABLE integ.webhook_deliveries IS 'placement: local. One event for one endpoint, and how its sending went.';

-- ---------------------------------------------------------------- jobs and schedules

-- A claimed job's run_at is the end of its lease: when the worker dies, the job is simply due again. attempts is the
-- fencing token: a worker that lost its lease can no longer finish the job.
CREATE TABLE integ.jobs (
    id         uuid PRIMARY KEY,
    queue      text NOT NULL,
    payload    jsonb NOT NULL,
    run_at     timestamptz NOT NULL DEFAULT now(),
    attempts   integer NOT NULL DEFAULT 0,
    dedupe_key text,
    last_error text,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX jobs_due ON integ.jobs (queue, run_at);
CREATE UNIQUE INDEX jobs_dedupe ON integ.jobs (queue, dedupe_key) WHERE dedupe_key IS NOT NULL;
COMMENT ON TABLE integ.jobs IS 'placement: local. Work to be done; a finished job is deleted.';

CREATE TABLE integ.dead_jobs (
    id         uuid PRIMARY KEY,
    queue      text NOT NULL,
    payload    jsonb NOT NULL,
    attempts   integer NOT NULL,
    error      text NOT NULL,
    created_at timestamptz NOT NULL,
    parked_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE integ.dead_jobs IS 'placement: local. Jobs that failed too often.';

CREATE TABLE integ.schedules (
    name        text PRIMARY KEY,
    next_run_at timestamptz NOT NULL DEFAULT now(),
    lease_until timestamptz,
    run_id      uuid,
    last_run_at timestamptz,
    last_error  text
);
COMMENT ON TABLE integ.schedules IS 'placement: local. Periodic work; the row lease makes one process its runner.';

-- Rows of queues live for milliseconds: vacuum early, leave room for in-place updates.
ALTER TABLE integ.outbox SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE integ.deliveries SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE integ.jobs SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

GRANT USAGE ON SCHEMA integ TO integ_member, svc_platform;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA integ TO svc_platform;
GRANT INSERT ON integ.outbox, integ.jobs, integ.inbox TO integ_member;
GRANT SELECT ON integ.outbox, integ.deliveries, integ.inbox, integ.jobs TO integ_member;
GRANT UPDATE, DELETE ON integ.deliveries TO integ_member;
