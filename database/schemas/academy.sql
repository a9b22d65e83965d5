CREATE SCHEMA academy;
CREATE SCHEMA academy_private;
CREATE SCHEMA auth;
CREATE SCHEMA extensions;
CREATE SCHEMA integ;
CREATE SCHEMA media;
CREATE SCHEMA migrations;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA extensions;
COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';
CREATE FUNCTION academy.create_progress_partitions(first_month date, months integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
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
CREATE FUNCTION academy.erase_learning(person uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
    DELETE FROM academy.quiz_responses WHERE user_id = person;
    DELETE FROM academy.quiz_attempt_items WHERE user_id = person;
    DELETE FROM public.quiz_attempts WHERE user_id = person;
    DELETE FROM academy.progress_events WHERE user_id = person;
    DELETE FROM academy.lesson_progress WHERE user_id = person;
    DELETE FROM academy.block_progress WHERE user_id = person;
    DELETE FROM academy.course_progress WHERE user_id = person;
END
$$;
CREATE FUNCTION academy.uuid_v7_floor(moment timestamp with time zone) RETURNS uuid
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid
$$;
CREATE FUNCTION auth.email() RETURNS text
    LANGUAGE sql STABLE
    AS $$ SELECT nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email' $$;
CREATE FUNCTION auth.jwt() RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$ SELECT nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;
CREATE FUNCTION auth.role() RETURNS text
    LANGUAGE sql STABLE
    AS $$ SELECT nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role' $$;
CREATE FUNCTION auth.uid() RETURNS uuid
    LANGUAGE sql STABLE
    AS $$ SELECT (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;
CREATE PROCEDURE integ.create_role(IN role_name text, IN attributes text)
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('CREATE ROLE %I %s', role_name, attributes);
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END
$$;
CREATE PROCEDURE integ.create_service_role(IN role_name text, IN login_role text)
    LANGUAGE plpgsql
    AS $$
BEGIN
    CALL integ.create_role(role_name, 'NOLOGIN BYPASSRLS');
    CALL integ.grant_role('integ_member', role_name);
    CALL integ.grant_role(role_name, login_role);
END
$$;
CREATE PROCEDURE integ.grant_role(IN role_name text, IN member_name text)
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('GRANT %I TO %I', role_name, member_name);
EXCEPTION WHEN unique_violation OR internal_error THEN
    NULL;  -- internal_error: "tuple concurrently updated", the other migration granted the same thing
END
$$;
CREATE TABLE academy.block_progress (
    user_id uuid NOT NULL,
    lesson_id uuid NOT NULL,
    block_id uuid NOT NULL,
    course_id uuid NOT NULL,
    watched int4multirange DEFAULT '{}'::int4multirange NOT NULL,
    watched_ms integer DEFAULT 0 NOT NULL,
    duration_ms integer,
    submitted boolean DEFAULT false NOT NULL,
    passed boolean DEFAULT false NOT NULL,
    revision bigint NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT block_progress_duration_ms_check CHECK ((duration_ms >= 0)),
    CONSTRAINT block_progress_watched_ms_check CHECK ((watched_ms >= 0))
);
COMMENT ON TABLE academy.block_progress IS 'placement: user. Merged from progress_events.';
CREATE TABLE academy.certificate_lookup (
    verification_code text NOT NULL,
    certificate_no text NOT NULL,
    user_id uuid NOT NULL,
    certificate_id uuid NOT NULL
);
COMMENT ON TABLE academy.certificate_lookup IS 'placement: key(verification_code). Finds a certificate by its code.';
CREATE TABLE academy.certificate_no_lookup (
    certificate_no text NOT NULL,
    verification_code text NOT NULL
);
COMMENT ON TABLE academy.certificate_no_lookup IS 'placement: key(certificate_no). Makes printed numbers unique.';
CREATE TABLE academy.course_prices (
    id uuid NOT NULL,
    course_id uuid NOT NULL,
    currency character(3) NOT NULL,
    amount_minor bigint NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    valid_to timestamp with time zone,
    CONSTRAINT course_prices_amount_minor_check CHECK ((amount_minor >= 0)),
    CONSTRAINT course_prices_check CHECK ((valid_to > valid_from))
);
COMMENT ON TABLE academy.course_prices IS 'placement: reference. Prices by currency and time.';
CREATE TABLE academy.quizzes (
    id uuid NOT NULL,
    course_id uuid NOT NULL,
    lesson_id uuid,
    title text DEFAULT ''::text NOT NULL,
    mode text DEFAULT 'inline'::text NOT NULL,
    grade_category_id uuid,
    time_limit_seconds integer,
    max_attempts integer DEFAULT 0 NOT NULL,
    attempt_policy text DEFAULT 'highest'::text NOT NULL,
    retry_delay_seconds integer DEFAULT 0 NOT NULL,
    opens_at timestamp with time zone,
    closes_at timestamp with time zone,
    close_policy text DEFAULT 'hard_close'::text NOT NULL,
    grace_seconds integer DEFAULT 5 NOT NULL,
    shuffle_questions boolean DEFAULT false NOT NULL,
    shuffle_options boolean DEFAULT false NOT NULL,
    draw_count integer,
    pass_percent numeric(6,3) DEFAULT 0 NOT NULL,
    review_policy jsonb DEFAULT '{"key": "after_last_attempt_or_close", "score": "after_submit", "correctness": "after_submit", "explanation": "after_submit"}'::jsonb NOT NULL,
    weight numeric(9,4) DEFAULT 1 NOT NULL,
    status text DEFAULT 'draft'::text NOT NULL,
    import_key text,
    row_version integer DEFAULT 1 NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT quizzes_attempt_policy_check CHECK ((attempt_policy = ANY (ARRAY['highest'::text, 'latest'::text, 'first'::text, 'average'::text]))),
    CONSTRAINT quizzes_close_policy_check CHECK ((close_policy = ANY (ARRAY['hard_close'::text, 'start_window'::text]))),
    CONSTRAINT quizzes_draw_count_check CHECK ((draw_count > 0)),
    CONSTRAINT quizzes_grace_seconds_check CHECK (((grace_seconds >= 0) AND (grace_seconds <= 120))),
    CONSTRAINT quizzes_max_attempts_check CHECK ((max_attempts >= 0)),
    CONSTRAINT quizzes_mode_check CHECK ((mode = ANY (ARRAY['inline'::text, 'graded'::text, 'survey'::text]))),
    CONSTRAINT quizzes_pass_percent_check CHECK (((pass_percent >= (0)::numeric) AND (pass_percent <= (100)::numeric))),
    CONSTRAINT quizzes_retry_delay_seconds_check CHECK ((retry_delay_seconds >= 0)),
    CONSTRAINT quizzes_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'published'::text]))),
    CONSTRAINT quizzes_time_limit_seconds_check CHECK ((time_limit_seconds > 0)),
    CONSTRAINT quizzes_weight_check CHECK ((weight >= (0)::numeric))
);
COMMENT ON TABLE academy.quizzes IS 'placement: reference. Rules of a quiz.';
CREATE TABLE media.assets (
    id uuid NOT NULL,
    kind text NOT NULL,
    storage_key text NOT NULL,
    file_name text NOT NULL,
    content_type text NOT NULL,
    bytes bigint NOT NULL,
    sha256 bytea NOT NULL,
    duration_ms integer,
    width integer,
    height integer,
    is_public boolean DEFAULT false NOT NULL,
    status text DEFAULT 'ready'::text NOT NULL,
    import_key text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT assets_bytes_check CHECK ((bytes >= 0)),
    CONSTRAINT assets_duration_ms_check CHECK ((duration_ms >= 0)),
    CONSTRAINT assets_height_check CHECK ((height > 0)),
    CONSTRAINT assets_kind_check CHECK ((kind = ANY (ARRAY['image'::text, 'video'::text, 'audio'::text, 'document'::text, 'caption'::text, 'archive'::text]))),
    CONSTRAINT assets_sha256_check CHECK ((octet_length(sha256) = 32)),
    CONSTRAINT assets_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'scanning'::text, 'ready'::text, 'rejected'::text]))),
    CONSTRAINT assets_width_check CHECK ((width > 0))
);
COMMENT ON TABLE media.assets IS 'placement: reference. Files in the object store that course content refers to.';
CREATE TABLE public.courses (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    slug text NOT NULL,
    title text NOT NULL,
    subtitle text,
    description_html text DEFAULT ''::text NOT NULL,
    outcomes jsonb DEFAULT '[]'::jsonb NOT NULL,
    language text DEFAULT 'en'::text NOT NULL,
    level text DEFAULT 'all'::text NOT NULL,
    status text DEFAULT 'draft'::text NOT NULL,
    visibility text DEFAULT 'public'::text NOT NULL,
    enrollment_mode text DEFAULT 'open'::text NOT NULL,
    enroll_opens_at timestamp with time zone,
    enroll_closes_at timestamp with time zone,
    access_days integer,
    pass_percent numeric(6,3) DEFAULT 60 NOT NULL,
    certificate_rule text DEFAULT 'completed_and_passed'::text NOT NULL,
    duration_seconds integer DEFAULT 0 NOT NULL,
    thumbnail_asset_id uuid,
    published_version_id uuid,
    import_source text,
    import_key text,
    row_version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT courses_access_days_check CHECK ((access_days > 0)),
    CONSTRAINT courses_certificate_rule_check CHECK ((certificate_rule = ANY (ARRAY['none'::text, 'completed'::text, 'passed'::text, 'completed_and_passed'::text]))),
    CONSTRAINT courses_check CHECK ((enroll_closes_at > enroll_opens_at)),
    CONSTRAINT courses_duration_seconds_check CHECK ((duration_seconds >= 0)),
    CONSTRAINT courses_enrollment_mode_check CHECK ((enrollment_mode = ANY (ARRAY['open'::text, 'paid'::text, 'invite'::text, 'closed'::text]))),
    CONSTRAINT courses_level_check CHECK ((level = ANY (ARRAY['beginner'::text, 'intermediate'::text, 'advanced'::text, 'all'::text]))),
    CONSTRAINT courses_outcomes_check CHECK ((jsonb_typeof(outcomes) = 'array'::text)),
    CONSTRAINT courses_pass_percent_check CHECK (((pass_percent >= (0)::numeric) AND (pass_percent <= (100)::numeric))),
    CONSTRAINT courses_slug_check CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
    CONSTRAINT courses_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'in_review'::text, 'published'::text, 'archived'::text]))),
    CONSTRAINT courses_title_check CHECK ((title <> ''::text)),
    CONSTRAINT courses_visibility_check CHECK ((visibility = ANY (ARRAY['public'::text, 'unlisted'::text, 'private'::text])))
);
COMMENT ON TABLE public.courses IS 'placement: reference. The catalogue; no counters here, a write costs every node.';
CREATE TABLE public.lessons (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    course_id uuid NOT NULL,
    module_id uuid NOT NULL,
    sort_key text NOT NULL COLLATE pg_catalog."C",
    slug text NOT NULL,
    title text NOT NULL,
    kind text DEFAULT 'mixed'::text NOT NULL,
    is_preview boolean DEFAULT false NOT NULL,
    required boolean DEFAULT true NOT NULL,
    completion_rule text DEFAULT 'view'::text NOT NULL,
    completion_threshold_ppm integer DEFAULT 1000000 NOT NULL,
    est_seconds integer DEFAULT 0 NOT NULL,
    status text DEFAULT 'draft'::text NOT NULL,
    course_is_public boolean DEFAULT false NOT NULL,
    import_key text,
    row_version integer DEFAULT 1 NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT lessons_completion_rule_check CHECK ((completion_rule = ANY (ARRAY['view'::text, 'video_percent'::text, 'quiz_pass'::text, 'submit'::text, 'manual'::text, 'all_blocks'::text]))),
    CONSTRAINT lessons_completion_threshold_ppm_check CHECK (((completion_threshold_ppm >= 0) AND (completion_threshold_ppm <= 1000000))),
    CONSTRAINT lessons_est_seconds_check CHECK ((est_seconds >= 0)),
    CONSTRAINT lessons_kind_check CHECK ((kind = ANY (ARRAY['article'::text, 'video'::text, 'quiz'::text, 'assignment'::text, 'live'::text, 'external'::text, 'mixed'::text]))),
    CONSTRAINT lessons_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'published'::text])))
);
COMMENT ON TABLE public.lessons IS 'placement: reference. Lessons of a module, in sort_key order.';
CREATE VIEW academy.course_cards AS
 SELECT c.id,
    c.slug,
    c.title,
    c.subtitle,
    c.language,
    c.level,
    c.duration_seconds,
    c.enrollment_mode,
    c.visibility,
    c.created_at,
    c.updated_at,
    thumbnail.storage_key AS thumbnail_key,
    thumbnail.file_name AS thumbnail_name,
    price.amount_minor,
    price.currency,
    (( SELECT count(*) AS count
           FROM public.lessons l
          WHERE ((l.course_id = c.id) AND (l.status = 'published'::text) AND (l.deleted_at IS NULL))))::integer AS lesson_count,
    (( SELECT count(*) AS count
           FROM academy.quizzes q
          WHERE ((q.course_id = c.id) AND (q.status = 'published'::text) AND (q.deleted_at IS NULL))))::integer AS quiz_count
   FROM ((public.courses c
     LEFT JOIN media.assets thumbnail ON (((thumbnail.id = c.thumbnail_asset_id) AND thumbnail.is_public)))
     LEFT JOIN LATERAL ( SELECT p.amount_minor,
            p.currency
           FROM academy.course_prices p
          WHERE ((p.course_id = c.id) AND (p.valid_from <= now()) AND ((p.valid_to IS NULL) OR (p.valid_to > now())))
          ORDER BY p.valid_from DESC
         LIMIT 1) price ON (true))
  WHERE ((c.status = 'published'::text) AND (c.deleted_at IS NULL));
