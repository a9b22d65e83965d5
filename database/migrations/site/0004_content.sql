-- The website's content and what its visitors send: blog, newsletter, growth quiz, contact.

CREATE SCHEMA cms;
CALL integ.create_service_role('svc_content', 'tt_site');

-- ---------------------------------------------------------------- blog

CREATE TABLE public.blog_posts (
    id                uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    slug              text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    title             text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    excerpt           text NOT NULL DEFAULT '',
    content           text NOT NULL,
    status            text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'scheduled', 'published', 'archived')),
    author_id         uuid,
    author_name       text NOT NULL DEFAULT '',
    tags              text[] NOT NULL DEFAULT '{}',
    feature_image_url text,
    meta_title        text,
    meta_description  text,
    language          text NOT NULL DEFAULT 'en',
    reading_minutes   integer NOT NULL DEFAULT 1 CHECK (reading_minutes > 0),
    published_at      timestamptz,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    import_key        text UNIQUE,
    CHECK (status <> 'published' OR published_at IS NOT NULL)
);
CREATE INDEX blog_posts_newest ON public.blog_posts (published_at DESC, id DESC) WHERE status = 'published';
CREATE INDEX blog_posts_tags ON public.blog_posts USING gin (tags);
COMMENT ON TABLE public.blog_posts IS 'placement: reference. content is Markdown; cms.rendered_posts holds its HTML.';

-- What content looks like as HTML. The digest is of the Markdown and the renderer, so an edit through /rest/v1 or a
-- new renderer is noticed when the post is next read.
CREATE TABLE cms.rendered_posts (
    post_id       uuid PRIMARY KEY REFERENCES public.blog_posts ON DELETE CASCADE,
    source_digest text NOT NULL,
    html          text NOT NULL
);
COMMENT ON TABLE cms.rendered_posts IS 'placement: reference. Cache of rendered Markdown.';

-- ---------------------------------------------------------------- newsletter

CREATE TABLE public.newsletter_subscribers (
    email                text NOT NULL PRIMARY KEY CHECK (email = lower(email) AND char_length(email) <= 254),
    id                   uuid NOT NULL DEFAULT gen_random_uuid(),
    name                 text CHECK (char_length(name) <= 120),
    status               text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'confirmed', 'unsubscribed')),
    source               text CHECK (char_length(source) <= 80),
    confirmation_sent_at timestamptz,
    confirmed_at         timestamptz,
    unsubscribed_at      timestamptz,
    created_at           timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX newsletter_unsent ON public.newsletter_subscribers (created_at)
    WHERE status = 'pending' AND confirmation_sent_at IS NULL;
CREATE INDEX newsletter_id ON public.newsletter_subscribers (id);
COMMENT ON TABLE public.newsletter_subscribers IS 'placement: key(email). One row per normalised address.';

-- ---------------------------------------------------------------- growth quiz

CREATE TABLE cms.growth_quizzes (
    slug       text NOT NULL,
    version    integer NOT NULL CHECK (version > 0),
    definition jsonb NOT NULL,
    is_live    boolean NOT NULL DEFAULT false,
    PRIMARY KEY (slug, version)
);
CREATE UNIQUE INDEX growth_quizzes_live ON cms.growth_quizzes (slug) WHERE is_live;
COMMENT ON TABLE cms.growth_quizzes IS 'placement: reference. A version never changes once someone answered it.';

