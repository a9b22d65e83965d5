-- The login role of the academy pool. It inherits nothing: each transaction says which role it is by SET LOCAL ROLE.
-- Its password, where the server asks for one, is set by whoever runs the database.
CALL integ.create_role('tt_academy', 'LOGIN NOINHERIT');
CALL integ.grant_role('anon', 'tt_academy');
CALL integ.grant_role('authenticated', 'tt_academy');
CALL integ.grant_role('service_role', 'tt_academy');
CALL integ.grant_role('svc_platform', 'tt_academy');

-- The other backend's login role has no business here.
DO $$
BEGIN
    EXECUTE format('REVOKE CONNECT, TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO tt_academy', current_database());
END
$$;
