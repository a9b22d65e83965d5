-- The catalogue of the academy: courses, their content, quiz definitions, and who is enrolled.
--
-- Placement when the database is sharded: everything here is a reference table, except academy.learners and
-- public.enrollments, which belong to a user (user_id first in every key). Policies use columns and claims only,
-- there is no trigger, and user-owned tables point at reference tables, never the other way round.

CREATE SCHEMA academy;
CREATE SCHEMA academy_private;
CREATE SCHEMA media;
CREATE SCHEMA IF NOT EXISTS extensions;

-- Outside public, so that its functions and operators are no part of /rest/v1.
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA extensions;

CALL integ.create_service_role('svc_course', 'tt_academy');
-- The only role that can read answer keys; no event, no job, nothing but that.
CALL integ.create_role('svc_grader', 'NOLOGIN BYPASSRLS');
CALL integ.grant_role('svc_grader', 'tt_academy');

-- ---------------------------------------------------------------- media

CREATE TABLE media.assets (
    id           uuid PRIMARY KEY,
    kind         text NOT NULL CHECK (kind IN ('image', 'video', 'audio', 'document', 'caption', 'archive')),
    storage_key  text NOT NULL,
    file_name    text NOT NULL,
    content_type text NOT NULL,
    bytes        bigint NOT NULL CHECK (bytes >= 0),
    sha256       bytea NOT NULL CHECK (octet_length(sha256) = 32),
    duration_ms  integer CHECK (duration_ms >= 0),
    width        integer CHECK (width > 0),
    height       integer CHECK (height > 0),
    is_public    boolean NOT NULL DEFAULT false,
    status       text NOT NULL DEFAULT 'ready' CHECK (status IN ('pending', 'scanning', 'ready', 'rejected')),
    import_key   text UNIQUE,
    created_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX assets_storage_key ON media.assets (storage_key);

CREATE TABLE media.captions (
    asset_id       uuid NOT NULL REFERENCES media.assets,
    language       text NOT NULL,
    kind           text NOT NULL DEFAULT 'captions' CHECK (kind IN ('captions', 'subtitles', 'descriptions', 'chapters')),
    label          text NOT NULL DEFAULT '',
    track_asset_id uuid NOT NULL REFERENCES media.assets,
    origin         text NOT NULL CHECK (origin IN ('human', 'imported', 'machine')),
    reviewed_at    timestamptz,
    PRIMARY KEY (asset_id, language, kind)
);

-- ---------------------------------------------------------------- courses

CREATE TABLE academy.currencies (
    code     char(3) PRIMARY KEY,
    exponent smallint NOT NULL CHECK (exponent BETWEEN 0 AND 4)
);
INSERT INTO academy.currencies (code, exponent)
VALUES ('AUD', 2), ('BRL', 2), ('CAD', 2), ('CHF', 2), ('EUR', 2), ('GBP', 2), ('INR', 2), ('JPY', 0), ('KWD', 3), ('USD', 2);

CREATE TABLE public.courses (
    id                   uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    slug                 text NOT NULL CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    title                text NOT NULL CHECK (title <> ''),
    subtitle             text,
    description_html     text NOT NULL DEFAULT '',
    outcomes             jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(outcomes) = 'array'),
    language             text NOT NULL DEFAULT 'en',
    level                text NOT NULL DEFAULT 'all' CHECK (level IN ('beginner', 'intermediate', 'advanced', 'all')),
    status               text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'in_review', 'published', 'archived')),
    visibility           text NOT NULL DEFAULT 'public' CHECK (visibility IN ('public', 'unlisted', 'private')),
    enrollment_mode      text NOT NULL DEFAULT 'open' CHECK (enrollment_mode IN ('open', 'paid', 'invite', 'closed')),
    enroll_opens_at      timestamptz,
    enroll_closes_at     timestamptz CHECK (enroll_closes_at > enroll_opens_at),
    access_days          integer CHECK (access_days > 0),
    pass_percent         numeric(6,3) NOT NULL DEFAULT 60 CHECK (pass_percent BETWEEN 0 AND 100),
    certificate_rule     text NOT NULL DEFAULT 'completed_and_passed'
                         CHECK (certificate_rule IN ('none', 'completed', 'passed', 'completed_and_passed')),
    duration_seconds     integer NOT NULL DEFAULT 0 CHECK (duration_seconds >= 0),
    thumbnail_asset_id   uuid REFERENCES media.assets,
    published_version_id uuid,
    import_source        text,
    import_key           text,
    row_version          integer NOT NULL DEFAULT 1,
    created_at           timestamptz NOT NULL DEFAULT now(),
    updated_at           timestamptz NOT NULL DEFAULT now(),
    deleted_at           timestamptz,
    UNIQUE (import_source, import_key)
);
CREATE UNIQUE INDEX courses_slug_live ON public.courses (slug) WHERE deleted_at IS NULL;
CREATE INDEX courses_newest ON public.courses (created_at DESC, id DESC) WHERE status = 'published' AND deleted_at IS NULL;

