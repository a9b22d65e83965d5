-- What learners do: progress, quiz attempts, certificates. Everything is user-owned (user_id first in every key),
-- except the two certificate registries, which give numbers global uniqueness across shards.
--
-- Each fact is written once into an append-only log (progress_events, quiz_responses); the rows that are read are
-- merged in the same transaction and can be rebuilt from the log.

CALL integ.create_service_role('svc_progress', 'tt_academy');

-- ---------------------------------------------------------------- progress

-- Partitioned by month of the event's own id (UUIDv7), so a retention job drops whole months. completion_ppm and
-- completes are what the server decided on receipt, under the completion rule of that moment: a rebuild replays the
-- decision and needs no old catalogue. client_event_id is set where the id a client chose did not carry a believable
-- time and the server gave another one.
CREATE TABLE academy.progress_events (
    user_id         uuid NOT NULL,
    event_id        uuid NOT NULL,
    course_id       uuid NOT NULL,
    lesson_id       uuid,
    block_id        uuid,
    verb            text NOT NULL,
    data            jsonb NOT NULL DEFAULT '{}',
    occurred_at     timestamptz NOT NULL,
    received_at     timestamptz NOT NULL,
    device_id       uuid,
    client_seq      bigint NOT NULL DEFAULT 0,
    completion_ppm  integer NOT NULL DEFAULT 0 CHECK (completion_ppm BETWEEN 0 AND 1000000),
    completes       boolean NOT NULL DEFAULT false,
    client_event_id uuid,
    PRIMARY KEY (user_id, event_id)
) PARTITION BY RANGE (event_id);
CREATE INDEX progress_events_course ON academy.progress_events (user_id, course_id);
CREATE INDEX progress_events_rekeyed ON academy.progress_events (user_id, client_event_id)
    WHERE client_event_id IS NOT NULL;
CREATE TABLE academy.progress_events_default PARTITION OF academy.progress_events DEFAULT;
COMMENT ON TABLE academy.progress_events IS 'placement: user. Append-only log of what learners did.';
COMMENT ON TABLE academy.progress_events_default IS 'placement: user. Events outside every month that has a partition.';