CREATE TABLE public.quiz_results (
    id                       uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    quiz_slug                text NOT NULL DEFAULT 'growth',
    quiz_version             integer NOT NULL DEFAULT 1,
    token_sha256             bytea,
    user_id                  uuid,
    email                    text CHECK (char_length(email) <= 254),
    answers                  jsonb NOT NULL DEFAULT '{}',
    scores                   jsonb,
    profile                  text,
    recommended_course_slugs text[] NOT NULL DEFAULT '{}',
    utm                      jsonb NOT NULL DEFAULT '{}',
    started_at               timestamptz NOT NULL DEFAULT now(),
    completed_at             timestamptz,
    claimed_at               timestamptz,
    CHECK (pg_column_size(answers) <= 32768 AND pg_column_size(utm) <= 4096)
);
CREATE INDEX quiz_results_token ON public.quiz_results (token_sha256) WHERE token_sha256 IS NOT NULL;
CREATE INDEX quiz_results_user ON public.quiz_results (user_id, completed_at) WHERE user_id IS NOT NULL;
COMMENT ON TABLE public.quiz_results IS 'placement: key(id). Taken by a visitor, later claimed by an account.';

-- The academy's catalogue as the site last heard of it (course.published), so that it can recommend courses while the
-- academy is away.
CREATE TABLE cms.course_mirror (
    course_id        uuid PRIMARY KEY,
    slug             text NOT NULL,
    title            text NOT NULL,
    subtitle         text,
    level            text NOT NULL DEFAULT 'all',
    duration_seconds integer NOT NULL DEFAULT 0,
    lesson_count     integer NOT NULL DEFAULT 0,
    version_no       integer NOT NULL,
    updated_at       timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE cms.course_mirror IS 'placement: reference. Read copy; the academy is its only source.';

-- ---------------------------------------------------------------- contact

CREATE TABLE public.contact_messages (
    id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name       text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    email      text NOT NULL CHECK (char_length(email) BETWEEN 3 AND 254),
    subject    text NOT NULL DEFAULT '' CHECK (char_length(subject) <= 200),
    message    text NOT NULL CHECK (char_length(message) BETWEEN 1 AND 10000),
    status     text NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'open', 'closed', 'spam')),
    user_id    uuid,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX contact_messages_inbox ON public.contact_messages (status, created_at);
COMMENT ON TABLE public.contact_messages IS 'placement: key(id). Spam is kept in quarantine, never answered differently.';

-- ---------------------------------------------------------------- row level security of the exposed tables

ALTER TABLE public.blog_posts             ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.newsletter_subscribers ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.quiz_results           ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.contact_messages       ENABLE ROW LEVEL SECURITY;

CREATE POLICY blog_posts_published ON public.blog_posts FOR SELECT TO anon, authenticated
    USING (status = 'published' OR author_id = auth.uid());
CREATE POLICY newsletter_subscribe ON public.newsletter_subscribers FOR INSERT TO anon, authenticated
    WITH CHECK (status = 'pending');
CREATE POLICY quiz_results_insert ON public.quiz_results FOR INSERT TO anon, authenticated
    WITH CHECK (user_id IS NULL OR user_id = auth.uid());
CREATE POLICY quiz_results_own ON public.quiz_results FOR SELECT TO authenticated USING (user_id = auth.uid());
CREATE POLICY contact_insert ON public.contact_messages FOR INSERT TO anon, authenticated WITH CHECK (status = 'new');

GRANT SELECT ON public.blog_posts TO anon, authenticated;
GRANT INSERT (email, name, source) ON public.newsletter_subscribers TO anon, authenticated;
GRANT INSERT (quiz_slug, user_id, email, answers, utm) ON public.quiz_results TO anon, authenticated;
GRANT SELECT (id, quiz_slug, quiz_version, user_id, email, answers, scores, profile, recommended_course_slugs,
              started_at, completed_at, claimed_at) ON public.quiz_results TO authenticated;
GRANT INSERT (name, email, subject, message) ON public.contact_messages TO anon, authenticated;

GRANT USAGE ON SCHEMA public, cms TO svc_content;
GRANT SELECT, INSERT, UPDATE ON public.blog_posts, public.newsletter_subscribers, public.quiz_results,
    public.contact_messages TO svc_content;
GRANT SELECT, INSERT, UPDATE, DELETE ON cms.rendered_posts, cms.growth_quizzes, cms.course_mirror TO svc_content;