-- The searchable text of a course. Beside the course, not in it: `select=*` of /rest/v1 stays readable and small.
CREATE TABLE academy.course_search (
    course_id uuid PRIMARY KEY REFERENCES public.courses,
    config    regconfig NOT NULL,
    title     text NOT NULL,
    summary   text NOT NULL,
    body      text NOT NULL,
    document  tsvector NOT NULL GENERATED ALWAYS AS (
                  setweight(to_tsvector(config, title), 'A') || setweight(to_tsvector(config, summary), 'B')
                  || setweight(to_tsvector(config, body), 'C')) STORED
);
CREATE INDEX course_search_document ON academy.course_search USING gin (document);
CREATE INDEX course_search_title ON academy.course_search USING gin (title extensions.gin_trgm_ops);

CREATE TABLE academy.course_versions (
    id              uuid PRIMARY KEY,
    course_id       uuid NOT NULL REFERENCES public.courses,
    version_no      integer NOT NULL CHECK (version_no > 0),
    manifest        jsonb NOT NULL,
    manifest_sha256 bytea NOT NULL CHECK (octet_length(manifest_sha256) = 32),
    change_note     text NOT NULL DEFAULT '',
    published_by    uuid,
    published_at    timestamptz NOT NULL DEFAULT now(),
    UNIQUE (course_id, version_no)
);
ALTER TABLE public.courses ADD FOREIGN KEY (published_version_id) REFERENCES academy.course_versions;

CREATE TABLE academy.course_staff (
    course_id uuid NOT NULL REFERENCES public.courses,
    user_id   uuid NOT NULL,
    role      text NOT NULL CHECK (role IN ('owner', 'instructor', 'assistant', 'reviewer')),
    PRIMARY KEY (course_id, user_id)
);

CREATE TABLE academy.course_prices (
    id           uuid PRIMARY KEY,
    course_id    uuid NOT NULL REFERENCES public.courses,
    currency     char(3) NOT NULL REFERENCES academy.currencies,
    amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
    valid_from   timestamptz NOT NULL,
    valid_to     timestamptz CHECK (valid_to > valid_from)
);
CREATE INDEX course_prices_course ON academy.course_prices (course_id, valid_from);

CREATE TABLE academy.grade_categories (
    id           uuid PRIMARY KEY,
    course_id    uuid NOT NULL REFERENCES public.courses,
    name         text NOT NULL,
    weight       numeric(7,6) NOT NULL CHECK (weight BETWEEN 0 AND 1),
    drop_lowest  integer NOT NULL DEFAULT 0 CHECK (drop_lowest >= 0),
    min_count    integer NOT NULL DEFAULT 0 CHECK (min_count >= 0),
    UNIQUE (course_id, name)
);

-- ---------------------------------------------------------------- modules and lessons

