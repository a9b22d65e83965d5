CREATE SCHEMA account;
CREATE SCHEMA auth;
CREATE SCHEMA cms;
CREATE SCHEMA integ;
CREATE SCHEMA migrations;
CREATE FUNCTION auth.create_audit_partitions(first_month date, months integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
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
CREATE FUNCTION auth.email() RETURNS text
    LANGUAGE sql STABLE
    AS $$ SELECT nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email' $$;
CREATE FUNCTION auth.forget_audit_through(last_seq bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
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
$_$;
CREATE FUNCTION auth.jwt() RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$ SELECT nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;
CREATE FUNCTION auth.role() RETURNS text
    LANGUAGE sql STABLE
    AS $$ SELECT nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role' $$;
CREATE FUNCTION auth.uid() RETURNS uuid
    LANGUAGE sql STABLE
    AS $$ SELECT (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;
CREATE FUNCTION auth.uuid_v7_floor(moment timestamp with time zone) RETURNS uuid
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid
$$;
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
CREATE TABLE account.avatars (
    key text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    dropped_at timestamp with time zone,
    CONSTRAINT avatars_key_check CHECK ((key ~ '^[0-9a-f]{64}$'::text))
);
COMMENT ON TABLE account.avatars IS 'placement: key(key). Pictures that everybody may fetch, by their content.';
CREATE TABLE account.exports (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    format text NOT NULL,
    status text NOT NULL,
    parts jsonb NOT NULL,
    object_key text,
    bytes bigint,
    requested_at timestamp with time zone NOT NULL,
    retry_at timestamp with time zone,
    finished_at timestamp with time zone,
    expires_at timestamp with time zone,
    CONSTRAINT exports_bytes_check CHECK ((bytes >= 0)),
    CONSTRAINT exports_check CHECK (((status <> ALL (ARRAY['ready'::text, 'incomplete'::text])) OR (object_key IS NOT NULL))),
    CONSTRAINT exports_format_check CHECK ((format = ANY (ARRAY['zip'::text, 'json'::text]))),
    CONSTRAINT exports_object_key_check CHECK ((object_key ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT exports_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'waiting'::text, 'ready'::text, 'incomplete'::text, 'expired'::text])))
);
COMMENT ON TABLE account.exports IS 'placement: user. Copies of all data of a person, made on request.';
CREATE TABLE account.invitations (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    email text NOT NULL,
    role text NOT NULL,
    any_address boolean DEFAULT false NOT NULL,
    token_hash bytea,
    invited_by uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    accepted_by uuid,
    revoked_at timestamp with time zone,
    CONSTRAINT invitations_check CHECK (((accepted_at IS NULL) = (accepted_by IS NULL))),
    CONSTRAINT invitations_email_check CHECK (((email = lower(email)) AND (char_length(email) <= 254))),
    CONSTRAINT invitations_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'member'::text]))),
    CONSTRAINT invitations_token_hash_check CHECK ((octet_length(token_hash) = 32))
);
COMMENT ON TABLE account.invitations IS 'placement: key(organization_id). Only the SHA-256 of the token is kept.';
CREATE TABLE account.inviters (
    user_id uuid NOT NULL,
    whole_again_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE account.inviters IS 'placement: user. Who has sent invitations lately; nothing about to whom.';
CREATE TABLE account.members (
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    CONSTRAINT members_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'member'::text])))
);
COMMENT ON TABLE account.members IS 'placement: key(organization_id). Who belongs to an organisation, and as what.';
CREATE TABLE account.memberships (
    user_id uuid NOT NULL,
    organization_id uuid NOT NULL
);
COMMENT ON TABLE account.memberships IS 'placement: user. Registry: the organisations of a person.';
CREATE TABLE account.organizations (
    id uuid NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    row_version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT organizations_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120)))
);
COMMENT ON TABLE account.organizations IS 'placement: key(id). A tenant: people who work together.';
CREATE TABLE account.preferences (
    user_id uuid NOT NULL,
    theme text DEFAULT 'system'::text NOT NULL,
    mail_organizations boolean DEFAULT true NOT NULL,
    CONSTRAINT preferences_theme_check CHECK ((theme = ANY (ARRAY['system'::text, 'light'::text, 'dark'::text])))
);
COMMENT ON TABLE account.preferences IS 'placement: user. No row: everything as by default.';
CREATE TABLE auth.admin_claims (
    token_hash bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    used_by uuid
);
COMMENT ON TABLE auth.admin_claims IS 'placement: local. One-time links that make the first administrator.';
CREATE TABLE auth.api_key_owners (
    key_id uuid NOT NULL,
    user_id uuid NOT NULL
);
COMMENT ON TABLE auth.api_key_owners IS 'placement: key(key_id). Registry: API key to account.';
CREATE TABLE auth.api_key_secrets (
    user_id uuid NOT NULL,
    key_id uuid NOT NULL,
    secret_hash bytea NOT NULL,
    expires_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT api_key_secrets_secret_hash_check CHECK ((octet_length(secret_hash) = 32))
);
COMMENT ON TABLE auth.api_key_secrets IS 'placement: user. What opens an API key.';
CREATE TABLE auth.api_keys (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    scopes text[] NOT NULL,
    allowed_ips text[] DEFAULT '{}'::text[] NOT NULL,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT api_keys_allowed_ips_check CHECK ((cardinality(allowed_ips) <= 32)),
    CONSTRAINT api_keys_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100))),
    CONSTRAINT api_keys_scopes_check CHECK (((cardinality(scopes) >= 1) AND (cardinality(scopes) <= 32)))
);
COMMENT ON TABLE auth.api_keys IS 'placement: user. Keys people give to programs; deleting the row revokes one.';
CREATE TABLE auth.attempts (
    account bytea NOT NULL,
    kind text NOT NULL,
    origin bytea NOT NULL,
    failures integer NOT NULL,
    last_at timestamp with time zone NOT NULL,
    blocked_until timestamp with time zone NOT NULL,
    CONSTRAINT attempts_account_check CHECK ((octet_length(account) = 32)),
    CONSTRAINT attempts_failures_check CHECK ((failures > 0)),
    CONSTRAINT attempts_kind_check CHECK ((kind = ANY (ARRAY['password'::text, 'otp'::text, 'mfa'::text]))),
    CONSTRAINT attempts_origin_check CHECK ((octet_length(origin) <= 32))
);
COMMENT ON TABLE auth.attempts IS 'placement: key(account). Guesses in a row; a right one deletes the rows.';
CREATE TABLE auth.audit_chain (
    only_row boolean DEFAULT true NOT NULL,
    key bytea NOT NULL,
    start_seq bigint DEFAULT 0 NOT NULL,
    start_hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT audit_chain_only_row_check CHECK (only_row)
);
COMMENT ON TABLE auth.audit_chain IS 'placement: local. The key of the chain, sealed by the master key, and its beginning.';
CREATE TABLE auth.audit_entries (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    action text NOT NULL,
    outcome text NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    subject_id uuid,
    target text DEFAULT ''::text NOT NULL,
    ip text DEFAULT ''::text NOT NULL,
    user_agent text DEFAULT ''::text NOT NULL,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT audit_entries_action_check CHECK ((action ~ '^[a-z][a-z0-9_]{1,63}$'::text)),
    CONSTRAINT audit_entries_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['user'::text, 'admin'::text, 'service'::text, 'anonymous'::text, 'system'::text]))),
    CONSTRAINT audit_entries_details_check CHECK ((jsonb_typeof(details) = 'object'::text)),
    CONSTRAINT audit_entries_ip_check CHECK ((char_length(ip) <= 64)),
    CONSTRAINT audit_entries_outcome_check CHECK ((outcome = ANY (ARRAY['success'::text, 'failure'::text]))),
    CONSTRAINT audit_entries_target_check CHECK ((char_length(target) <= 256)),
    CONSTRAINT audit_entries_user_agent_check CHECK ((char_length(user_agent) <= 256))
)
PARTITION BY RANGE (id);
COMMENT ON TABLE auth.audit_entries IS 'placement: key(id). Append-only: who did what to whom, failures included.';
CREATE TABLE auth.audit_entries_default (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    action text NOT NULL,
    outcome text NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    subject_id uuid,
    target text DEFAULT ''::text NOT NULL,
    ip text DEFAULT ''::text NOT NULL,
    user_agent text DEFAULT ''::text NOT NULL,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT audit_entries_action_check CHECK ((action ~ '^[a-z][a-z0-9_]{1,63}$'::text)),
    CONSTRAINT audit_entries_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['user'::text, 'admin'::text, 'service'::text, 'anonymous'::text, 'system'::text]))),
    CONSTRAINT audit_entries_details_check CHECK ((jsonb_typeof(details) = 'object'::text)),
    CONSTRAINT audit_entries_ip_check CHECK ((char_length(ip) <= 64)),
    CONSTRAINT audit_entries_outcome_check CHECK ((outcome = ANY (ARRAY['success'::text, 'failure'::text]))),
    CONSTRAINT audit_entries_target_check CHECK ((char_length(target) <= 256)),
    CONSTRAINT audit_entries_user_agent_check CHECK ((char_length(user_agent) <= 256))
);
COMMENT ON TABLE auth.audit_entries_default IS 'placement: key(id). Entries outside every month that has a partition.';
CREATE TABLE auth.audit_links (
    seq bigint NOT NULL,
    entry_id uuid NOT NULL,
    hash bytea NOT NULL,
    sealed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT audit_links_hash_check CHECK ((octet_length(hash) = 32))
);
COMMENT ON TABLE auth.audit_links IS 'placement: local. The hash chain over the entries.';
CREATE TABLE auth.audit_pending (
    entry_id uuid NOT NULL
);
COMMENT ON TABLE auth.audit_pending IS 'placement: key(entry_id). Entries that have no link yet.';
CREATE TABLE auth.custom_providers (
    id uuid NOT NULL,
    identifier text NOT NULL,
    provider_type text NOT NULL,
    name text NOT NULL,
    client_id text NOT NULL,
    secret bytea NOT NULL,
    acceptable_client_ids text[] DEFAULT '{}'::text[] NOT NULL,
    scopes text[] DEFAULT '{}'::text[] NOT NULL,
    custom_claims_allowlist text[] DEFAULT '{}'::text[] NOT NULL,
    pkce_enabled boolean DEFAULT true NOT NULL,
    attribute_mapping jsonb DEFAULT '{}'::jsonb NOT NULL,
    authorization_params jsonb DEFAULT '{}'::jsonb NOT NULL,
    is_enabled boolean DEFAULT true NOT NULL,
    email_optional boolean DEFAULT false NOT NULL,
    issuer text,
    discovery_url text,
    skip_nonce_check boolean DEFAULT false NOT NULL,
    discovery_document jsonb,
    authorization_url text,
    token_url text,
    userinfo_url text,
    jwks_uri text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT custom_providers_acceptable_client_ids_check CHECK ((cardinality(acceptable_client_ids) <= 50)),
    CONSTRAINT custom_providers_attribute_mapping_check CHECK ((jsonb_typeof(attribute_mapping) = 'object'::text)),
    CONSTRAINT custom_providers_authorization_params_check CHECK ((jsonb_typeof(authorization_params) = 'object'::text)),
    CONSTRAINT custom_providers_authorization_url_check CHECK (((char_length(authorization_url) >= 1) AND (char_length(authorization_url) <= 2048))),
    CONSTRAINT custom_providers_check CHECK (((provider_type <> 'oidc'::text) OR (issuer IS NOT NULL))),
    CONSTRAINT custom_providers_check1 CHECK (((provider_type <> 'oauth2'::text) OR ((authorization_url IS NOT NULL) AND (token_url IS NOT NULL) AND (userinfo_url IS NOT NULL)))),
    CONSTRAINT custom_providers_client_id_check CHECK (((char_length(client_id) >= 1) AND (char_length(client_id) <= 512))),
    CONSTRAINT custom_providers_custom_claims_allowlist_check CHECK ((cardinality(custom_claims_allowlist) <= 50)),
    CONSTRAINT custom_providers_discovery_url_check CHECK (((char_length(discovery_url) >= 1) AND (char_length(discovery_url) <= 2048))),
    CONSTRAINT custom_providers_identifier_check CHECK ((identifier ~ '^custom:[a-z0-9]([a-z0-9:-]{0,41}[a-z0-9])?$'::text)),
    CONSTRAINT custom_providers_issuer_check CHECK (((char_length(issuer) >= 1) AND (char_length(issuer) <= 2048))),
    CONSTRAINT custom_providers_jwks_uri_check CHECK (((char_length(jwks_uri) >= 1) AND (char_length(jwks_uri) <= 2048))),
    CONSTRAINT custom_providers_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100))),
    CONSTRAINT custom_providers_provider_type_check CHECK ((provider_type = ANY (ARRAY['oauth2'::text, 'oidc'::text]))),
    CONSTRAINT custom_providers_scopes_check CHECK ((cardinality(scopes) <= 50)),
    CONSTRAINT custom_providers_token_url_check CHECK (((char_length(token_url) >= 1) AND (char_length(token_url) <= 2048))),
    CONSTRAINT custom_providers_userinfo_url_check CHECK (((char_length(userinfo_url) >= 1) AND (char_length(userinfo_url) <= 2048)))
);
COMMENT ON TABLE auth.custom_providers IS 'placement: reference. Identity providers that administrators added.';
CREATE TABLE auth.factor_challenges (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    factor_id uuid NOT NULL,
    ip text NOT NULL,
    challenge bytea,
    code_hash bytea,
    created_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT factor_challenges_challenge_check CHECK ((octet_length(challenge) >= 16)),
    CONSTRAINT factor_challenges_ip_check CHECK ((char_length(ip) <= 64))
);
COMMENT ON TABLE auth.factor_challenges IS 'placement: user. Questions asked of a factor; each is answered once.';
CREATE TABLE auth.factors (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    factor_type text NOT NULL,
    status text DEFAULT 'unverified'::text NOT NULL,
    friendly_name text DEFAULT ''::text NOT NULL,
    phone text DEFAULT ''::text NOT NULL,
    secret bytea,
    last_step bigint DEFAULT 0 NOT NULL,
    last_challenged_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT factors_check CHECK (((secret IS NOT NULL) = (factor_type = ANY (ARRAY['totp'::text, 'recovery_code'::text])))),
    CONSTRAINT factors_factor_type_check CHECK ((factor_type = ANY (ARRAY['totp'::text, 'phone'::text, 'webauthn'::text, 'recovery_code'::text]))),
    CONSTRAINT factors_friendly_name_check CHECK ((char_length(friendly_name) <= 120)),
    CONSTRAINT factors_phone_check CHECK (((phone = ''::text) OR (phone ~ '^[1-9][0-9]{1,14}$'::text))),
    CONSTRAINT factors_status_check CHECK ((status = ANY (ARRAY['unverified'::text, 'verified'::text])))
);
COMMENT ON TABLE auth.factors IS 'placement: user. Second factors of a person, also those still being set up.';
CREATE TABLE auth.flow_states (
    code_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    amr_method text NOT NULL,
    code_challenge text NOT NULL,
    challenge_method text NOT NULL,
    provider_tokens bytea,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT flow_states_challenge_method_check CHECK ((challenge_method = ANY (ARRAY['s256'::text, 'plain'::text])))
);
COMMENT ON TABLE auth.flow_states IS 'placement: key(code_hash). PKCE codes waiting for their verifier; used once.';
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
CREATE TABLE auth.identity_owners (
    provider_id text NOT NULL,
    provider text NOT NULL,
    user_id uuid NOT NULL,
    CONSTRAINT identity_owners_provider_check CHECK ((provider ~ '^[a-z][a-z0-9_:-]{0,63}$'::text)),
    CONSTRAINT identity_owners_provider_id_check CHECK (((char_length(provider_id) >= 1) AND (char_length(provider_id) <= 512)))
);
COMMENT ON TABLE auth.identity_owners IS 'placement: key(provider_id). Registry: a provider''s subject to account.';
CREATE TABLE auth.known_devices (
    account bytea NOT NULL,
    device_hash bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    CONSTRAINT known_devices_account_check CHECK ((octet_length(account) = 32)),
    CONSTRAINT known_devices_device_hash_check CHECK ((octet_length(device_hash) = 32))
);
COMMENT ON TABLE auth.known_devices IS 'placement: key(account). Browsers that have signed in; SHA-256 of their cookie.';
CREATE TABLE auth.mfa_graces (
    user_id uuid NOT NULL,
    since timestamp with time zone NOT NULL
);
COMMENT ON TABLE auth.mfa_graces IS 'placement: user. Start of the time to set up a required second factor.';
CREATE TABLE auth.oauth_authorizations (
    id text NOT NULL,
    client_id uuid NOT NULL,
    redirect_uri text NOT NULL,
    scope text NOT NULL,
    state text,
    nonce text,
    code_challenge text NOT NULL,
    challenge_method text NOT NULL,
    user_id uuid,
    created_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    CONSTRAINT oauth_authorizations_challenge_method_check CHECK ((challenge_method = 's256'::text)),
    CONSTRAINT oauth_authorizations_id_check CHECK (((char_length(id) >= 32) AND (char_length(id) <= 64))),
    CONSTRAINT oauth_authorizations_nonce_check CHECK ((char_length(nonce) <= 255)),
    CONSTRAINT oauth_authorizations_state_check CHECK ((char_length(state) <= 4096))
);
COMMENT ON TABLE auth.oauth_authorizations IS 'placement: key(id). Requests for consent; decided once.';
CREATE TABLE auth.oauth_clients (
    id uuid NOT NULL,
    name text NOT NULL,
    uri text DEFAULT ''::text NOT NULL,
    logo_uri text DEFAULT ''::text NOT NULL,
    client_type text NOT NULL,
    token_endpoint_auth_method text NOT NULL,
    redirect_uris text[] NOT NULL,
    grant_types text[] NOT NULL,
    scope text DEFAULT ''::text NOT NULL,
    secret_hash bytea,
    registration_type text DEFAULT 'manual'::text NOT NULL,
    is_first_party boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT oauth_clients_check CHECK (((client_type = 'public'::text) = (token_endpoint_auth_method = 'none'::text))),
    CONSTRAINT oauth_clients_check1 CHECK (((client_type = 'public'::text) = (secret_hash IS NULL))),
    CONSTRAINT oauth_clients_client_type_check CHECK ((client_type = ANY (ARRAY['public'::text, 'confidential'::text]))),
    CONSTRAINT oauth_clients_logo_uri_check CHECK ((char_length(logo_uri) <= 2048)),
    CONSTRAINT oauth_clients_name_check CHECK ((char_length(name) <= 1024)),
    CONSTRAINT oauth_clients_redirect_uris_check CHECK (((cardinality(redirect_uris) >= 1) AND (cardinality(redirect_uris) <= 10))),
    CONSTRAINT oauth_clients_registration_type_check CHECK ((registration_type = ANY (ARRAY['manual'::text, 'dynamic'::text]))),
    CONSTRAINT oauth_clients_token_endpoint_auth_method_check CHECK ((token_endpoint_auth_method = ANY (ARRAY['none'::text, 'client_secret_basic'::text, 'client_secret_post'::text]))),
    CONSTRAINT oauth_clients_uri_check CHECK ((char_length(uri) <= 2048))
);
COMMENT ON TABLE auth.oauth_clients IS 'placement: reference. Programs that people may sign in to with their account here.';
CREATE TABLE auth.oauth_codes (
    code_hash bytea NOT NULL,
    client_id uuid NOT NULL,
    user_id uuid NOT NULL,
    redirect_uri text NOT NULL,
    scope text NOT NULL,
    nonce text,
    code_challenge text NOT NULL,
    aal text NOT NULL,
    amr jsonb NOT NULL,
    authenticated_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    session_id uuid
);
COMMENT ON TABLE auth.oauth_codes IS 'placement: key(code_hash). Authorization codes; used once.';
CREATE TABLE auth.oauth_consents (
    user_id uuid NOT NULL,
    client_id uuid NOT NULL,
    scopes text[] NOT NULL,
    granted_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE auth.oauth_consents IS 'placement: user. What a person lets a client know.';
CREATE TABLE auth.one_time_tokens (
    user_id uuid NOT NULL,
    kind text NOT NULL,
    link_hash bytea NOT NULL,
    code_hash bytea NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    code_challenge text,
    challenge_method text,
    sign_up_id uuid,
    used_at timestamp with time zone,
    browser_hash bytea,
    CONSTRAINT one_time_tokens_address_check CHECK ((char_length(address) <= 254)),
    CONSTRAINT one_time_tokens_challenge CHECK (((code_challenge IS NULL) = (challenge_method IS NULL))),
    CONSTRAINT one_time_tokens_challenge_method_check CHECK ((challenge_method = ANY (ARRAY['s256'::text, 'plain'::text]))),
    CONSTRAINT one_time_tokens_kind_check CHECK ((kind = ANY (ARRAY['confirmation'::text, 'recovery'::text, 'magiclink'::text, 'invite'::text, 'email_change_current'::text, 'email_change_new'::text, 'reauthentication'::text, 'phone_confirmation'::text, 'phone_change'::text])))
);
COMMENT ON TABLE auth.one_time_tokens IS 'placement: user. SHA-256 of what was mailed; used once.';
CREATE TABLE auth.passkey_challenges (
    id uuid NOT NULL,
    user_id uuid,
    challenge bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT passkey_challenges_challenge_check CHECK ((octet_length(challenge) >= 16))
);
COMMENT ON TABLE auth.passkey_challenges IS 'placement: key(id). With user_id a registration, without it a sign-in.';
CREATE TABLE auth.pending_identities (
    code_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    person jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL
);
COMMENT ON TABLE auth.pending_identities IS 'placement: key(code_hash). Identities to be added with the code of a PKCE flow.';
CREATE TABLE auth.provider_flows (
    state_hash bytea NOT NULL,
    provider text NOT NULL,
    nonce text NOT NULL,
    verifier bytea NOT NULL,
    browser_hash bytea,
    redirect_to text NOT NULL,
    code_challenge text,
    challenge_method text,
    link_user uuid,
    link_session uuid,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT provider_flows_challenge_method_check CHECK ((challenge_method = ANY (ARRAY['s256'::text, 'plain'::text]))),
    CONSTRAINT provider_flows_check CHECK (((code_challenge IS NULL) = (challenge_method IS NULL))),
    CONSTRAINT provider_flows_check1 CHECK (((link_user IS NULL) = (link_session IS NULL))),
    CONSTRAINT provider_flows_check2 CHECK (((link_user IS NULL) OR (code_challenge IS NOT NULL))),
    CONSTRAINT provider_flows_check3 CHECK (((link_user IS NOT NULL) OR (browser_hash IS NOT NULL))),
    CONSTRAINT provider_flows_redirect_to_check CHECK ((char_length(redirect_to) <= 2048))
);
COMMENT ON TABLE auth.provider_flows IS 'placement: key(state_hash). Sign-ins at a provider under way; used once.';
CREATE TABLE auth.recovery_codes (
    user_id uuid NOT NULL,
    factor_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    used_at timestamp with time zone
);
COMMENT ON TABLE auth.recovery_codes IS 'placement: user. HMAC-SHA-256 of each code under its set''s sealed key.';
CREATE TABLE auth.revocations (
    id bigint NOT NULL,
    subject uuid NOT NULL,
    not_before timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    changed_by xid8 DEFAULT pg_current_xact_id() NOT NULL
);
COMMENT ON TABLE auth.revocations IS 'placement: local. Sessions, people and API keys whose tokens are refused.';
ALTER TABLE auth.revocations ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME auth.revocations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE auth.roles (
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    permissions text[] NOT NULL,
    is_builtin boolean DEFAULT false NOT NULL,
    row_version bigint DEFAULT 1 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT roles_description_check CHECK ((char_length(description) <= 200)),
    CONSTRAINT roles_name_check CHECK ((name ~ '^[a-z][a-z0-9_-]{1,39}$'::text))
);
COMMENT ON TABLE auth.roles IS 'placement: reference. Built-in and custom roles with their permissions.';
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
    org_id uuid,
    org_role text,
    act_user uuid,
    client_id uuid,
    scope text,
    factor_id uuid,
    CONSTRAINT sessions_aal_check CHECK ((aal = ANY (ARRAY['aal1'::text, 'aal2'::text]))),
    CONSTRAINT sessions_counter_check CHECK ((counter >= 0)),
    CONSTRAINT sessions_ip_check CHECK ((char_length(ip) <= 64)),
    CONSTRAINT sessions_org_role_check CHECK ((char_length(org_role) <= 64)),
    CONSTRAINT sessions_scope_check CHECK ((char_length(scope) <= 1024)),
    CONSTRAINT sessions_user_agent_check CHECK ((char_length(user_agent) <= 256))
);
COMMENT ON TABLE auth.sessions IS 'placement: user. A signed-in device; deleting the row ends it.';
CREATE TABLE auth.signing_keys (
    kid text NOT NULL,
    algorithm text NOT NULL,
    state text NOT NULL,
    private_key bytea,
    public_jwk jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    state_since timestamp with time zone NOT NULL,
    CONSTRAINT signing_keys_algorithm_check CHECK ((algorithm = 'ES256'::text)),
    CONSTRAINT signing_keys_private_part CHECK (((private_key IS NULL) = (state = 'retired'::text))),
    CONSTRAINT signing_keys_state_check CHECK ((state = ANY (ARRAY['next'::text, 'current'::text, 'previous'::text, 'retired'::text])))
);
COMMENT ON TABLE auth.signing_keys IS 'placement: local. Private parts are sealed by the master key.';
CREATE TABLE auth.user_emails (
    email text NOT NULL,
    user_id uuid NOT NULL,
    CONSTRAINT user_emails_email_check CHECK ((email = lower(email)))
);
COMMENT ON TABLE auth.user_emails IS 'placement: key(email). Registry: normalised address to account.';
CREATE TABLE auth.user_phones (
    phone text NOT NULL,
    user_id uuid NOT NULL,
    CONSTRAINT user_phones_phone_check CHECK ((phone ~ '^[1-9][0-9]{1,14}$'::text))
);
COMMENT ON TABLE auth.user_phones IS 'placement: key(phone). Registry: E.164 number without the plus to account.';
CREATE TABLE auth.users (
    id uuid NOT NULL,
    email text,
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
    phone text,
    phone_confirmed_at timestamp with time zone,
    sign_up_id uuid,
    is_anonymous boolean DEFAULT false NOT NULL,
    invited_at timestamp with time zone,
    new_email text,
    email_change_confirmed text,
    email_change_sent_at timestamp with time zone,
    new_phone text,
    phone_change_sent_at timestamp with time zone,
    reauthentication_sent_at timestamp with time zone,
    deleted_at timestamp with time zone,
    deletion_due_at timestamp with time zone,
    CONSTRAINT users_email_change_confirmed_check CHECK ((email_change_confirmed = ANY (ARRAY['current'::text, 'new'::text]))),
    CONSTRAINT users_email_check CHECK (((email = lower(email)) AND (char_length(email) <= 254))),
    CONSTRAINT users_new_email_check CHECK (((new_email = lower(new_email)) AND (char_length(new_email) <= 254))),
    CONSTRAINT users_new_phone_check CHECK ((new_phone ~ '^[1-9][0-9]{1,14}$'::text)),
    CONSTRAINT users_phone_check CHECK ((phone ~ '^[1-9][0-9]{1,14}$'::text))
);
COMMENT ON TABLE auth.users IS 'placement: key(id). One account; app_metadata (roles) is written by the server only.';
CREATE TABLE auth.webauthn_credentials (
    user_id uuid NOT NULL,
    id uuid NOT NULL,
    factor_id uuid,
    credential_id bytea NOT NULL,
    public_key bytea NOT NULL,
    sign_count bigint DEFAULT 0 NOT NULL,
    aaguid uuid NOT NULL,
    transports text[] DEFAULT '{}'::text[] NOT NULL,
    is_backup_eligible boolean DEFAULT false NOT NULL,
    is_backed_up boolean DEFAULT false NOT NULL,
    friendly_name text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    CONSTRAINT webauthn_credentials_credential_id_check CHECK (((octet_length(credential_id) >= 1) AND (octet_length(credential_id) <= 1023))),
    CONSTRAINT webauthn_credentials_friendly_name_check CHECK ((char_length(friendly_name) <= 120))
);
COMMENT ON TABLE auth.webauthn_credentials IS 'placement: user. Public keys of passkeys and security keys.';
CREATE TABLE auth.webauthn_owners (
    credential_id bytea NOT NULL,
    user_id uuid NOT NULL
);
COMMENT ON TABLE auth.webauthn_owners IS 'placement: key(credential_id). Registry: credential to account.';
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
    avatar_key text,
    CONSTRAINT profiles_avatar_key_check CHECK ((avatar_key ~ '^[0-9a-f]{64}$'::text)),
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
COMMENT ON COLUMN public.users.deleted_at IS 'The account was erased. The row stays, without an address, so that a late message or token does not bring it back.';
ALTER TABLE ONLY auth.audit_entries ATTACH PARTITION auth.audit_entries_default DEFAULT;
ALTER TABLE ONLY account.avatars
    ADD CONSTRAINT avatars_pkey PRIMARY KEY (key);