-- The smallest UUIDv7 of a moment.
CREATE FUNCTION academy.uuid_v7_floor(moment timestamptz) RETURNS uuid
LANGUAGE sql IMMUTABLE
AS $$
    SELECT (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid
$$;

-- Called by the service when it starts and once a day, so that the schema does not depend on the day it was made.
-- A month that exists already, also when another process has just made it, is left alone; so is one whose events are
-- in the default partition.
CREATE FUNCTION academy.create_progress_partitions(first_month date, months integer) RETURNS void
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
        partition_name := 'progress_events_' || to_char(month AT TIME ZONE 'UTC', 'YYYYMM');
        CONTINUE WHEN to_regclass('academy.' || partition_name) IS NOT NULL;
        BEGIN
            EXECUTE format('CREATE TABLE academy.%I PARTITION OF academy.progress_events FOR VALUES FROM (%L) TO (%L)',
                           partition_name, academy.uuid_v7_floor(month),
                           academy.uuid_v7_floor((month AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC'));
            EXECUTE format('COMMENT ON TABLE academy.%I IS %L', partition_name, 'placement: user. One month.');
        EXCEPTION WHEN duplicate_table OR check_violation THEN
            NULL;
        END;
    END LOOP;
END
$$;
REVOKE ALL ON FUNCTION academy.create_progress_partitions FROM PUBLIC;

-- position_* remember which report the position came from, so that an older report that arrives later loses.
CREATE TABLE academy.lesson_progress (
    user_id           uuid NOT NULL,
    lesson_id         uuid NOT NULL,
    course_id         uuid NOT NULL,
    state             text NOT NULL DEFAULT 'started' CHECK (state IN ('started', 'completed')),
    completion_ppm    integer NOT NULL DEFAULT 0 CHECK (completion_ppm BETWEEN 0 AND 1000000),
    completed_at      timestamptz,
    position_ms       integer CHECK (position_ms >= 0),
    position_block_id uuid,
    position_at       timestamptz,
    position_seq      bigint,
    position_event_id uuid,
    last_event_id     uuid NOT NULL,
    revision          bigint NOT NULL,
    updated_at        timestamptz NOT NULL,
    PRIMARY KEY (user_id, lesson_id),
    CHECK ((state = 'completed') = (completed_at IS NOT NULL))
);
CREATE INDEX lesson_progress_course ON academy.lesson_progress (user_id, course_id);
COMMENT ON TABLE academy.lesson_progress IS 'placement: user. Merged from progress_events.';

-- Per block, because a lesson may hold several videos and quizzes.
CREATE TABLE academy.block_progress (
    user_id     uuid NOT NULL,
    lesson_id   uuid NOT NULL,
    block_id    uuid NOT NULL,
    course_id   uuid NOT NULL,
    watched     int4multirange NOT NULL DEFAULT '{}',
    watched_ms  integer NOT NULL DEFAULT 0 CHECK (watched_ms >= 0),
    duration_ms integer CHECK (duration_ms >= 0),
    submitted   boolean NOT NULL DEFAULT false,
    passed      boolean NOT NULL DEFAULT false,
    revision    bigint NOT NULL,
    updated_at  timestamptz NOT NULL,
    PRIMARY KEY (user_id, lesson_id, block_id)
);
COMMENT ON TABLE academy.block_progress IS 'placement: user. Merged from progress_events.';

CREATE TABLE academy.course_progress (
    user_id           uuid NOT NULL,
    course_id         uuid NOT NULL,
    course_version_id uuid,
    lessons_required  integer NOT NULL DEFAULT 0,
    lessons_completed integer NOT NULL DEFAULT 0,
    completion_ppm    integer NOT NULL DEFAULT 0 CHECK (completion_ppm BETWEEN 0 AND 1000000),
    grade_percent     numeric(9,6) CHECK (grade_percent BETWEEN 0 AND 100),
    passed            boolean NOT NULL DEFAULT false,
    passed_at         timestamptz,
    completed_at      timestamptz,
    last_lesson_id    uuid,
    last_lesson_at    timestamptz,
    last_lesson_seq   bigint,
    last_lesson_event uuid,
    revision          bigint NOT NULL DEFAULT 0,
    updated_at        timestamptz NOT NULL,
    PRIMARY KEY (user_id, course_id),
    CHECK (passed = (passed_at IS NOT NULL))
);
ALTER TABLE academy.course_progress ADD FOREIGN KEY (course_id) REFERENCES public.courses;
COMMENT ON TABLE academy.course_progress IS 'placement: user. Merged from progress_events and graded attempts.';

-- ---------------------------------------------------------------- quiz attempts

-- policy is frozen at the start. finalize_at = deadline_at + grace: after it the sweeper hands the attempt in.
CREATE TABLE public.quiz_attempts (
    user_id       uuid NOT NULL,
    id            uuid NOT NULL,
    quiz_id       uuid NOT NULL,
    course_id     uuid NOT NULL,
    lesson_id     uuid,
    enrollment_id uuid NOT NULL,
    attempt_no    integer NOT NULL CHECK (attempt_no > 0),
    status        text NOT NULL DEFAULT 'in_progress'
                  CHECK (status IN ('in_progress', 'submitted', 'graded', 'needs_review', 'abandoned', 'void')),
    seed          bigint NOT NULL,
    policy        jsonb NOT NULL,
    items_sha256  bytea NOT NULL CHECK (octet_length(items_sha256) = 32),
    started_at    timestamptz NOT NULL,
    deadline_at   timestamptz,
    finalize_at   timestamptz,
    submitted_at  timestamptz,
    submit_reason text CHECK (submit_reason IN ('learner', 'deadline', 'admin')),
    graded_at     timestamptz,
    score_points  numeric(14,4) CHECK (score_points BETWEEN 0 AND max_points),
    max_points    numeric(14,4) NOT NULL CHECK (max_points >= 0),
    passed        boolean,
    row_version   integer NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, id),
    UNIQUE (user_id, quiz_id, attempt_no),
    CHECK (status IN ('in_progress', 'abandoned', 'void') OR submitted_at IS NOT NULL),
    CHECK ((deadline_at IS NULL) = (finalize_at IS NULL))
);
ALTER TABLE public.quiz_attempts ADD FOREIGN KEY (quiz_id) REFERENCES academy.quizzes;
ALTER TABLE public.quiz_attempts ADD FOREIGN KEY (course_id) REFERENCES public.courses;
ALTER TABLE public.quiz_attempts ADD FOREIGN KEY (user_id, enrollment_id) REFERENCES public.enrollments (user_id, id);
-- Sixteen starts at once meet here: one attempt is made, the others read it.
CREATE UNIQUE INDEX quiz_attempts_one_open ON public.quiz_attempts (user_id, quiz_id) WHERE status = 'in_progress';
CREATE INDEX quiz_attempts_course ON public.quiz_attempts (user_id, course_id);
CREATE INDEX quiz_attempts_due ON public.quiz_attempts (finalize_at) WHERE status = 'in_progress';
COMMENT ON TABLE public.quiz_attempts IS 'placement: user. One row per attempt at a quiz.';

CREATE TABLE academy.quiz_attempt_items (
    user_id           uuid NOT NULL,
    attempt_id        uuid NOT NULL,
    slot              smallint NOT NULL CHECK (slot > 0),
    question_id       uuid NOT NULL,
    question_revision integer NOT NULL,
    option_order      smallint[] NOT NULL,
    points_possible   numeric(9,4) NOT NULL CHECK (points_possible >= 0),
    response          jsonb,
    response_seq      bigint NOT NULL DEFAULT 0,
    answered_at       timestamptz,
    points_awarded    numeric(9,4),
    is_correct        boolean,
    PRIMARY KEY (user_id, attempt_id, slot)
);
ALTER TABLE academy.quiz_attempt_items
    ADD FOREIGN KEY (user_id, attempt_id) REFERENCES public.quiz_attempts (user_id, id);
COMMENT ON TABLE academy.quiz_attempt_items IS 'placement: user. The frozen paper and the answer that counts.';

CREATE TABLE academy.quiz_responses (
    user_id     uuid NOT NULL,
    attempt_id  uuid NOT NULL,
    slot        smallint NOT NULL,
    client_seq  bigint NOT NULL CHECK (client_seq > 0),
    response    jsonb,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, attempt_id, slot, client_seq)
);
COMMENT ON TABLE academy.quiz_responses IS 'placement: user. Append-only: every answer as it was saved.';

-- ---------------------------------------------------------------- certificates

-- What is printed is frozen here; a correction is a new row, and the old one is revoked.
CREATE TABLE public.certificates (
    user_id           uuid NOT NULL,
    id                uuid NOT NULL,
    course_id         uuid NOT NULL,
    course_version_id uuid,
    certificate_no    text NOT NULL,
    verification_code text NOT NULL,
    recipient_name    text NOT NULL,
    course_title      text NOT NULL,
    issuer            text NOT NULL,
    grade_percent     numeric(9,6),
    hours             numeric(7,2),
    issued_at         timestamptz NOT NULL,
    expires_at        timestamptz,
    status            text NOT NULL DEFAULT 'issued' CHECK (status IN ('issued', 'revoked', 'expired', 'withdrawn')),
    revoked_at        timestamptz,
    revoke_reason     text,
    pdf_sha256        bytea NOT NULL CHECK (octet_length(pdf_sha256) = 32),
    row_version       integer NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, id)
);
ALTER TABLE public.certificates ADD FOREIGN KEY (course_id) REFERENCES public.courses;
CREATE UNIQUE INDEX certificates_one_live ON public.certificates (user_id, course_id) WHERE status = 'issued';
COMMENT ON TABLE public.certificates IS 'placement: user. Certificates with the facts they print.';

CREATE TABLE academy.certificate_lookup (
    verification_code text PRIMARY KEY,
    certificate_no    text NOT NULL,
    user_id           uuid NOT NULL,
    certificate_id    uuid NOT NULL
);
COMMENT ON TABLE academy.certificate_lookup IS 'placement: key(verification_code). Finds a certificate by its code.';

CREATE TABLE academy.certificate_no_lookup (
    certificate_no    text PRIMARY KEY,
    verification_code text NOT NULL
);
COMMENT ON TABLE academy.certificate_no_lookup IS 'placement: key(certificate_no). Makes printed numbers unique.';

-- ---------------------------------------------------------------- clients read their own rows

ALTER TABLE public.quiz_attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.certificates ENABLE ROW LEVEL SECURITY;

-- An attempt whose score is held back is shown by the API only, which leaves the score out.
CREATE POLICY quiz_attempts_own ON public.quiz_attempts FOR SELECT TO authenticated
    USING (user_id = auth.uid() AND (score_points IS NULL OR policy #>> '{review,score}' = 'after_submit'));
CREATE POLICY certificates_own ON public.certificates FOR SELECT TO authenticated
    USING (user_id = auth.uid());

REVOKE ALL ON public.quiz_attempts, public.certificates FROM PUBLIC, anon, authenticated;
GRANT SELECT ON public.quiz_attempts, public.certificates TO anon, authenticated;
GRANT SELECT, INSERT, UPDATE, DELETE ON public.quiz_attempts, public.certificates TO service_role;

-- ---------------------------------------------------------------- the service's own role

GRANT USAGE ON SCHEMA public, academy TO svc_progress;
GRANT SELECT, INSERT, UPDATE ON public.quiz_attempts, public.certificates, academy.quiz_attempt_items,
    academy.lesson_progress, academy.block_progress, academy.course_progress TO svc_progress;
-- A rebuild replaces rows that no event accounts for.
GRANT DELETE ON academy.lesson_progress, academy.block_progress TO svc_progress;
-- Append-only.
GRANT SELECT, INSERT ON academy.progress_events, academy.quiz_responses, academy.certificate_lookup,
    academy.certificate_no_lookup TO svc_progress;
GRANT EXECUTE ON FUNCTION academy.create_progress_partitions TO svc_progress;