-- course_is_public says that the row is part of what its published, listed course shows. It repeats what the course and
-- its manifest say, because a policy must not look into another table; publishing writes it.
CREATE TABLE public.modules (
    id                uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    course_id         uuid NOT NULL REFERENCES public.courses,
    parent_module_id  uuid REFERENCES public.modules,
    sort_key          text COLLATE "C" NOT NULL,
    title             text NOT NULL,
    grade_category_id uuid REFERENCES academy.grade_categories,
    due_at            timestamptz,
    status            text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'published')),
    course_is_public  boolean NOT NULL DEFAULT false,
    import_key        text,
    row_version       integer NOT NULL DEFAULT 1,
    deleted_at        timestamptz
);
CREATE UNIQUE INDEX modules_order
    ON public.modules (course_id, coalesce(parent_module_id, '00000000-0000-0000-0000-000000000000'::uuid), sort_key)
    WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX modules_import_key ON public.modules (course_id, import_key) WHERE deleted_at IS NULL;

CREATE TABLE public.lessons (
    id                       uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    course_id                uuid NOT NULL REFERENCES public.courses,
    module_id                uuid NOT NULL REFERENCES public.modules,
    sort_key                 text COLLATE "C" NOT NULL,
    slug                     text NOT NULL,
    title                    text NOT NULL,
    kind                     text NOT NULL DEFAULT 'mixed'
                             CHECK (kind IN ('article', 'video', 'quiz', 'assignment', 'live', 'external', 'mixed')),
    is_preview               boolean NOT NULL DEFAULT false,
    required                 boolean NOT NULL DEFAULT true,
    completion_rule          text NOT NULL DEFAULT 'view'
                             CHECK (completion_rule IN ('view', 'video_percent', 'quiz_pass', 'submit', 'manual', 'all_blocks')),
    completion_threshold_ppm integer NOT NULL DEFAULT 1000000 CHECK (completion_threshold_ppm BETWEEN 0 AND 1000000),
    est_seconds              integer NOT NULL DEFAULT 0 CHECK (est_seconds >= 0),
    status                   text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'published')),
    course_is_public         boolean NOT NULL DEFAULT false,
    import_key               text,
    row_version              integer NOT NULL DEFAULT 1,
    deleted_at               timestamptz
);
CREATE UNIQUE INDEX lessons_slug ON public.lessons (course_id, slug) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX lessons_order ON public.lessons (module_id, sort_key) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX lessons_import_key ON public.lessons (course_id, import_key) WHERE deleted_at IS NULL;

-- ---------------------------------------------------------------- quizzes

CREATE TABLE academy.quizzes (
    id                  uuid PRIMARY KEY,
    course_id           uuid NOT NULL REFERENCES public.courses,
    lesson_id           uuid REFERENCES public.lessons,
    title               text NOT NULL DEFAULT '',
    mode                text NOT NULL DEFAULT 'inline' CHECK (mode IN ('inline', 'graded', 'survey')),
    grade_category_id   uuid REFERENCES academy.grade_categories,
    time_limit_seconds  integer CHECK (time_limit_seconds > 0),
    max_attempts        integer NOT NULL DEFAULT 0 CHECK (max_attempts >= 0),
    attempt_policy      text NOT NULL DEFAULT 'highest' CHECK (attempt_policy IN ('highest', 'latest', 'first', 'average')),
    retry_delay_seconds integer NOT NULL DEFAULT 0 CHECK (retry_delay_seconds >= 0),
    opens_at            timestamptz,
    closes_at           timestamptz,
    close_policy        text NOT NULL DEFAULT 'hard_close' CHECK (close_policy IN ('hard_close', 'start_window')),
    grace_seconds       integer NOT NULL DEFAULT 5 CHECK (grace_seconds BETWEEN 0 AND 120),
    shuffle_questions   boolean NOT NULL DEFAULT false,
    shuffle_options     boolean NOT NULL DEFAULT false,
    draw_count          integer CHECK (draw_count > 0),
    pass_percent        numeric(6,3) NOT NULL DEFAULT 0 CHECK (pass_percent BETWEEN 0 AND 100),
    review_policy       jsonb NOT NULL DEFAULT '{"score":"after_submit","correctness":"after_submit","key":"after_last_attempt_or_close","explanation":"after_submit"}',
    weight              numeric(9,4) NOT NULL DEFAULT 1 CHECK (weight >= 0),
    status              text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'published')),
    import_key          text,
    row_version         integer NOT NULL DEFAULT 1,
    deleted_at          timestamptz
);
CREATE INDEX quizzes_course ON academy.quizzes (course_id);
CREATE UNIQUE INDEX quizzes_import_key ON academy.quizzes (course_id, import_key) WHERE deleted_at IS NULL;

