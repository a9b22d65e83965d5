CREATE SCHEMA auth;
CREATE SCHEMA cms;
CREATE SCHEMA integ;
CREATE SCHEMA migrations;
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
CREATE TABLE auth.admin_claims (
    token_hash bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    used_by uuid
);
COMMENT ON TABLE auth.admin_claims IS 'placement: local. One-time links that make the first administrator.';
CREATE TABLE auth.identities (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    provider text NOT NULL,
    provider_id text NOT NULL,
    identity_data jsonb NOT NULL,
    last_sign_in_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE auth.identities IS 'placement: user. Ways a person proves who they are.';
CREATE TABLE auth.one_time_tokens (
    user_id uuid NOT NULL,
    kind text NOT NULL,
    link_hash bytea NOT NULL,
    code_hash bytea NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT one_time_tokens_kind_check CHECK ((kind = ANY (ARRAY['confirmation'::text, 'recovery'::text])))
);
COMMENT ON TABLE auth.one_time_tokens IS 'placement: user. SHA-256 of what was mailed; used once.';
CREATE TABLE auth.session_handoffs (
    user_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    session_id uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE auth.session_handoffs IS 'placement: user. Codes that carry a sign-in to the other site; used once.';
CREATE TABLE auth.sessions (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    refresh_key bytea NOT NULL,
    counter bigint DEFAULT 0 NOT NULL,
    aal text DEFAULT 'aal1'::text NOT NULL,
    amr jsonb NOT NULL,
    user_agent text DEFAULT ''::text NOT NULL,
    ip text DEFAULT ''::text NOT NULL,
    authenticated_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    refreshed_at timestamp with time zone NOT NULL,
    not_after timestamp with time zone NOT NULL,
    CONSTRAINT sessions_aal_check CHECK ((aal = ANY (ARRAY['aal1'::text, 'aal2'::text]))),
    CONSTRAINT sessions_counter_check CHECK ((counter >= 0)),
    CONSTRAINT sessions_ip_check CHECK ((char_length(ip) <= 64)),
    CONSTRAINT sessions_user_agent_check CHECK ((char_length(user_agent) <= 256))
);
COMMENT ON TABLE auth.sessions IS 'placement: user. A signed-in device; deleting the row ends it.';
CREATE TABLE auth.signing_keys (
    kid text NOT NULL,
    algorithm text NOT NULL,
    state text NOT NULL,
    private_key bytea NOT NULL,
    public_jwk jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT signing_keys_algorithm_check CHECK ((algorithm = 'ES256'::text)),
    CONSTRAINT signing_keys_state_check CHECK ((state = ANY (ARRAY['next'::text, 'current'::text, 'previous'::text, 'retired'::text])))
);
COMMENT ON TABLE auth.signing_keys IS 'placement: local. Private parts are sealed by the master key.';
CREATE TABLE auth.user_emails (
    email text NOT NULL,
    user_id uuid NOT NULL,
    CONSTRAINT user_emails_email_check CHECK ((email = lower(email)))
);
COMMENT ON TABLE auth.user_emails IS 'placement: key(email). Registry: normalised address to account.';
CREATE TABLE auth.users (
    id uuid NOT NULL,
    email text NOT NULL,
    password_hash text,
    app_metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    user_metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    email_confirmed_at timestamp with time zone,
    confirmation_sent_at timestamp with time zone,
    recovery_sent_at timestamp with time zone,
    last_sign_in_at timestamp with time zone,
    banned_until timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT users_email_check CHECK (((email = lower(email)) AND (char_length(email) <= 254)))
);
COMMENT ON TABLE auth.users IS 'placement: key(id). One account; app_metadata (roles) is written by the server only.';
CREATE TABLE cms.course_mirror (
    course_id uuid NOT NULL,
    slug text NOT NULL,
    title text NOT NULL,
    subtitle text,
    level text DEFAULT 'all'::text NOT NULL,
    duration_seconds integer DEFAULT 0 NOT NULL,
    lesson_count integer DEFAULT 0 NOT NULL,
    version_no integer NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
COMMENT ON TABLE cms.course_mirror IS 'placement: reference. Read copy; the academy is its only source.';
CREATE TABLE cms.growth_quizzes (
    slug text NOT NULL,
    version integer NOT NULL,
    definition jsonb NOT NULL,
    is_live boolean DEFAULT false NOT NULL,
    CONSTRAINT growth_quizzes_version_check CHECK ((version > 0))
);
COMMENT ON TABLE cms.growth_quizzes IS 'placement: reference. A version never changes once someone answered it.';
CREATE TABLE cms.rendered_posts (
    post_id uuid NOT NULL,
    source_digest text NOT NULL,
    html text NOT NULL
);
COMMENT ON TABLE cms.rendered_posts IS 'placement: reference. Cache of rendered Markdown.';
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
CREATE TABLE migrations.applied (
    set text NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    duration_ms integer NOT NULL
);
COMMENT ON TABLE migrations.applied IS 'placement: local. Migrations this database has had.';
CREATE TABLE public.blog_posts (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    slug text NOT NULL,
    title text NOT NULL,
    excerpt text DEFAULT ''::text NOT NULL,
    content text NOT NULL,
    status text DEFAULT 'draft'::text NOT NULL,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    feature_image_url text,
    meta_title text,
    meta_description text,
    language text DEFAULT 'en'::text NOT NULL,
    reading_minutes integer DEFAULT 1 NOT NULL,
    published_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    import_key text,
    CONSTRAINT blog_posts_check CHECK (((status <> 'published'::text) OR (published_at IS NOT NULL))),
    CONSTRAINT blog_posts_reading_minutes_check CHECK ((reading_minutes > 0)),
    CONSTRAINT blog_posts_slug_check CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
    CONSTRAINT blog_posts_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'scheduled'::text, 'published'::text, 'archived'::text]))),
    CONSTRAINT blog_posts_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 200)))
);
COMMENT ON TABLE public.blog_posts IS 'placement: reference. content is Markdown; cms.rendered_posts holds its HTML.';
CREATE TABLE public.contact_messages (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    subject text DEFAULT ''::text NOT NULL,
    message text NOT NULL,
    status text DEFAULT 'new'::text NOT NULL,
    user_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT contact_messages_email_check CHECK (((char_length(email) >= 3) AND (char_length(email) <= 254))),
    CONSTRAINT contact_messages_message_check CHECK (((char_length(message) >= 1) AND (char_length(message) <= 10000))),
    CONSTRAINT contact_messages_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120))),
    CONSTRAINT contact_messages_status_check CHECK ((status = ANY (ARRAY['new'::text, 'open'::text, 'closed'::text, 'spam'::text]))),
    CONSTRAINT contact_messages_subject_check CHECK ((char_length(subject) <= 200))
);
COMMENT ON TABLE public.contact_messages IS 'placement: key(id). Spam is kept in quarantine, never answered differently.';
CREATE TABLE public.newsletter_subscribers (
    email text NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text,
    status text DEFAULT 'pending'::text NOT NULL,
    source text,
    confirmation_sent_at timestamp with time zone,
    confirmed_at timestamp with time zone,
    unsubscribed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT newsletter_subscribers_email_check CHECK (((email = lower(email)) AND (char_length(email) <= 254))),
    CONSTRAINT newsletter_subscribers_name_check CHECK ((char_length(name) <= 120)),
    CONSTRAINT newsletter_subscribers_source_check CHECK ((char_length(source) <= 80)),
    CONSTRAINT newsletter_subscribers_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'confirmed'::text, 'unsubscribed'::text])))
);
COMMENT ON TABLE public.newsletter_subscribers IS 'placement: key(email). One row per normalised address.';
CREATE TABLE public.profiles (
    user_id uuid NOT NULL,
    display_name text,
    headline text,
    bio text,
    locale text DEFAULT 'en'::text NOT NULL,
    timezone text DEFAULT 'UTC'::text NOT NULL,
    marketing_consent boolean DEFAULT false NOT NULL,
    marketing_consent_at timestamp with time zone,
    row_version bigint DEFAULT 1 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT profiles_bio_check CHECK ((char_length(bio) <= 4000)),
    CONSTRAINT profiles_display_name_check CHECK (((char_length(display_name) >= 1) AND (char_length(display_name) <= 120))),
    CONSTRAINT profiles_headline_check CHECK ((char_length(headline) <= 200)),
    CONSTRAINT profiles_locale_check CHECK ((locale ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'::text)),
    CONSTRAINT profiles_timezone_check CHECK ((char_length(timezone) <= 64))
);
COMMENT ON TABLE public.profiles IS 'placement: user. The site is its only writer; the academy holds a mirror.';
CREATE TABLE public.quiz_results (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    quiz_slug text DEFAULT 'growth'::text NOT NULL,
    quiz_version integer DEFAULT 1 NOT NULL,
    token_sha256 bytea,
    user_id uuid,
    email text,
    answers jsonb DEFAULT '{}'::jsonb NOT NULL,
    scores jsonb,
    profile text,
    recommended_course_slugs text[] DEFAULT '{}'::text[] NOT NULL,
    utm jsonb DEFAULT '{}'::jsonb NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    completed_at timestamp with time zone,
    claimed_at timestamp with time zone,
    CONSTRAINT quiz_results_check CHECK (((pg_column_size(answers) <= 32768) AND (pg_column_size(utm) <= 4096))),
    CONSTRAINT quiz_results_email_check CHECK ((char_length(email) <= 254))
);
COMMENT ON TABLE public.quiz_results IS 'placement: key(id). Taken by a visitor, later claimed by an account.';
CREATE TABLE public.users (
    id uuid NOT NULL,
    email text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone
);
COMMENT ON TABLE public.users IS 'placement: key(id). One row per account; uniqueness of e-mail lives in auth.';
ALTER TABLE ONLY auth.admin_claims
    ADD CONSTRAINT admin_claims_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY auth.identities
    ADD CONSTRAINT identities_pkey PRIMARY KEY (user_id, id);
ALTER TABLE ONLY auth.identities
    ADD CONSTRAINT identities_user_id_provider_provider_id_key UNIQUE (user_id, provider, provider_id);
ALTER TABLE ONLY auth.one_time_tokens
    ADD CONSTRAINT one_time_tokens_pkey PRIMARY KEY (user_id, kind);
ALTER TABLE ONLY auth.session_handoffs
    ADD CONSTRAINT session_handoffs_pkey PRIMARY KEY (user_id, code_hash);
ALTER TABLE ONLY auth.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (user_id, id);
ALTER TABLE ONLY auth.signing_keys
    ADD CONSTRAINT signing_keys_pkey PRIMARY KEY (kid);
ALTER TABLE ONLY auth.user_emails
    ADD CONSTRAINT user_emails_pkey PRIMARY KEY (email);
ALTER TABLE ONLY auth.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);
ALTER TABLE ONLY cms.course_mirror
    ADD CONSTRAINT course_mirror_pkey PRIMARY KEY (course_id);
ALTER TABLE ONLY cms.growth_quizzes
    ADD CONSTRAINT growth_quizzes_pkey PRIMARY KEY (slug, version);
ALTER TABLE ONLY cms.rendered_posts
    ADD CONSTRAINT rendered_posts_pkey PRIMARY KEY (post_id);
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
ALTER TABLE ONLY migrations.applied
    ADD CONSTRAINT applied_pkey PRIMARY KEY (set, name);
ALTER TABLE ONLY public.blog_posts
    ADD CONSTRAINT blog_posts_import_key_key UNIQUE (import_key);
ALTER TABLE ONLY public.blog_posts
    ADD CONSTRAINT blog_posts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.blog_posts
    ADD CONSTRAINT blog_posts_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.contact_messages
    ADD CONSTRAINT contact_messages_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.newsletter_subscribers
    ADD CONSTRAINT newsletter_subscribers_pkey PRIMARY KEY (email);
ALTER TABLE ONLY public.profiles
    ADD CONSTRAINT profiles_pkey PRIMARY KEY (user_id);
ALTER TABLE ONLY public.quiz_results
    ADD CONSTRAINT quiz_results_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);