ALTER TABLE ONLY account.exports
    ADD CONSTRAINT exports_pkey PRIMARY KEY (user_id, id);
ALTER TABLE ONLY account.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (organization_id, id);
ALTER TABLE ONLY account.inviters
    ADD CONSTRAINT inviters_pkey PRIMARY KEY (user_id);
ALTER TABLE ONLY account.members
    ADD CONSTRAINT members_pkey PRIMARY KEY (organization_id, user_id);
ALTER TABLE ONLY account.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (user_id, organization_id);
ALTER TABLE ONLY account.organizations
    ADD CONSTRAINT organizations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY account.preferences
    ADD CONSTRAINT preferences_pkey PRIMARY KEY (user_id);
ALTER TABLE ONLY auth.admin_claims
    ADD CONSTRAINT admin_claims_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY auth.api_key_owners
    ADD CONSTRAINT api_key_owners_pkey PRIMARY KEY (key_id);
ALTER TABLE ONLY auth.api_key_secrets
    ADD CONSTRAINT api_key_secrets_pkey PRIMARY KEY (user_id, key_id, secret_hash);
ALTER TABLE ONLY auth.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (user_id, id);
ALTER TABLE ONLY auth.attempts
    ADD CONSTRAINT attempts_pkey PRIMARY KEY (account, kind, origin);