CREATE TABLE academy.lesson_blocks (
    id              uuid PRIMARY KEY,
    course_id       uuid NOT NULL REFERENCES public.courses,
    lesson_id       uuid NOT NULL REFERENCES public.lessons,
    parent_block_id uuid REFERENCES academy.lesson_blocks,
    sort_key        text COLLATE "C" NOT NULL,
    kind            text NOT NULL
                    CHECK (kind IN ('html', 'video', 'audio', 'file', 'image', 'quiz', 'assignment', 'discussion', 'poll',
                                    'survey', 'embed', 'external', 'variants', 'unsupported')),
    variant_key     text,
    content         jsonb NOT NULL DEFAULT '{}',
    content_html    text,
    asset_id        uuid REFERENCES media.assets,
    quiz_id         uuid REFERENCES academy.quizzes,
    source_type     text,
    import_key      text,
    row_version     integer NOT NULL DEFAULT 1,
    deleted_at      timestamptz,
    CHECK ((kind = 'quiz') = (quiz_id IS NOT NULL))
);
CREATE UNIQUE INDEX lesson_blocks_order
    ON academy.lesson_blocks (lesson_id, coalesce(parent_block_id, '00000000-0000-0000-0000-000000000000'::uuid),
                              coalesce(variant_key, ''), sort_key)
    WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX lesson_blocks_import_key ON academy.lesson_blocks (course_id, import_key) WHERE deleted_at IS NULL;

-- What a learner may see of a question. Options carry id and text only; what is right lives in academy_private.
CREATE TABLE public.quiz_questions (
    id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    quiz_id         uuid NOT NULL REFERENCES academy.quizzes,
    sort_key        text COLLATE "C" NOT NULL,
    pool_key        text,
    type            text NOT NULL
                    CHECK (type IN ('single_choice', 'multiple_choice', 'true_false', 'dropdown', 'numeric', 'short_text',
                                    'matching', 'ordering', 'cloze', 'essay', 'file', 'hotspot', 'unsupported')),
    prompt_html     text NOT NULL,
    options         jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(options) = 'array'),
    points          numeric(9,4) NOT NULL DEFAULT 1 CHECK (points >= 0),
    partial_credit  text NOT NULL DEFAULT 'none' CHECK (partial_credit IN ('none', 'proportional', 'right_minus_wrong')),
    negative_points numeric(9,4) NOT NULL DEFAULT 0 CHECK (negative_points >= 0),
    hints           jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(hints) = 'array'),
    revision        integer NOT NULL DEFAULT 1 CHECK (revision > 0),
    import_key      text,
    row_version     integer NOT NULL DEFAULT 1,
    deleted_at      timestamptz
);
CREATE UNIQUE INDEX quiz_questions_order ON public.quiz_questions (quiz_id, sort_key) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX quiz_questions_import_key ON public.quiz_questions (quiz_id, import_key) WHERE deleted_at IS NULL;

-- Append-only: an attempt keeps pointing at the words the learner saw.
CREATE TABLE academy.quiz_question_revisions (
    question_id     uuid NOT NULL REFERENCES public.quiz_questions,
    revision        integer NOT NULL CHECK (revision > 0),
    type            text NOT NULL,
    prompt_html     text NOT NULL,
    options         jsonb NOT NULL,
    points          numeric(9,4) NOT NULL,
    partial_credit  text NOT NULL,
    negative_points numeric(9,4) NOT NULL,
    hints           jsonb NOT NULL,
    content_sha256  bytea NOT NULL CHECK (octet_length(content_sha256) = 32),
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (question_id, revision)
);