CREATE TABLE academy.course_progress (
    user_id uuid NOT NULL,
    course_id uuid NOT NULL,
    course_version_id uuid,
    lessons_required integer DEFAULT 0 NOT NULL,
    lessons_completed integer DEFAULT 0 NOT NULL,
    completion_ppm integer DEFAULT 0 NOT NULL,
    grade_percent numeric(9,6),
    passed boolean DEFAULT false NOT NULL,
    passed_at timestamp with time zone,
    completed_at timestamp with time zone,
    last_lesson_id uuid,
    last_lesson_at timestamp with time zone,
    last_lesson_seq bigint,
    last_lesson_event uuid,
    revision bigint DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT course_progress_check CHECK ((passed = (passed_at IS NOT NULL))),
    CONSTRAINT course_progress_completion_ppm_check CHECK (((completion_ppm >= 0) AND (completion_ppm <= 1000000))),
    CONSTRAINT course_progress_grade_percent_check CHECK (((grade_percent >= (0)::numeric) AND (grade_percent <= (100)::numeric)))
);
COMMENT ON TABLE academy.course_progress IS 'placement: user. Merged from progress_events and graded attempts.';
CREATE TABLE academy.course_search (
    course_id uuid NOT NULL,
    config regconfig NOT NULL,
    title text NOT NULL,
    summary text NOT NULL,
    body text NOT NULL,
    document tsvector GENERATED ALWAYS AS (((setweight(to_tsvector(config, title), 'A'::"char") || setweight(to_tsvector(config, summary), 'B'::"char")) || setweight(to_tsvector(config, body), 'C'::"char"))) STORED NOT NULL
);
COMMENT ON TABLE academy.course_search IS 'placement: reference. The searchable text of published courses.';
CREATE TABLE academy.course_staff (
    course_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    CONSTRAINT course_staff_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'instructor'::text, 'assistant'::text, 'reviewer'::text])))
);
COMMENT ON TABLE academy.course_staff IS 'placement: reference. Who may edit a course.';
CREATE TABLE academy.course_versions (
    id uuid NOT NULL,
    course_id uuid NOT NULL,
    version_no integer NOT NULL,
    manifest jsonb NOT NULL,
    manifest_sha256 bytea NOT NULL,
    change_note text DEFAULT ''::text NOT NULL,
    published_by uuid,
    published_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT course_versions_manifest_sha256_check CHECK ((octet_length(manifest_sha256) = 32)),
    CONSTRAINT course_versions_version_no_check CHECK ((version_no > 0))
);
COMMENT ON TABLE academy.course_versions IS 'placement: reference. What was published, frozen.';
CREATE TABLE academy.currencies (
    code character(3) NOT NULL,
    exponent smallint NOT NULL,
    CONSTRAINT currencies_exponent_check CHECK (((exponent >= 0) AND (exponent <= 4)))
);
COMMENT ON TABLE academy.currencies IS 'placement: reference. ISO 4217 codes and how many digits follow the point.';
CREATE TABLE academy.grade_categories (
    id uuid NOT NULL,
    course_id uuid NOT NULL,
    name text NOT NULL,
    weight numeric(7,6) NOT NULL,
    drop_lowest integer DEFAULT 0 NOT NULL,
    min_count integer DEFAULT 0 NOT NULL,
    CONSTRAINT grade_categories_drop_lowest_check CHECK ((drop_lowest >= 0)),
    CONSTRAINT grade_categories_min_count_check CHECK ((min_count >= 0)),
    CONSTRAINT grade_categories_weight_check CHECK (((weight >= (0)::numeric) AND (weight <= (1)::numeric)))
);
COMMENT ON TABLE academy.grade_categories IS 'placement: reference. Weights of the final grade.';
CREATE TABLE academy.imports (
    id uuid NOT NULL,
    requested_by uuid,
    file_name text NOT NULL,
    archive_bytes bigint NOT NULL,
    status text DEFAULT 'queued'::text NOT NULL,
    stage text DEFAULT 'queued'::text NOT NULL,
    percent integer DEFAULT 0 NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    course_id uuid,
    report jsonb,
    error jsonb,
    created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    updated_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT imports_archive_bytes_check CHECK ((archive_bytes >= 0)),
    CONSTRAINT imports_check CHECK (((status = 'done'::text) = (report IS NOT NULL))),
    CONSTRAINT imports_check1 CHECK (((status = 'failed'::text) = (error IS NOT NULL))),
    CONSTRAINT imports_check2 CHECK (((status = ANY (ARRAY['done'::text, 'failed'::text])) = (finished_at IS NOT NULL))),
    CONSTRAINT imports_percent_check CHECK (((percent >= 0) AND (percent <= 100))),
    CONSTRAINT imports_stage_check CHECK ((stage = ANY (ARRAY['queued'::text, 'unpack'::text, 'read'::text, 'save'::text, 'done'::text]))),
    CONSTRAINT imports_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text])))
);
COMMENT ON TABLE academy.imports IS 'placement: local. Work list of the importer with its reports; read by administrators only.';
CREATE TABLE academy.learners (
    user_id uuid NOT NULL,
    display_name text,
    locale text DEFAULT 'en'::text NOT NULL,
    timezone text DEFAULT 'UTC'::text NOT NULL,
    extra_time_percent smallint DEFAULT 0 NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    version bigint DEFAULT 0 NOT NULL,
    synced_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT learners_extra_time_percent_check CHECK (((extra_time_percent >= 0) AND (extra_time_percent <= 300))),
    CONSTRAINT learners_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'erased'::text])))
);
COMMENT ON TABLE academy.learners IS 'placement: user. Mirror of the account on the site.';
CREATE TABLE academy.lesson_blocks (
    id uuid NOT NULL,
    course_id uuid NOT NULL,
    lesson_id uuid NOT NULL,
    parent_block_id uuid,
    sort_key text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL,
    variant_key text,
    content jsonb DEFAULT '{}'::jsonb NOT NULL,
    content_html text,
    asset_id uuid,
    quiz_id uuid,
    source_type text,
    import_key text,
    row_version integer DEFAULT 1 NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT lesson_blocks_check CHECK (((kind = 'quiz'::text) = (quiz_id IS NOT NULL))),
    CONSTRAINT lesson_blocks_kind_check CHECK ((kind = ANY (ARRAY['html'::text, 'video'::text, 'audio'::text, 'file'::text, 'image'::text, 'quiz'::text, 'assignment'::text, 'discussion'::text, 'poll'::text, 'survey'::text, 'embed'::text, 'external'::text, 'variants'::text, 'unsupported'::text])))
);
COMMENT ON TABLE academy.lesson_blocks IS 'placement: reference. The content of a lesson.';
CREATE TABLE academy.lesson_progress (
    user_id uuid NOT NULL,
    lesson_id uuid NOT NULL,
    course_id uuid NOT NULL,
    state text DEFAULT 'started'::text NOT NULL,
    completion_ppm integer DEFAULT 0 NOT NULL,
    completed_at timestamp with time zone,
    position_ms integer,
    position_block_id uuid,
    position_at timestamp with time zone,
    position_seq bigint,
    position_event_id uuid,
    last_event_id uuid NOT NULL,
    revision bigint NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT lesson_progress_check CHECK (((state = 'completed'::text) = (completed_at IS NOT NULL))),
    CONSTRAINT lesson_progress_completion_ppm_check CHECK (((completion_ppm >= 0) AND (completion_ppm <= 1000000))),
    CONSTRAINT lesson_progress_position_ms_check CHECK ((position_ms >= 0)),
    CONSTRAINT lesson_progress_state_check CHECK ((state = ANY (ARRAY['started'::text, 'completed'::text])))
);
COMMENT ON TABLE academy.lesson_progress IS 'placement: user. Merged from progress_events.';
CREATE TABLE academy.progress_events (
    user_id uuid NOT NULL,
    event_id uuid NOT NULL,
    course_id uuid NOT NULL,
    lesson_id uuid,
    block_id uuid,
    verb text NOT NULL,
    data jsonb DEFAULT '{}'::jsonb NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    device_id uuid,
    client_seq bigint DEFAULT 0 NOT NULL,
    completion_ppm integer DEFAULT 0 NOT NULL,
    completes boolean DEFAULT false NOT NULL,
    client_event_id uuid,
    CONSTRAINT progress_events_completion_ppm_check CHECK (((completion_ppm >= 0) AND (completion_ppm <= 1000000)))
)
PARTITION BY RANGE (event_id);
COMMENT ON TABLE academy.progress_events IS 'placement: user. Append-only log of what learners did.';
CREATE TABLE academy.progress_events_default (
    user_id uuid NOT NULL,
    event_id uuid NOT NULL,
    course_id uuid NOT NULL,
    lesson_id uuid,
    block_id uuid,
    verb text NOT NULL,
    data jsonb DEFAULT '{}'::jsonb NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    device_id uuid,
    client_seq bigint DEFAULT 0 NOT NULL,
    completion_ppm integer DEFAULT 0 NOT NULL,
    completes boolean DEFAULT false NOT NULL,
    client_event_id uuid,
    CONSTRAINT progress_events_completion_ppm_check CHECK (((completion_ppm >= 0) AND (completion_ppm <= 1000000)))
);
COMMENT ON TABLE academy.progress_events_default IS 'placement: user. Events outside every month that has a partition.';
CREATE TABLE academy.quiz_attempt_items (
    user_id uuid NOT NULL,
    attempt_id uuid NOT NULL,
    slot smallint NOT NULL,
    question_id uuid NOT NULL,
    question_revision integer NOT NULL,
    option_order smallint[] NOT NULL,
    points_possible numeric(9,4) NOT NULL,
    response jsonb,
    response_seq bigint DEFAULT 0 NOT NULL,
    answered_at timestamp with time zone,
    points_awarded numeric(9,4),
    is_correct boolean,
    CONSTRAINT quiz_attempt_items_points_possible_check CHECK ((points_possible >= (0)::numeric)),
    CONSTRAINT quiz_attempt_items_slot_check CHECK ((slot > 0))
);
COMMENT ON TABLE academy.quiz_attempt_items IS 'placement: user. The frozen paper and the answer that counts.';
CREATE TABLE academy.quiz_question_revisions (
    question_id uuid NOT NULL,
    revision integer NOT NULL,
    type text NOT NULL,
    prompt_html text NOT NULL,
    options jsonb NOT NULL,
    points numeric(9,4) NOT NULL,
    partial_credit text NOT NULL,
    negative_points numeric(9,4) NOT NULL,
    hints jsonb NOT NULL,
    content_sha256 bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT quiz_question_revisions_content_sha256_check CHECK ((octet_length(content_sha256) = 32)),
    CONSTRAINT quiz_question_revisions_revision_check CHECK ((revision > 0))
);
COMMENT ON TABLE academy.quiz_question_revisions IS 'placement: reference. The words of a question at each revision.';
CREATE TABLE academy.quiz_responses (
    user_id uuid NOT NULL,
    attempt_id uuid NOT NULL,
    slot smallint NOT NULL,
    client_seq bigint NOT NULL,
    response jsonb,
    received_at timestamp with time zone NOT NULL,
    CONSTRAINT quiz_responses_client_seq_check CHECK ((client_seq > 0))
);
COMMENT ON TABLE academy.quiz_responses IS 'placement: user. Append-only: every answer as it was saved.';
CREATE TABLE academy_private.quiz_question_keys (
    question_id uuid NOT NULL,
    revision integer NOT NULL,
    answer_key jsonb NOT NULL,
    feedback jsonb DEFAULT '{}'::jsonb NOT NULL,
    explanation_html text,
    key_sha256 bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT quiz_question_keys_key_sha256_check CHECK ((octet_length(key_sha256) = 32))
);
COMMENT ON TABLE academy_private.quiz_question_keys IS 'placement: reference. What is right; for svc_grader alone.';
CREATE TABLE integ.dead_jobs (
    id uuid NOT NULL,
    queue text NOT NULL,
    payload jsonb NOT NULL,
    attempts integer NOT NULL,
    error text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    parked_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE integ.dead_jobs IS 'placement: local. Jobs that failed too often.';
CREATE TABLE integ.dead_letters (
    consumer text NOT NULL,
    event_id uuid NOT NULL,
    topic text NOT NULL,
    subject text NOT NULL,
    payload jsonb NOT NULL,
    attempts integer NOT NULL,
    error text NOT NULL,
    parked_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE integ.dead_letters IS 'placement: local. Events a consumer failed on too often.';
CREATE TABLE integ.deliveries (
    consumer text NOT NULL,
    outbox_id bigint NOT NULL,
    subject text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_at timestamp with time zone DEFAULT now() NOT NULL,
    last_error text
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0.02');
COMMENT ON TABLE integ.deliveries IS 'placement: local. Events still owed to a consumer.';
CREATE TABLE integ.inbox (
    consumer text NOT NULL,
    event_id uuid NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE integ.inbox IS 'placement: local. What a consumer has already acted on; makes effects exactly once.';
CREATE TABLE integ.jobs (
    id uuid NOT NULL,
    queue text NOT NULL,
    payload jsonb NOT NULL,
    run_at timestamp with time zone DEFAULT now() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    dedupe_key text,
    last_error text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    trace text,
    CONSTRAINT jobs_trace_check CHECK ((length(trace) <= 512))
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0.02');
COMMENT ON TABLE integ.jobs IS 'placement: local. Work to be done; a finished job is deleted.';
CREATE TABLE integ.outbox (
    id bigint NOT NULL,
    event_id uuid NOT NULL,
    topic text NOT NULL,
    subject text DEFAULT ''::text NOT NULL,
    payload jsonb NOT NULL,
    origin text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    relayed_at timestamp with time zone,
    trace text,
    CONSTRAINT outbox_topic_check CHECK ((topic ~ '^[a-z0-9_]+([.][a-z0-9_]+)*$'::text)),
    CONSTRAINT outbox_trace_check CHECK ((length(trace) <= 512))
)
WITH (fillfactor='80', autovacuum_vacuum_scale_factor='0.02');
COMMENT ON TABLE integ.outbox IS 'placement: local. Facts to be told; origin names the peer an event came from.';
ALTER TABLE integ.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME integ.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE integ.schedules (
    name text NOT NULL,
    next_run_at timestamp with time zone DEFAULT now() NOT NULL,
    lease_until timestamp with time zone,
    run_id uuid,
    last_run_at timestamp with time zone,
    last_error text
);
COMMENT ON TABLE integ.schedules IS 'placement: local. Periodic work; the row lease makes one process its runner.';
CREATE TABLE integ.subscriptions (
    consumer text NOT NULL,
    topic text NOT NULL
);
COMMENT ON TABLE integ.subscriptions IS 'placement: local. Consumers of this database''s events.';
CREATE TABLE integ.webhook_deliveries (
    endpoint_id uuid NOT NULL,
    outbox_id bigint NOT NULL,
    subject text NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_at timestamp with time zone DEFAULT now() NOT NULL,
    last_status integer,
    last_error text,
    delivered_at timestamp with time zone,
    CONSTRAINT webhook_deliveries_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'delivered'::text, 'dead'::text])))
);
COMMENT ON TABLE integ.webhook_deliveries IS 'placement: local. One event for one endpoint, and how its sending went.';
CREATE TABLE integ.webhook_endpoints (
    id uuid NOT NULL,
    name text NOT NULL,
    url text NOT NULL,
    secrets text[] NOT NULL,
    topics text[] NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    disabled_reason text,
    failing_since timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT webhook_endpoints_secrets_check CHECK (((cardinality(secrets) >= 1) AND (cardinality(secrets) <= 2))),
    CONSTRAINT webhook_endpoints_status_check CHECK ((status = ANY (ARRAY['active'::text, 'disabled'::text])))
);
COMMENT ON TABLE integ.webhook_endpoints IS 'placement: local. Who is told by HTTP; two secrets while one is rotated.';
CREATE TABLE media.captions (
    asset_id uuid NOT NULL,
    language text NOT NULL,
    kind text DEFAULT 'captions'::text NOT NULL,
    label text DEFAULT ''::text NOT NULL,
    track_asset_id uuid NOT NULL,
    origin text NOT NULL,
    reviewed_at timestamp with time zone,
    CONSTRAINT captions_kind_check CHECK ((kind = ANY (ARRAY['captions'::text, 'subtitles'::text, 'descriptions'::text, 'chapters'::text]))),
    CONSTRAINT captions_origin_check CHECK ((origin = ANY (ARRAY['human'::text, 'imported'::text, 'machine'::text])))
);
COMMENT ON TABLE media.captions IS 'placement: reference. Text tracks of videos and recordings.';
CREATE TABLE migrations.applied (
    set text NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    duration_ms integer NOT NULL
);
COMMENT ON TABLE migrations.applied IS 'placement: local. Migrations this database has had.';
CREATE TABLE public.certificates (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    course_id uuid NOT NULL,
    course_version_id uuid,
    certificate_no text NOT NULL,
    verification_code text NOT NULL,
    recipient_name text NOT NULL,
    course_title text NOT NULL,
    issuer text NOT NULL,
    grade_percent numeric(9,6),
    hours numeric(7,2),
    issued_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    status text DEFAULT 'issued'::text NOT NULL,
    revoked_at timestamp with time zone,
    revoke_reason text,
    pdf_sha256 bytea NOT NULL,
    row_version integer DEFAULT 1 NOT NULL,
    CONSTRAINT certificates_pdf_sha256_check CHECK ((octet_length(pdf_sha256) = 32)),
    CONSTRAINT certificates_status_check CHECK ((status = ANY (ARRAY['issued'::text, 'revoked'::text, 'expired'::text, 'withdrawn'::text])))
);
COMMENT ON TABLE public.certificates IS 'placement: user. Certificates with the facts they print.';
CREATE TABLE public.enrollments (
    user_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    course_id uuid NOT NULL,
    course_version_id uuid,
    status text DEFAULT 'active'::text NOT NULL,
    source text DEFAULT 'free'::text NOT NULL,
    enrolled_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone,
    completed_at timestamp with time zone,
    completed_version_id uuid,
    row_version integer DEFAULT 1 NOT NULL,
    CONSTRAINT enrollments_source_check CHECK ((source = ANY (ARRAY['free'::text, 'purchase'::text, 'coupon'::text, 'invite'::text, 'admin'::text, 'import'::text]))),
    CONSTRAINT enrollments_status_check CHECK ((status = ANY (ARRAY['pending_payment'::text, 'active'::text, 'expired'::text, 'refunded'::text, 'revoked'::text, 'withdrawn'::text])))
);
COMMENT ON TABLE public.enrollments IS 'placement: user. One row per person and course.';
CREATE TABLE public.modules (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    course_id uuid NOT NULL,
    parent_module_id uuid,
    sort_key text NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL,
    grade_category_id uuid,
    due_at timestamp with time zone,
    status text DEFAULT 'draft'::text NOT NULL,
    course_is_public boolean DEFAULT false NOT NULL,
    import_key text,
    row_version integer DEFAULT 1 NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT modules_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'published'::text])))
);
COMMENT ON TABLE public.modules IS 'placement: reference. Chapters and their sections.';
CREATE TABLE public.quiz_attempts (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    quiz_id uuid NOT NULL,
    course_id uuid NOT NULL,
    lesson_id uuid,
    enrollment_id uuid NOT NULL,
    attempt_no integer NOT NULL,
    status text DEFAULT 'in_progress'::text NOT NULL,
    seed bigint NOT NULL,
    policy jsonb NOT NULL,
    items_sha256 bytea NOT NULL,
    started_at timestamp with time zone NOT NULL,
    deadline_at timestamp with time zone,
    finalize_at timestamp with time zone,
    submitted_at timestamp with time zone,
    submit_reason text,
    graded_at timestamp with time zone,
    score_points numeric(14,4),
    max_points numeric(14,4) NOT NULL,
    passed boolean,
    row_version integer DEFAULT 1 NOT NULL,
    CONSTRAINT quiz_attempts_attempt_no_check CHECK ((attempt_no > 0)),
    CONSTRAINT quiz_attempts_check CHECK (((score_points >= (0)::numeric) AND (score_points <= max_points))),
    CONSTRAINT quiz_attempts_check1 CHECK (((status = ANY (ARRAY['in_progress'::text, 'abandoned'::text, 'void'::text])) OR (submitted_at IS NOT NULL))),
    CONSTRAINT quiz_attempts_check2 CHECK (((deadline_at IS NULL) = (finalize_at IS NULL))),
    CONSTRAINT quiz_attempts_items_sha256_check CHECK ((octet_length(items_sha256) = 32)),
    CONSTRAINT quiz_attempts_max_points_check CHECK ((max_points >= (0)::numeric)),
    CONSTRAINT quiz_attempts_status_check CHECK ((status = ANY (ARRAY['in_progress'::text, 'submitted'::text, 'graded'::text, 'needs_review'::text, 'abandoned'::text, 'void'::text]))),
    CONSTRAINT quiz_attempts_submit_reason_check CHECK ((submit_reason = ANY (ARRAY['learner'::text, 'deadline'::text, 'admin'::text])))
);
COMMENT ON TABLE public.quiz_attempts IS 'placement: user. One row per attempt at a quiz.';
CREATE TABLE public.quiz_questions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    quiz_id uuid NOT NULL,
    sort_key text NOT NULL COLLATE pg_catalog."C",
    pool_key text,
    type text NOT NULL,
    prompt_html text NOT NULL,
    options jsonb DEFAULT '[]'::jsonb NOT NULL,
    points numeric(9,4) DEFAULT 1 NOT NULL,
    partial_credit text DEFAULT 'none'::text NOT NULL,
    negative_points numeric(9,4) DEFAULT 0 NOT NULL,
    hints jsonb DEFAULT '[]'::jsonb NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    import_key text,
    row_version integer DEFAULT 1 NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT quiz_questions_hints_check CHECK ((jsonb_typeof(hints) = 'array'::text)),
    CONSTRAINT quiz_questions_negative_points_check CHECK ((negative_points >= (0)::numeric)),
    CONSTRAINT quiz_questions_options_check CHECK ((jsonb_typeof(options) = 'array'::text)),
    CONSTRAINT quiz_questions_partial_credit_check CHECK ((partial_credit = ANY (ARRAY['none'::text, 'proportional'::text, 'right_minus_wrong'::text]))),
    CONSTRAINT quiz_questions_points_check CHECK ((points >= (0)::numeric)),
    CONSTRAINT quiz_questions_revision_check CHECK ((revision > 0)),
    CONSTRAINT quiz_questions_type_check CHECK ((type = ANY (ARRAY['single_choice'::text, 'multiple_choice'::text, 'true_false'::text, 'dropdown'::text, 'numeric'::text, 'short_text'::text, 'matching'::text, 'ordering'::text, 'cloze'::text, 'essay'::text, 'file'::text, 'hotspot'::text, 'unsupported'::text])))
);
COMMENT ON TABLE public.quiz_questions IS 'placement: reference. Questions without what is right.';
ALTER TABLE ONLY academy.progress_events ATTACH PARTITION academy.progress_events_default DEFAULT;
ALTER TABLE ONLY academy.block_progress
    ADD CONSTRAINT block_progress_pkey PRIMARY KEY (user_id, lesson_id, block_id);
