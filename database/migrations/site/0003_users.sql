-- People as the product sees them: the account's public face and its settings. Credentials are in schema auth.

CALL integ.create_service_role('svc_user', 'tt_site');

CREATE TABLE public.users (
    id         uuid PRIMARY KEY,
    email      text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz
);
COMMENT ON TABLE public.users IS 'placement: key(id). One row per account; uniqueness of e-mail lives in auth.';

CREATE TABLE public.profiles (
    user_id              uuid PRIMARY KEY,
    display_name         text CHECK (char_length(display_name) BETWEEN 1 AND 120),
    headline             text CHECK (char_length(headline) <= 200),
    bio                  text CHECK (char_length(bio) <= 4000),
    locale               text NOT NULL DEFAULT 'en' CHECK (locale ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
    timezone             text NOT NULL DEFAULT 'UTC' CHECK (char_length(timezone) <= 64),
    marketing_consent    boolean NOT NULL DEFAULT false,
    marketing_consent_at timestamptz,
    row_version          bigint NOT NULL DEFAULT 1,
    updated_at           timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE public.profiles IS 'placement: user. The site is its only writer; the academy holds a mirror.';

ALTER TABLE public.users    ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.profiles ENABLE ROW LEVEL SECURITY;

CREATE POLICY users_own ON public.users FOR SELECT TO authenticated USING (id = auth.uid());
CREATE POLICY profiles_own ON public.profiles FOR SELECT TO authenticated USING (user_id = auth.uid());

GRANT SELECT ON public.users, public.profiles TO authenticated;

GRANT USAGE ON SCHEMA public TO svc_user;
GRANT SELECT, INSERT, UPDATE ON public.users, public.profiles TO svc_user;