CREATE TABLE academy_private.quiz_question_keys (
    question_id      uuid NOT NULL,
    revision         integer NOT NULL,
    answer_key       jsonb NOT NULL,
    feedback         jsonb NOT NULL DEFAULT '{}',
    explanation_html text,
    key_sha256       bytea NOT NULL CHECK (octet_length(key_sha256) = 32),
    created_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (question_id, revision),
    FOREIGN KEY (question_id, revision) REFERENCES academy.quiz_question_revisions (question_id, revision)
);

-- ---------------------------------------------------------------- a course as the catalogue shows it

CREATE VIEW academy.course_cards AS
SELECT c.id, c.slug, c.title, c.subtitle, c.language, c.level, c.duration_seconds, c.enrollment_mode, c.visibility,
       c.created_at, c.updated_at, thumbnail.storage_key AS thumbnail_key, thumbnail.file_name AS thumbnail_name,
       price.amount_minor, price.currency,
       (SELECT count(*) FROM public.lessons l
        WHERE l.course_id = c.id AND l.status = 'published' AND l.deleted_at IS NULL)::integer AS lesson_count,
       (SELECT count(*) FROM academy.quizzes q
        WHERE q.course_id = c.id AND q.status = 'published' AND q.deleted_at IS NULL)::integer AS quiz_count
FROM public.courses c
LEFT JOIN media.assets thumbnail ON thumbnail.id = c.thumbnail_asset_id AND thumbnail.is_public
LEFT JOIN LATERAL (
    SELECT p.amount_minor, p.currency
    FROM academy.course_prices p
    WHERE p.course_id = c.id AND p.valid_from <= now() AND (p.valid_to IS NULL OR p.valid_to > now())
    ORDER BY p.valid_from DESC
    LIMIT 1
) price ON true
WHERE c.status = 'published' AND c.deleted_at IS NULL;

-- ---------------------------------------------------------------- learners and enrollments (user-owned)

-- A mirror of the account on the site. version is the profile's own counter: an older message never wins.
CREATE TABLE academy.learners (
    user_id            uuid PRIMARY KEY,
    display_name       text,
    locale             text NOT NULL DEFAULT 'en',
    timezone           text NOT NULL DEFAULT 'UTC',
    extra_time_percent smallint NOT NULL DEFAULT 0 CHECK (extra_time_percent BETWEEN 0 AND 300),
    status             text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'erased')),
    version            bigint NOT NULL DEFAULT 0,
    synced_at          timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE public.enrollments (
    user_id              uuid NOT NULL,
    id                   uuid NOT NULL DEFAULT gen_random_uuid(),
    course_id            uuid NOT NULL,
    course_version_id    uuid,
    status               text NOT NULL DEFAULT 'active'
                         CHECK (status IN ('pending_payment', 'active', 'expired', 'refunded', 'revoked', 'withdrawn')),
    source               text NOT NULL DEFAULT 'free' CHECK (source IN ('free', 'purchase', 'coupon', 'invite', 'admin', 'import')),
    enrolled_at          timestamptz NOT NULL DEFAULT now(),
    expires_at           timestamptz,
    completed_at         timestamptz,
    completed_version_id uuid,
    row_version          integer NOT NULL DEFAULT 1,
    PRIMARY KEY (user_id, id),
    UNIQUE (user_id, course_id)
);
-- Foreign keys come after the table, so that a placement can stand between the two.
ALTER TABLE public.enrollments ADD FOREIGN KEY (course_id) REFERENCES public.courses;
ALTER TABLE public.enrollments ADD FOREIGN KEY (course_version_id) REFERENCES academy.course_versions;
CREATE INDEX enrollments_course ON public.enrollments (course_id, enrolled_at);

-- ---------------------------------------------------------------- placement