ALTER TABLE ONLY academy.certificate_lookup
    ADD CONSTRAINT certificate_lookup_pkey PRIMARY KEY (verification_code);
ALTER TABLE ONLY academy.certificate_no_lookup
    ADD CONSTRAINT certificate_no_lookup_pkey PRIMARY KEY (certificate_no);
ALTER TABLE ONLY academy.course_prices
    ADD CONSTRAINT course_prices_pkey PRIMARY KEY (id);
ALTER TABLE ONLY academy.course_progress
    ADD CONSTRAINT course_progress_pkey PRIMARY KEY (user_id, course_id);
ALTER TABLE ONLY academy.course_search
    ADD CONSTRAINT course_search_pkey PRIMARY KEY (course_id);
ALTER TABLE ONLY academy.course_staff
    ADD CONSTRAINT course_staff_pkey PRIMARY KEY (course_id, user_id);
ALTER TABLE ONLY academy.course_versions
    ADD CONSTRAINT course_versions_course_id_version_no_key UNIQUE (course_id, version_no);
ALTER TABLE ONLY academy.course_versions
    ADD CONSTRAINT course_versions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY academy.currencies
    ADD CONSTRAINT currencies_pkey PRIMARY KEY (code);
ALTER TABLE ONLY academy.grade_categories
    ADD CONSTRAINT grade_categories_course_id_name_key UNIQUE (course_id, name);