ALTER TABLE ONLY auth.audit_chain
    ADD CONSTRAINT audit_chain_pkey PRIMARY KEY (only_row);
ALTER TABLE ONLY auth.audit_entries
    ADD CONSTRAINT audit_entries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY auth.audit_entries_default
    ADD CONSTRAINT audit_entries_default_pkey PRIMARY KEY (id);
ALTER TABLE ONLY auth.audit_links
    ADD CONSTRAINT audit_links_entry_id_key UNIQUE (entry_id);
ALTER TABLE ONLY auth.audit_links
    ADD CONSTRAINT audit_links_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY auth.audit_pending
    ADD CONSTRAINT audit_pending_pkey PRIMARY KEY (entry_id);
ALTER TABLE ONLY auth.custom_providers
    ADD CONSTRAINT custom_providers_identifier_key UNIQUE (identifier);
ALTER TABLE ONLY auth.custom_providers
    ADD CONSTRAINT custom_providers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY auth.factor_challenges
    ADD CONSTRAINT factor_challenges_pkey PRIMARY KEY (user_id, id);
ALTER TABLE ONLY auth.factors
    ADD CONSTRAINT factors_pkey PRIMARY KEY (user_id, id);
ALTER TABLE ONLY auth.flow_states
    ADD CONSTRAINT flow_states_pkey PRIMARY KEY (code_hash);