CREATE INDEX session_handoffs_expires ON auth.session_handoffs USING btree (expires_at);
CREATE INDEX sessions_not_after ON auth.sessions USING btree (not_after);
CREATE UNIQUE INDEX signing_keys_one_current ON auth.signing_keys USING btree (state) WHERE (state = 'current'::text);
CREATE UNIQUE INDEX growth_quizzes_live ON cms.growth_quizzes USING btree (slug) WHERE is_live;
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
CREATE INDEX blog_posts_newest ON public.blog_posts USING btree (published_at DESC, id DESC) WHERE (status = 'published'::text);
CREATE INDEX blog_posts_tags ON public.blog_posts USING gin (tags);
CREATE INDEX contact_messages_inbox ON public.contact_messages USING btree (status, created_at);
CREATE INDEX newsletter_id ON public.newsletter_subscribers USING btree (id);
CREATE INDEX newsletter_unsent ON public.newsletter_subscribers USING btree (created_at) WHERE ((status = 'pending'::text) AND (confirmation_sent_at IS NULL));
CREATE INDEX quiz_results_token ON public.quiz_results USING btree (token_sha256) WHERE (token_sha256 IS NOT NULL);
CREATE INDEX quiz_results_user ON public.quiz_results USING btree (user_id, completed_at) WHERE (user_id IS NOT NULL);
ALTER TABLE ONLY auth.identities
    ADD CONSTRAINT identities_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.one_time_tokens
    ADD CONSTRAINT one_time_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.session_handoffs
    ADD CONSTRAINT session_handoffs_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY cms.rendered_posts
    ADD CONSTRAINT rendered_posts_post_id_fkey FOREIGN KEY (post_id) REFERENCES public.blog_posts(id) ON DELETE CASCADE;