ALTER TABLE ONLY academy.grade_categories
    ADD CONSTRAINT grade_categories_pkey PRIMARY KEY (id);
ALTER TABLE ONLY academy.imports
    ADD CONSTRAINT imports_pkey PRIMARY KEY (id);
ALTER TABLE ONLY academy.learners
    ADD CONSTRAINT learners_pkey PRIMARY KEY (user_id);
ALTER TABLE ONLY academy.lesson_blocks
    ADD CONSTRAINT lesson_blocks_pkey PRIMARY KEY (id);
ALTER TABLE ONLY academy.lesson_progress
    ADD CONSTRAINT lesson_progress_pkey PRIMARY KEY (user_id, lesson_id);
ALTER TABLE ONLY academy.progress_events
    ADD CONSTRAINT progress_events_pkey PRIMARY KEY (user_id, event_id);
ALTER TABLE ONLY academy.progress_events_default
    ADD CONSTRAINT progress_events_default_pkey PRIMARY KEY (user_id, event_id);
ALTER TABLE ONLY academy.quiz_attempt_items
    ADD CONSTRAINT quiz_attempt_items_pkey PRIMARY KEY (user_id, attempt_id, slot);
ALTER TABLE ONLY academy.quiz_question_revisions
    ADD CONSTRAINT quiz_question_revisions_pkey PRIMARY KEY (question_id, revision);