ALTER TABLE ONLY auth.identities
    ADD CONSTRAINT identities_pkey PRIMARY KEY (user_id, id);
ALTER TABLE ONLY auth.identities
    ADD CONSTRAINT identities_user_id_provider_provider_id_key UNIQUE (user_id, provider, provider_id);
ALTER TABLE ONLY auth.identity_owners
    ADD CONSTRAINT identity_owners_pkey PRIMARY KEY (provider_id, provider);
ALTER TABLE ONLY auth.known_devices
    ADD CONSTRAINT known_devices_pkey PRIMARY KEY (account, device_hash);
ALTER TABLE ONLY auth.mfa_graces
    ADD CONSTRAINT mfa_graces_pkey PRIMARY KEY (user_id);
ALTER TABLE ONLY auth.oauth_authorizations
    ADD CONSTRAINT oauth_authorizations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY auth.oauth_clients
    ADD CONSTRAINT oauth_clients_pkey PRIMARY KEY (id);
ALTER TABLE ONLY auth.oauth_codes
    ADD CONSTRAINT oauth_codes_pkey PRIMARY KEY (code_hash);
ALTER TABLE ONLY auth.oauth_consents
    ADD CONSTRAINT oauth_consents_pkey PRIMARY KEY (user_id, client_id);