COMMENT ON TABLE media.assets IS 'placement: reference. Files in the object store that course content refers to.';
COMMENT ON TABLE media.captions IS 'placement: reference. Text tracks of videos and recordings.';
COMMENT ON TABLE academy.currencies IS 'placement: reference. ISO 4217 codes and how many digits follow the point.';
COMMENT ON TABLE public.courses IS 'placement: reference. The catalogue; no counters here, a write costs every node.';
COMMENT ON TABLE academy.course_search IS 'placement: reference. The searchable text of published courses.';
COMMENT ON TABLE academy.course_versions IS 'placement: reference. What was published, frozen.';
COMMENT ON TABLE academy.course_staff IS 'placement: reference. Who may edit a course.';
COMMENT ON TABLE academy.course_prices IS 'placement: reference. Prices by currency and time.';
COMMENT ON TABLE academy.grade_categories IS 'placement: reference. Weights of the final grade.';
COMMENT ON TABLE public.modules IS 'placement: reference. Chapters and their sections.';
COMMENT ON TABLE public.lessons IS 'placement: reference. Lessons of a module, in sort_key order.';
COMMENT ON TABLE academy.quizzes IS 'placement: reference. Rules of a quiz.';
COMMENT ON TABLE academy.lesson_blocks IS 'placement: reference. The content of a lesson.';
COMMENT ON TABLE public.quiz_questions IS 'placement: reference. Questions without what is right.';
COMMENT ON TABLE academy.quiz_question_revisions IS 'placement: reference. The words of a question at each revision.';
COMMENT ON TABLE academy_private.quiz_question_keys IS 'placement: reference. What is right; for svc_grader alone.';
COMMENT ON TABLE academy.learners IS 'placement: user. Mirror of the account on the site.';
COMMENT ON TABLE public.enrollments IS 'placement: user. One row per person and course.';

-- ---------------------------------------------------------------- row level security of the exposed tables

ALTER TABLE public.courses        ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.modules        ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.lessons        ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.quiz_questions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.enrollments    ENABLE ROW LEVEL SECURITY;

CREATE POLICY courses_published ON public.courses FOR SELECT TO anon, authenticated
    USING (status = 'published' AND visibility = 'public' AND deleted_at IS NULL);
CREATE POLICY modules_published ON public.modules FOR SELECT TO anon, authenticated
    USING (course_is_public AND status = 'published' AND deleted_at IS NULL);
CREATE POLICY lessons_published ON public.lessons FOR SELECT TO anon, authenticated
    USING (course_is_public AND status = 'published' AND deleted_at IS NULL);
-- Questions reach a learner through an attempt of their own; quiz_questions has no policy, so a direct read is empty.
CREATE POLICY enrollments_own ON public.enrollments FOR SELECT TO authenticated
    USING (user_id = auth.uid());

-- Clients only read: a write answers 42501. Rows are made by the services.
REVOKE ALL ON public.courses, public.modules, public.lessons, public.quiz_questions, public.enrollments
    FROM PUBLIC, anon, authenticated;
GRANT USAGE ON SCHEMA public TO anon, authenticated, service_role;
GRANT SELECT ON public.courses, public.modules, public.lessons, public.quiz_questions, public.enrollments
    TO anon, authenticated;
GRANT SELECT, INSERT, UPDATE, DELETE ON public.courses, public.modules, public.lessons, public.quiz_questions, public.enrollments
    TO service_role;

-- ---------------------------------------------------------------- the service's own role

GRANT USAGE ON SCHEMA public, academy, academy_private, media, extensions TO svc_course;
GRANT SELECT, INSERT, UPDATE, DELETE ON
    public.courses, public.modules, public.lessons, public.quiz_questions, public.enrollments,
    academy.course_search, academy.course_staff, academy.course_prices, academy.grade_categories,
    academy.quizzes, academy.lesson_blocks, academy.learners, media.assets, media.captions
    TO svc_course;
GRANT SELECT ON academy.currencies, academy.course_cards TO svc_course;
-- Append-only: versions and revisions are never changed.
GRANT SELECT, INSERT ON academy.course_versions, academy.quiz_question_revisions TO svc_course;
-- The catalogue may write a key and compare its fingerprint; only the grader can read it back.
GRANT INSERT, SELECT (question_id, revision, key_sha256) ON academy_private.quiz_question_keys TO svc_course;

GRANT USAGE ON SCHEMA academy_private TO svc_grader;
GRANT SELECT ON academy_private.quiz_question_keys TO svc_grader;