ALTER TABLE ONLY academy.quiz_responses
    ADD CONSTRAINT quiz_responses_pkey PRIMARY KEY (user_id, attempt_id, slot, client_seq);
ALTER TABLE ONLY academy.quizzes
    ADD CONSTRAINT quizzes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY academy_private.quiz_question_keys
    ADD CONSTRAINT quiz_question_keys_pkey PRIMARY KEY (question_id, revision);
ALTER TABLE ONLY integ.dead_jobs
    ADD CONSTRAINT dead_jobs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY integ.dead_letters
    ADD CONSTRAINT dead_letters_pkey PRIMARY KEY (consumer, event_id);
ALTER TABLE ONLY integ.deliveries
    ADD CONSTRAINT deliveries_pkey PRIMARY KEY (consumer, outbox_id);
ALTER TABLE ONLY integ.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (consumer, event_id);
ALTER TABLE ONLY integ.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY integ.outbox
    ADD CONSTRAINT outbox_event_id_key UNIQUE (event_id);
ALTER TABLE ONLY integ.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);
ALTER TABLE ONLY integ.schedules
    ADD CONSTRAINT schedules_pkey PRIMARY KEY (name);
ALTER TABLE ONLY integ.subscriptions
    ADD CONSTRAINT subscriptions_pkey PRIMARY KEY (consumer, topic);