ALTER TABLE ONLY auth.one_time_tokens
    ADD CONSTRAINT one_time_tokens_pkey PRIMARY KEY (user_id, kind);
ALTER TABLE ONLY auth.passkey_challenges
    ADD CONSTRAINT passkey_challenges_pkey PRIMARY KEY (id);
ALTER TABLE ONLY auth.pending_identities
    ADD CONSTRAINT pending_identities_pkey PRIMARY KEY (code_hash);
ALTER TABLE ONLY auth.provider_flows
    ADD CONSTRAINT provider_flows_pkey PRIMARY KEY (state_hash);
ALTER TABLE ONLY auth.recovery_codes
    ADD CONSTRAINT recovery_codes_pkey PRIMARY KEY (user_id, factor_id, code_hash);
ALTER TABLE ONLY auth.revocations
    ADD CONSTRAINT revocations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY auth.roles
    ADD CONSTRAINT roles_pkey PRIMARY KEY (name);
ALTER TABLE ONLY auth.session_handoffs
    ADD CONSTRAINT session_handoffs_pkey PRIMARY KEY (user_id, code_hash);
ALTER TABLE ONLY auth.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (user_id, id);
ALTER TABLE ONLY auth.signing_keys
    ADD CONSTRAINT signing_keys_pkey PRIMARY KEY (kid);
