-- The login role of the site pool. It inherits nothing: each transaction says which role it is by SET LOCAL ROLE.
-- Its password, where the server asks for one, is set by whoever runs the database.
CALL integ.create_role('tt_site', 'LOGIN NOINHERIT');
CALL integ.grant_role('anon', 'tt_site');
CALL integ.grant_role('authenticated', 'tt_site');
CALL integ.grant_role('service_role', 'tt_site');
CALL integ.grant_role('svc_platform', 'tt_site');

-- The other backend's login role has no business here.
DO $$
BEGIN
    EXECUTE format('REVOKE CONNECT, TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO tt_site', current_database());
END
$$;