ALTER TABLE ONLY integ.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (endpoint_id, outbox_id);
ALTER TABLE ONLY integ.webhook_endpoints
    ADD CONSTRAINT webhook_endpoints_name_key UNIQUE (name);
ALTER TABLE ONLY integ.webhook_endpoints
    ADD CONSTRAINT webhook_endpoints_pkey PRIMARY KEY (id);
ALTER TABLE ONLY media.assets
    ADD CONSTRAINT assets_import_key_key UNIQUE (import_key);
ALTER TABLE ONLY media.assets
    ADD CONSTRAINT assets_pkey PRIMARY KEY (id);
ALTER TABLE ONLY media.captions
    ADD CONSTRAINT captions_pkey PRIMARY KEY (asset_id, language, kind);
ALTER TABLE ONLY migrations.applied
    ADD CONSTRAINT applied_pkey PRIMARY KEY (set, name);
ALTER TABLE ONLY public.certificates
    ADD CONSTRAINT certificates_pkey PRIMARY KEY (user_id, id);
ALTER TABLE ONLY public.courses
    ADD CONSTRAINT courses_import_source_import_key_key UNIQUE (import_source, import_key);
ALTER TABLE ONLY public.courses
    ADD CONSTRAINT courses_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.enrollments
    ADD CONSTRAINT enrollments_pkey PRIMARY KEY (user_id, id);
ALTER TABLE ONLY public.enrollments
    ADD CONSTRAINT enrollments_user_id_course_id_key UNIQUE (user_id, course_id);
ALTER TABLE ONLY public.lessons
    ADD CONSTRAINT lessons_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.modules
    ADD CONSTRAINT modules_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.quiz_attempts
    ADD CONSTRAINT quiz_attempts_pkey PRIMARY KEY (user_id, id);
ALTER TABLE ONLY public.quiz_attempts
    ADD CONSTRAINT quiz_attempts_user_id_quiz_id_attempt_no_key UNIQUE (user_id, quiz_id, attempt_no);
ALTER TABLE ONLY public.quiz_questions
    ADD CONSTRAINT quiz_questions_pkey PRIMARY KEY (id);
CREATE INDEX course_prices_course ON academy.course_prices USING btree (course_id, valid_from);
CREATE INDEX course_search_document ON academy.course_search USING gin (document);
CREATE INDEX course_search_title ON academy.course_search USING gin (title extensions.gin_trgm_ops);
CREATE INDEX imports_newest ON academy.imports USING btree (created_at DESC, id DESC);
CREATE INDEX imports_unfinished ON academy.imports USING btree (updated_at) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text]));
CREATE UNIQUE INDEX lesson_blocks_import_key ON academy.lesson_blocks USING btree (course_id, import_key) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX lesson_blocks_order ON academy.lesson_blocks USING btree (lesson_id, COALESCE(parent_block_id, '00000000-0000-0000-0000-000000000000'::uuid), COALESCE(variant_key, ''::text), sort_key) WHERE (deleted_at IS NULL);
CREATE INDEX lesson_progress_course ON academy.lesson_progress USING btree (user_id, course_id);
CREATE INDEX progress_events_course ON ONLY academy.progress_events USING btree (user_id, course_id);
CREATE INDEX progress_events_rekeyed ON ONLY academy.progress_events USING btree (user_id, client_event_id) WHERE (client_event_id IS NOT NULL);
CREATE INDEX progress_events_default_user_id_client_event_id_idx ON academy.progress_events_default USING btree (user_id, client_event_id) WHERE (client_event_id IS NOT NULL);
CREATE INDEX progress_events_default_user_id_course_id_idx ON academy.progress_events_default USING btree (user_id, course_id);
CREATE INDEX quizzes_course ON academy.quizzes USING btree (course_id);
CREATE UNIQUE INDEX quizzes_import_key ON academy.quizzes USING btree (course_id, import_key) WHERE (deleted_at IS NULL);
CREATE INDEX deliveries_head ON integ.deliveries USING btree (consumer, subject, outbox_id);
CREATE INDEX deliveries_outbox ON integ.deliveries USING btree (outbox_id);
CREATE INDEX inbox_received ON integ.inbox USING btree (received_at);
CREATE UNIQUE INDEX jobs_dedupe ON integ.jobs USING btree (queue, dedupe_key) WHERE (dedupe_key IS NOT NULL);
CREATE INDEX jobs_due ON integ.jobs USING btree (queue, run_at);
CREATE INDEX outbox_relayed ON integ.outbox USING btree (relayed_at) WHERE (relayed_at IS NOT NULL);
CREATE INDEX outbox_waiting ON integ.outbox USING btree (id) WHERE (relayed_at IS NULL);
CREATE INDEX subscriptions_topic ON integ.subscriptions USING btree (topic);
CREATE INDEX webhook_deliveries_head ON integ.webhook_deliveries USING btree (endpoint_id, subject, outbox_id) WHERE (status = 'pending'::text);
CREATE INDEX webhook_deliveries_outbox ON integ.webhook_deliveries USING btree (outbox_id);
CREATE INDEX assets_storage_key ON media.assets USING btree (storage_key);
CREATE UNIQUE INDEX certificates_one_live ON public.certificates USING btree (user_id, course_id) WHERE (status = 'issued'::text);
CREATE INDEX courses_newest ON public.courses USING btree (created_at DESC, id DESC) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));
CREATE UNIQUE INDEX courses_slug_live ON public.courses USING btree (slug) WHERE (deleted_at IS NULL);
CREATE INDEX enrollments_course ON public.enrollments USING btree (course_id, enrolled_at);
CREATE UNIQUE INDEX lessons_import_key ON public.lessons USING btree (course_id, import_key) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX lessons_order ON public.lessons USING btree (module_id, sort_key) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX lessons_slug ON public.lessons USING btree (course_id, slug) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX modules_import_key ON public.modules USING btree (course_id, import_key) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX modules_order ON public.modules USING btree (course_id, COALESCE(parent_module_id, '00000000-0000-0000-0000-000000000000'::uuid), sort_key) WHERE (deleted_at IS NULL);
CREATE INDEX quiz_attempts_course ON public.quiz_attempts USING btree (user_id, course_id);
CREATE INDEX quiz_attempts_due ON public.quiz_attempts USING btree (finalize_at) WHERE (status = 'in_progress'::text);
CREATE UNIQUE INDEX quiz_attempts_one_open ON public.quiz_attempts USING btree (user_id, quiz_id) WHERE (status = 'in_progress'::text);
CREATE UNIQUE INDEX quiz_questions_import_key ON public.quiz_questions USING btree (quiz_id, import_key) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX quiz_questions_order ON public.quiz_questions USING btree (quiz_id, sort_key) WHERE (deleted_at IS NULL);
ALTER INDEX academy.progress_events_pkey ATTACH PARTITION academy.progress_events_default_pkey;
ALTER INDEX academy.progress_events_rekeyed ATTACH PARTITION academy.progress_events_default_user_id_client_event_id_idx;
ALTER INDEX academy.progress_events_course ATTACH PARTITION academy.progress_events_default_user_id_course_id_idx;
ALTER TABLE ONLY academy.course_prices
    ADD CONSTRAINT course_prices_course_id_fkey FOREIGN KEY (course_id) REFERENCES public.courses(id);