ALTER TABLE ONLY auth.user_emails
    ADD CONSTRAINT user_emails_pkey PRIMARY KEY (email);
ALTER TABLE ONLY auth.user_phones
    ADD CONSTRAINT user_phones_pkey PRIMARY KEY (phone);
ALTER TABLE ONLY auth.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);
ALTER TABLE ONLY auth.webauthn_credentials
    ADD CONSTRAINT webauthn_credentials_pkey PRIMARY KEY (user_id, id);
ALTER TABLE ONLY auth.webauthn_credentials
    ADD CONSTRAINT webauthn_credentials_user_id_credential_id_key UNIQUE (user_id, credential_id);
ALTER TABLE ONLY auth.webauthn_owners
    ADD CONSTRAINT webauthn_owners_pkey PRIMARY KEY (credential_id);
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
CREATE INDEX avatars_dropped ON account.avatars USING btree (dropped_at) WHERE (dropped_at IS NOT NULL);
CREATE INDEX exports_expiring ON account.exports USING btree (expires_at) WHERE (object_key IS NOT NULL);
CREATE UNIQUE INDEX exports_one_open ON account.exports USING btree (user_id) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text, 'waiting'::text]));
CREATE INDEX invitations_address ON account.invitations USING btree (sha256(decode(replace(email, '\'::text, '\\'::text), 'escape'::text)));
CREATE INDEX invitations_open ON account.invitations USING btree (organization_id, email) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));
CREATE INDEX attempts_last ON auth.attempts USING btree (last_at);
CREATE INDEX audit_entries_action ON ONLY auth.audit_entries USING btree (action, id);
CREATE INDEX audit_entries_actor ON ONLY auth.audit_entries USING btree (actor_id, id) WHERE (actor_id IS NOT NULL);
CREATE INDEX audit_entries_default_action_id_idx ON auth.audit_entries_default USING btree (action, id);
CREATE INDEX audit_entries_default_actor_id_id_idx ON auth.audit_entries_default USING btree (actor_id, id) WHERE (actor_id IS NOT NULL);
CREATE INDEX audit_entries_subject ON ONLY auth.audit_entries USING btree (subject_id, id) WHERE (subject_id IS NOT NULL);
CREATE INDEX audit_entries_default_subject_id_id_idx ON auth.audit_entries_default USING btree (subject_id, id) WHERE (subject_id IS NOT NULL);
CREATE INDEX factor_challenges_created ON auth.factor_challenges USING btree (created_at);
CREATE UNIQUE INDEX factors_one_recovery_set ON auth.factors USING btree (user_id) WHERE (factor_type = 'recovery_code'::text);
CREATE INDEX flow_states_created ON auth.flow_states USING btree (created_at);
CREATE INDEX known_devices_seen ON auth.known_devices USING btree (seen_at);
CREATE INDEX oauth_authorizations_created ON auth.oauth_authorizations USING btree (created_at);
CREATE INDEX oauth_codes_created ON auth.oauth_codes USING btree (created_at);
CREATE INDEX oauth_consents_client ON auth.oauth_consents USING btree (client_id);
CREATE INDEX one_time_tokens_created ON auth.one_time_tokens USING btree (created_at);
CREATE INDEX passkey_challenges_created ON auth.passkey_challenges USING btree (created_at);
CREATE INDEX pending_identities_created ON auth.pending_identities USING btree (created_at);
CREATE INDEX provider_flows_created ON auth.provider_flows USING btree (created_at);
CREATE INDEX revocations_changed_by ON auth.revocations USING btree (changed_by);
CREATE INDEX revocations_until ON auth.revocations USING btree (until);
CREATE INDEX session_handoffs_expires ON auth.session_handoffs USING btree (expires_at);
CREATE INDEX sessions_client ON auth.sessions USING btree (client_id) WHERE (client_id IS NOT NULL);
CREATE INDEX sessions_not_after ON auth.sessions USING btree (not_after);
CREATE UNIQUE INDEX signing_keys_one_of_each ON auth.signing_keys USING btree (state) WHERE (state = ANY (ARRAY['next'::text, 'current'::text]));
CREATE INDEX users_anonymous ON auth.users USING btree (created_at) WHERE is_anonymous;
CREATE INDEX users_created ON auth.users USING btree (created_at, id);
CREATE INDEX users_deletion_due ON auth.users USING btree (deletion_due_at) WHERE (deletion_due_at IS NOT NULL);
CREATE INDEX users_new_email ON auth.users USING btree (new_email) WHERE (new_email IS NOT NULL);
CREATE INDEX users_new_phone ON auth.users USING btree (new_phone) WHERE (new_phone IS NOT NULL);
CREATE INDEX users_roles ON auth.users USING gin (((app_metadata -> 'roles'::text))) WHERE (app_metadata ? 'roles'::text);
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
CREATE INDEX contact_messages_address ON public.contact_messages USING btree (sha256(decode(replace(lower(email), '\'::text, '\\'::text), 'escape'::text)));
CREATE INDEX contact_messages_inbox ON public.contact_messages USING btree (status, created_at);
CREATE INDEX contact_messages_user ON public.contact_messages USING btree (user_id) WHERE (user_id IS NOT NULL);
CREATE INDEX newsletter_address ON public.newsletter_subscribers USING btree (sha256(decode(replace(email, '\'::text, '\\'::text), 'escape'::text)));
CREATE INDEX newsletter_id ON public.newsletter_subscribers USING btree (id);
CREATE INDEX newsletter_unsent ON public.newsletter_subscribers USING btree (created_at) WHERE ((status = 'pending'::text) AND (confirmation_sent_at IS NULL));
CREATE INDEX profiles_avatar ON public.profiles USING btree (avatar_key) WHERE (avatar_key IS NOT NULL);
CREATE INDEX quiz_results_address ON public.quiz_results USING btree (sha256(decode(replace(lower(email), '\'::text, '\\'::text), 'escape'::text))) WHERE (email IS NOT NULL);
CREATE INDEX quiz_results_token ON public.quiz_results USING btree (token_sha256) WHERE (token_sha256 IS NOT NULL);
CREATE INDEX quiz_results_user ON public.quiz_results USING btree (user_id, completed_at) WHERE (user_id IS NOT NULL);
CREATE INDEX users_address ON public.users USING btree (lower(email));
ALTER INDEX auth.audit_entries_action ATTACH PARTITION auth.audit_entries_default_action_id_idx;
ALTER INDEX auth.audit_entries_actor ATTACH PARTITION auth.audit_entries_default_actor_id_id_idx;
ALTER INDEX auth.audit_entries_pkey ATTACH PARTITION auth.audit_entries_default_pkey;
ALTER INDEX auth.audit_entries_subject ATTACH PARTITION auth.audit_entries_default_subject_id_id_idx;
ALTER TABLE ONLY account.invitations
    ADD CONSTRAINT invitations_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES account.organizations(id) ON DELETE CASCADE;
ALTER TABLE ONLY account.members
    ADD CONSTRAINT members_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES account.organizations(id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.api_key_secrets
    ADD CONSTRAINT api_key_secrets_user_id_key_id_fkey FOREIGN KEY (user_id, key_id) REFERENCES auth.api_keys(user_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.api_keys
    ADD CONSTRAINT api_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.factor_challenges
    ADD CONSTRAINT factor_challenges_user_id_factor_id_fkey FOREIGN KEY (user_id, factor_id) REFERENCES auth.factors(user_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.factors
    ADD CONSTRAINT factors_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.identities
    ADD CONSTRAINT identities_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.mfa_graces
    ADD CONSTRAINT mfa_graces_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.oauth_consents
    ADD CONSTRAINT oauth_consents_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.one_time_tokens
    ADD CONSTRAINT one_time_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.recovery_codes
    ADD CONSTRAINT recovery_codes_user_id_factor_id_fkey FOREIGN KEY (user_id, factor_id) REFERENCES auth.factors(user_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.session_handoffs
    ADD CONSTRAINT session_handoffs_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.webauthn_credentials
    ADD CONSTRAINT webauthn_credentials_user_id_factor_id_fkey FOREIGN KEY (user_id, factor_id) REFERENCES auth.factors(user_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY auth.webauthn_credentials
    ADD CONSTRAINT webauthn_credentials_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
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
GRANT USAGE ON SCHEMA account TO svc_user;
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
REVOKE ALL ON FUNCTION auth.create_audit_partitions(first_month date, months integer) FROM PUBLIC;
GRANT ALL ON FUNCTION auth.create_audit_partitions(first_month date, months integer) TO svc_auth;
REVOKE ALL ON FUNCTION auth.forget_audit_through(last_seq bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION auth.forget_audit_through(last_seq bigint) TO svc_auth;
REVOKE ALL ON PROCEDURE integ.create_role(IN role_name text, IN attributes text) FROM PUBLIC;
REVOKE ALL ON PROCEDURE integ.create_service_role(IN role_name text, IN login_role text) FROM PUBLIC;
REVOKE ALL ON PROCEDURE integ.grant_role(IN role_name text, IN member_name text) FROM PUBLIC;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE account.avatars TO svc_user;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE account.exports TO svc_user;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE account.invitations TO svc_user;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE account.inviters TO svc_user;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE account.members TO svc_user;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE account.memberships TO svc_user;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE account.organizations TO svc_user;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE account.preferences TO svc_user;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.admin_claims TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.api_key_owners TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.api_key_secrets TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.api_keys TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.attempts TO svc_auth;
GRANT SELECT,INSERT ON TABLE auth.audit_chain TO svc_auth;
GRANT SELECT,INSERT ON TABLE auth.audit_entries TO svc_auth;
GRANT SELECT,INSERT ON TABLE auth.audit_links TO svc_auth;
GRANT SELECT,INSERT,DELETE ON TABLE auth.audit_pending TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.custom_providers TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.factor_challenges TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.factors TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.flow_states TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.identities TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.identity_owners TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.known_devices TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.mfa_graces TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.oauth_authorizations TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.oauth_clients TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.oauth_codes TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.oauth_consents TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.one_time_tokens TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.passkey_challenges TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.pending_identities TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.provider_flows TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.recovery_codes TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.revocations TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.roles TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.session_handoffs TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.sessions TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.signing_keys TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.user_emails TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.user_phones TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.users TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.webauthn_credentials TO svc_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.webauthn_owners TO svc_auth;
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
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_messages TO svc_content;
GRANT INSERT(name) ON TABLE public.contact_messages TO anon;
GRANT INSERT(name) ON TABLE public.contact_messages TO authenticated;
GRANT INSERT(email) ON TABLE public.contact_messages TO anon;
GRANT INSERT(email) ON TABLE public.contact_messages TO authenticated;
GRANT INSERT(subject) ON TABLE public.contact_messages TO anon;
GRANT INSERT(subject) ON TABLE public.contact_messages TO authenticated;
GRANT INSERT(message) ON TABLE public.contact_messages TO anon;
GRANT INSERT(message) ON TABLE public.contact_messages TO authenticated;
GRANT ALL ON TABLE public.newsletter_subscribers TO service_role;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.newsletter_subscribers TO svc_content;
GRANT INSERT(email) ON TABLE public.newsletter_subscribers TO anon;
GRANT INSERT(email) ON TABLE public.newsletter_subscribers TO authenticated;
GRANT INSERT(name) ON TABLE public.newsletter_subscribers TO anon;
GRANT INSERT(name) ON TABLE public.newsletter_subscribers TO authenticated;
GRANT INSERT(source) ON TABLE public.newsletter_subscribers TO anon;
GRANT INSERT(source) ON TABLE public.newsletter_subscribers TO authenticated;
GRANT ALL ON TABLE public.profiles TO service_role;
GRANT SELECT ON TABLE public.profiles TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.profiles TO svc_user;
GRANT ALL ON TABLE public.quiz_results TO service_role;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.quiz_results TO svc_content;
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
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.users TO svc_user;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT ALL ON TABLES  TO service_role;