ALTER TABLE ONLY integ.deliveries
    ADD CONSTRAINT deliveries_outbox_id_fkey FOREIGN KEY (outbox_id) REFERENCES integ.outbox(id);
ALTER TABLE ONLY integ.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_endpoint_id_fkey FOREIGN KEY (endpoint_id) REFERENCES integ.webhook_endpoints(id) ON DELETE CASCADE;
ALTER TABLE ONLY integ.webhook_deliveries
    ADD CONSTRAINT webhook_deliveries_outbox_id_fkey FOREIGN KEY (outbox_id) REFERENCES integ.outbox(id);
ALTER TABLE public.blog_posts ENABLE ROW LEVEL SECURITY;
CREATE POLICY blog_posts_published ON public.blog_posts FOR SELECT TO anon, authenticated USING (((status = 'published'::text) OR (author_id = auth.uid())));
CREATE POLICY contact_insert ON public.contact_messages FOR INSERT TO anon, authenticated WITH CHECK ((status = 'new'::text));
ALTER TABLE public.contact_messages ENABLE ROW LEVEL SECURITY;
CREATE POLICY newsletter_subscribe ON public.newsletter_subscribers FOR INSERT TO anon, authenticated WITH CHECK ((status = 'pending'::text));
ALTER TABLE public.newsletter_subscribers ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.profiles ENABLE ROW LEVEL SECURITY;
CREATE POLICY profiles_own ON public.profiles FOR SELECT TO authenticated USING ((user_id = auth.uid()));
ALTER TABLE public.quiz_results ENABLE ROW LEVEL SECURITY;
CREATE POLICY quiz_results_insert ON public.quiz_results FOR INSERT TO anon, authenticated WITH CHECK (((user_id IS NULL) OR (user_id = auth.uid())));
CREATE POLICY quiz_results_own ON public.quiz_results FOR SELECT TO authenticated USING ((user_id = auth.uid()));
ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;
CREATE POLICY users_own ON public.users FOR SELECT TO authenticated USING ((id = auth.uid()));
GRANT USAGE ON SCHEMA auth TO anon;
GRANT USAGE ON SCHEMA auth TO authenticated;
GRANT USAGE ON SCHEMA auth TO service_role;
GRANT USAGE ON SCHEMA auth TO integ_member;
GRANT USAGE ON SCHEMA auth TO svc_platform;
GRANT USAGE ON SCHEMA auth TO svc_auth;
GRANT USAGE ON SCHEMA cms TO svc_content;
GRANT USAGE ON SCHEMA integ TO integ_member;
GRANT USAGE ON SCHEMA integ TO svc_platform;
GRANT USAGE ON SCHEMA public TO anon;
GRANT USAGE ON SCHEMA public TO authenticated;
GRANT USAGE ON SCHEMA public TO service_role;
GRANT USAGE ON SCHEMA public TO integ_member;
GRANT USAGE ON SCHEMA public TO svc_platform;
GRANT USAGE ON SCHEMA public TO svc_user;
GRANT USAGE ON SCHEMA public TO svc_content;
REVOKE ALL ON PROCEDURE integ.create_role(IN role_name text, IN attributes text) FROM PUBLIC;
REVOKE ALL ON PROCEDURE integ.create_service_role(IN role_name text, IN login_role text) FROM PUBLIC;
REVOKE ALL ON PROCEDURE integ.grant_role(IN role_name text, IN member_name text) FROM PUBLIC;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.admin_claims TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.identities TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.one_time_tokens TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.session_handoffs TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.sessions TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.signing_keys TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.user_emails TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.users TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE cms.course_mirror TO svc_content;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE cms.growth_quizzes TO svc_content;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE cms.rendered_posts TO svc_content;
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
GRANT ALL ON TABLE public.blog_posts TO service_role;
GRANT SELECT ON TABLE public.blog_posts TO anon;
GRANT SELECT ON TABLE public.blog_posts TO authenticated;
GRANT SELECT,INSERT,UPDATE ON TABLE public.blog_posts TO svc_content;
GRANT ALL ON TABLE public.contact_messages TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.contact_messages TO svc_content;
GRANT INSERT(name) ON TABLE public.contact_messages TO anon;
GRANT INSERT(name) ON TABLE public.contact_messages TO authenticated;
GRANT INSERT(email) ON TABLE public.contact_messages TO anon;
GRANT INSERT(email) ON TABLE public.contact_messages TO authenticated;
GRANT INSERT(subject) ON TABLE public.contact_messages TO anon;
GRANT INSERT(subject) ON TABLE public.contact_messages TO authenticated;
GRANT INSERT(message) ON TABLE public.contact_messages TO anon;
GRANT INSERT(message) ON TABLE public.contact_messages TO authenticated;
GRANT ALL ON TABLE public.newsletter_subscribers TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.newsletter_subscribers TO svc_content;
GRANT INSERT(email) ON TABLE public.newsletter_subscribers TO anon;
GRANT INSERT(email) ON TABLE public.newsletter_subscribers TO authenticated;
GRANT INSERT(name) ON TABLE public.newsletter_subscribers TO anon;
GRANT INSERT(name) ON TABLE public.newsletter_subscribers TO authenticated;
GRANT INSERT(source) ON TABLE public.newsletter_subscribers TO anon;
GRANT INSERT(source) ON TABLE public.newsletter_subscribers TO authenticated;
GRANT ALL ON TABLE public.profiles TO service_role;
GRANT SELECT ON TABLE public.profiles TO authenticated;
GRANT SELECT,INSERT,UPDATE ON TABLE public.profiles TO svc_user;
GRANT ALL ON TABLE public.quiz_results TO service_role;
GRANT SELECT,INSERT,UPDATE ON TABLE public.quiz_results TO svc_content;
GRANT SELECT(id) ON TABLE public.quiz_results TO authenticated;
GRANT INSERT(quiz_slug) ON TABLE public.quiz_results TO anon;
GRANT SELECT(quiz_slug),INSERT(quiz_slug) ON TABLE public.quiz_results TO authenticated;
GRANT SELECT(quiz_version) ON TABLE public.quiz_results TO authenticated;
GRANT INSERT(user_id) ON TABLE public.quiz_results TO anon;
GRANT SELECT(user_id),INSERT(user_id) ON TABLE public.quiz_results TO authenticated;
GRANT INSERT(email) ON TABLE public.quiz_results TO anon;
GRANT SELECT(email),INSERT(email) ON TABLE public.quiz_results TO authenticated;
GRANT INSERT(answers) ON TABLE public.quiz_results TO anon;
GRANT SELECT(answers),INSERT(answers) ON TABLE public.quiz_results TO authenticated;
GRANT SELECT(scores) ON TABLE public.quiz_results TO authenticated;
GRANT SELECT(profile) ON TABLE public.quiz_results TO authenticated;
GRANT SELECT(recommended_course_slugs) ON TABLE public.quiz_results TO authenticated;
GRANT INSERT(utm) ON TABLE public.quiz_results TO anon;
GRANT INSERT(utm) ON TABLE public.quiz_results TO authenticated;
GRANT SELECT(started_at) ON TABLE public.quiz_results TO authenticated;
GRANT SELECT(completed_at) ON TABLE public.quiz_results TO authenticated;
GRANT SELECT(claimed_at) ON TABLE public.quiz_results TO authenticated;
GRANT ALL ON TABLE public.users TO service_role;
GRANT SELECT ON TABLE public.users TO authenticated;
GRANT SELECT,INSERT,UPDATE ON TABLE public.users TO svc_user;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT ALL ON TABLES  TO service_role;