ALTER TABLE ONLY academy.course_prices
    ADD CONSTRAINT course_prices_currency_fkey FOREIGN KEY (currency) REFERENCES academy.currencies(code);
ALTER TABLE ONLY academy.course_progress
    ADD CONSTRAINT course_progress_course_id_fkey FOREIGN KEY (course_id) REFERENCES public.courses(id);
ALTER TABLE ONLY academy.course_search
    ADD CONSTRAINT course_search_course_id_fkey FOREIGN KEY (course_id) REFERENCES public.courses(id);
ALTER TABLE ONLY academy.course_staff
    ADD CONSTRAINT course_staff_course_id_fkey FOREIGN KEY (course_id) REFERENCES public.courses(id);
ALTER TABLE ONLY academy.course_versions
    ADD CONSTRAINT course_versions_course_id_fkey FOREIGN KEY (course_id) REFERENCES public.courses(id);
ALTER TABLE ONLY academy.grade_categories
    ADD CONSTRAINT grade_categories_course_id_fkey FOREIGN KEY (course_id) REFERENCES public.courses(id);
ALTER TABLE ONLY academy.imports
    ADD CONSTRAINT imports_course_id_fkey FOREIGN KEY (course_id) REFERENCES public.courses(id);
ALTER TABLE ONLY academy.lesson_blocks
    ADD CONSTRAINT lesson_blocks_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES media.assets(id);
ALTER TABLE ONLY academy.lesson_blocks
    ADD CONSTRAINT lesson_blocks_course_id_fkey FOREIGN KEY (course_id) REFERENCES public.courses(id);
ALTER TABLE ONLY academy.lesson_blocks
    ADD CONSTRAINT lesson_blocks_lesson_id_fkey FOREIGN KEY (lesson_id) REFERENCES public.lessons(id);
ALTER TABLE ONLY academy.lesson_blocks
    ADD CONSTRAINT lesson_blocks_parent_block_id_fkey FOREIGN KEY (parent_block_id) REFERENCES academy.lesson_blocks(id);
ALTER TABLE ONLY academy.lesson_blocks
    ADD CONSTRAINT lesson_blocks_quiz_id_fkey FOREIGN KEY (quiz_id) REFERENCES academy.quizzes(id);
ALTER TABLE ONLY academy.quiz_attempt_items
    ADD CONSTRAINT quiz_attempt_items_user_id_attempt_id_fkey FOREIGN KEY (user_id, attempt_id) REFERENCES public.quiz_attempts(user_id, id);
ALTER TABLE ONLY academy.quiz_question_revisions
    ADD CONSTRAINT quiz_question_revisions_question_id_fkey FOREIGN KEY (question_id) REFERENCES public.quiz_questions(id);
ALTER TABLE ONLY academy.quizzes
    ADD CONSTRAINT quizzes_course_id_fkey FOREIGN KEY (course_id) REFERENCES public.courses(id);
ALTER TABLE ONLY academy.quizzes
    ADD CONSTRAINT quizzes_grade_category_id_fkey FOREIGN KEY (grade_category_id) REFERENCES academy.grade_categories(id);
ALTER TABLE ONLY academy.quizzes
    ADD CONSTRAINT quizzes_lesson_id_fkey FOREIGN KEY (lesson_id) REFERENCES public.lessons(id);
ALTER TABLE ONLY academy_private.quiz_question_keys
    ADD CONSTRAINT quiz_question_keys_question_id_revision_fkey FOREIGN KEY (question_id, revision) REFERENCES academy.quiz_question_revisions(question_id, revision);
ALTER TABLE ONLY integ.deliveries
    ADD CONSTRAINT deliveries_outbox_id_fkey FOREIGN KEY (outbox_id) REFERENCES integ.outbox(id);
ALTER TABLE ONLY integ.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_endpoint_id_fkey FOREIGN KEY (endpoint_id) REFERENCES integ.webhook_endpoints(id) ON DELETE CASCADE;
ALTER TABLE ONLY integ.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_outbox_id_fkey FOREIGN KEY (outbox_id) REFERENCES integ.outbox(id);
ALTER TABLE ONLY media.captions
    ADD CONSTRAINT captions_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES media.assets(id);
ALTER TABLE ONLY media.captions
    ADD CONSTRAINT captions_track_asset_id_fkey FOREIGN KEY (track_asset_id) REFERENCES media.assets(id);
ALTER TABLE ONLY public.certificates
    ADD CONSTRAINT certificates_course_id_fkey FOREIGN KEY (course_id) REFERENCES public.courses(id);
ALTER TABLE ONLY public.courses
    ADD CONSTRAINT courses_published_version_id_fkey FOREIGN KEY (published_version_id) REFERENCES academy.course_versions(id);
ALTER TABLE ONLY public.courses
    ADD CONSTRAINT courses_thumbnail_asset_id_fkey FOREIGN KEY (thumbnail_asset_id) REFERENCES media.assets(id);
ALTER TABLE ONLY public.enrollments
    ADD CONSTRAINT enrollments_course_id_fkey FOREIGN KEY (course_id) REFERENCES public.courses(id);
ALTER TABLE ONLY public.enrollments
    ADD CONSTRAINT enrollments_course_version_id_fkey FOREIGN KEY (course_version_id) REFERENCES academy.course_versions(id);
ALTER TABLE ONLY public.lessons
    ADD CONSTRAINT lessons_course_id_fkey FOREIGN KEY (course_id) REFERENCES public.courses(id);
ALTER TABLE ONLY public.lessons
    ADD CONSTRAINT lessons_module_id_fkey FOREIGN KEY (module_id) REFERENCES public.modules(id);
ALTER TABLE ONLY public.modules
    ADD CONSTRAINT modules_course_id_fkey FOREIGN KEY (course_id) REFERENCES public.courses(id);
ALTER TABLE ONLY public.modules
    ADD CONSTRAINT modules_grade_category_id_fkey FOREIGN KEY (grade_category_id) REFERENCES academy.grade_categories(id);
ALTER TABLE ONLY public.modules
    ADD CONSTRAINT modules_parent_module_id_fkey FOREIGN KEY (parent_module_id) REFERENCES public.modules(id);
ALTER TABLE ONLY public.quiz_attempts
    ADD CONSTRAINT quiz_attempts_course_id_fkey FOREIGN KEY (course_id) REFERENCES public.courses(id);
ALTER TABLE ONLY public.quiz_attempts
    ADD CONSTRAINT quiz_attempts_quiz_id_fkey FOREIGN KEY (quiz_id) REFERENCES academy.quizzes(id);
ALTER TABLE ONLY public.quiz_attempts
    ADD CONSTRAINT quiz_attempts_user_id_enrollment_id_fkey FOREIGN KEY (user_id, enrollment_id) REFERENCES public.enrollments(user_id, id);
ALTER TABLE ONLY public.quiz_questions
    ADD CONSTRAINT quiz_questions_quiz_id_fkey FOREIGN KEY (quiz_id) REFERENCES academy.quizzes(id);
ALTER TABLE public.certificates ENABLE ROW LEVEL SECURITY;
CREATE POLICY certificates_own ON public.certificates FOR SELECT TO authenticated USING ((user_id = auth.uid()));
ALTER TABLE public.courses ENABLE ROW LEVEL SECURITY;
CREATE POLICY courses_published ON public.courses FOR SELECT TO anon, authenticated USING (((status = 'published'::text) AND (visibility = 'public'::text) AND (deleted_at IS NULL)));
ALTER TABLE public.enrollments ENABLE ROW LEVEL SECURITY;
CREATE POLICY enrollments_own ON public.enrollments FOR SELECT TO authenticated USING ((user_id = auth.uid()));
ALTER TABLE public.lessons ENABLE ROW LEVEL SECURITY;
CREATE POLICY lessons_published ON public.lessons FOR SELECT TO anon, authenticated USING ((course_is_public AND (status = 'published'::text) AND (deleted_at IS NULL)));
ALTER TABLE public.modules ENABLE ROW LEVEL SECURITY;
CREATE POLICY modules_published ON public.modules FOR SELECT TO anon, authenticated USING ((course_is_public AND (status = 'published'::text) AND (deleted_at IS NULL)));
ALTER TABLE public.quiz_attempts ENABLE ROW LEVEL SECURITY;
CREATE POLICY quiz_attempts_own ON public.quiz_attempts FOR SELECT TO authenticated USING (((user_id = auth.uid()) AND ((score_points IS NULL) OR ((policy #>> '{review,score}'::text[]) = 'after_submit'::text))));
ALTER TABLE public.quiz_questions ENABLE ROW LEVEL SECURITY;
GRANT USAGE ON SCHEMA academy TO svc_course;
GRANT USAGE ON SCHEMA academy TO svc_progress;
GRANT USAGE ON SCHEMA academy_private TO svc_course;
GRANT USAGE ON SCHEMA academy_private TO svc_grader;
GRANT USAGE ON SCHEMA auth TO anon;
GRANT USAGE ON SCHEMA auth TO authenticated;
GRANT USAGE ON SCHEMA auth TO service_role;
GRANT USAGE ON SCHEMA auth TO integ_member;
GRANT USAGE ON SCHEMA auth TO svc_platform;
GRANT USAGE ON SCHEMA extensions TO svc_course;
GRANT USAGE ON SCHEMA integ TO integ_member;
GRANT USAGE ON SCHEMA integ TO svc_platform;
GRANT USAGE ON SCHEMA media TO svc_course;
GRANT USAGE ON SCHEMA public TO anon;
GRANT USAGE ON SCHEMA public TO authenticated;
GRANT USAGE ON SCHEMA public TO service_role;
GRANT USAGE ON SCHEMA public TO integ_member;
GRANT USAGE ON SCHEMA public TO svc_platform;
GRANT USAGE ON SCHEMA public TO svc_course;
GRANT USAGE ON SCHEMA public TO svc_progress;
REVOKE ALL ON FUNCTION academy.create_progress_partitions(first_month date, months integer) FROM PUBLIC;
GRANT ALL ON FUNCTION academy.create_progress_partitions(first_month date, months integer) TO svc_progress;
REVOKE ALL ON FUNCTION academy.erase_learning(person uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION academy.erase_learning(person uuid) TO svc_progress;
REVOKE ALL ON PROCEDURE integ.create_role(IN role_name text, IN attributes text) FROM PUBLIC;
REVOKE ALL ON PROCEDURE integ.create_service_role(IN role_name text, IN login_role text) FROM PUBLIC;
REVOKE ALL ON PROCEDURE integ.grant_role(IN role_name text, IN member_name text) FROM PUBLIC;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE academy.block_progress TO svc_progress;
GRANT SELECT,INSERT ON TABLE academy.certificate_lookup TO svc_progress;
GRANT SELECT,INSERT ON TABLE academy.certificate_no_lookup TO svc_progress;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE academy.course_prices TO svc_course;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE academy.quizzes TO svc_course;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE media.assets TO svc_course;
GRANT ALL ON TABLE public.courses TO service_role;
GRANT SELECT ON TABLE public.courses TO anon;
GRANT SELECT ON TABLE public.courses TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.courses TO svc_course;
GRANT ALL ON TABLE public.lessons TO service_role;
GRANT SELECT ON TABLE public.lessons TO anon;
GRANT SELECT ON TABLE public.lessons TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lessons TO svc_course;
GRANT SELECT ON TABLE academy.course_cards TO svc_course;
GRANT SELECT,INSERT,UPDATE ON TABLE academy.course_progress TO svc_progress;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE academy.course_search TO svc_course;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE academy.course_staff TO svc_course;
GRANT SELECT,INSERT ON TABLE academy.course_versions TO svc_course;
GRANT SELECT ON TABLE academy.currencies TO svc_course;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE academy.grade_categories TO svc_course;
GRANT SELECT,INSERT,UPDATE ON TABLE academy.imports TO svc_course;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE academy.learners TO svc_course;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE academy.lesson_blocks TO svc_course;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE academy.lesson_progress TO svc_progress;
GRANT SELECT,INSERT ON TABLE academy.progress_events TO svc_progress;
GRANT SELECT,INSERT,UPDATE ON TABLE academy.quiz_attempt_items TO svc_progress;
GRANT SELECT,INSERT ON TABLE academy.quiz_question_revisions TO svc_course;
GRANT SELECT,INSERT ON TABLE academy.quiz_responses TO svc_progress;
GRANT INSERT ON TABLE academy_private.quiz_question_keys TO svc_course;
GRANT SELECT ON TABLE academy_private.quiz_question_keys TO svc_grader;
GRANT SELECT(question_id) ON TABLE academy_private.quiz_question_keys TO svc_course;
GRANT SELECT(revision) ON TABLE academy_private.quiz_question_keys TO svc_course;
GRANT SELECT(key_sha256) ON TABLE academy_private.quiz_question_keys TO svc_course;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE integ.dead_jobs TO svc_platform;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE integ.dead_letters TO svc_platform;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE integ.deliveries TO svc_platform;
GRANT SELECT,DELETE,UPDATE ON TABLE integ.deliveries TO integ_member;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE integ.inbox TO svc_platform;
GRANT SELECT,INSERT ON TABLE integ.inbox TO integ_member;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE integ.jobs TO svc_platform;
GRANT SELECT,INSERT ON TABLE integ.jobs TO integ_member;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE integ.outbox TO svc_platform;
GRANT SELECT,INSERT ON TABLE integ.outbox TO integ_member;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE integ.schedules TO svc_platform;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE integ.subscriptions TO svc_platform;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE integ.webhook_deliveries TO svc_platform;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE integ.webhook_endpoints TO svc_platform;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE media.captions TO svc_course;
GRANT ALL ON TABLE public.certificates TO service_role;
GRANT SELECT ON TABLE public.certificates TO anon;
GRANT SELECT ON TABLE public.certificates TO authenticated;
GRANT SELECT,INSERT,UPDATE ON TABLE public.certificates TO svc_progress;
GRANT ALL ON TABLE public.enrollments TO service_role;
GRANT SELECT ON TABLE public.enrollments TO anon;
GRANT SELECT ON TABLE public.enrollments TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.enrollments TO svc_course;
GRANT ALL ON TABLE public.modules TO service_role;
GRANT SELECT ON TABLE public.modules TO anon;
GRANT SELECT ON TABLE public.modules TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.modules TO svc_course;
GRANT ALL ON TABLE public.quiz_attempts TO service_role;
GRANT SELECT ON TABLE public.quiz_attempts TO anon;
GRANT SELECT ON TABLE public.quiz_attempts TO authenticated;
GRANT SELECT,INSERT,UPDATE ON TABLE public.quiz_attempts TO svc_progress;
GRANT ALL ON TABLE public.quiz_questions TO service_role;
GRANT SELECT ON TABLE public.quiz_questions TO anon;
GRANT SELECT ON TABLE public.quiz_questions TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.quiz_questions TO svc_course;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT ALL ON TABLES  TO service_role;
