-- name: any_header_reader
-- Whether a function, policy, view or default of the database reads the request's headers or cookies, or builds the name
-- of the setting itself.
SELECT EXISTS (SELECT FROM pg_proc
               WHERE prosrc ~ 'request\.(headers|cookies)|''request\.''' OR prosqlbody IS NOT NULL AND pg_get_function_sqlbody(oid) ~ 'request\.(headers|cookies)|''request\.''')
    OR EXISTS (SELECT FROM pg_policies WHERE concat(qual, with_check) ~ 'request\.(headers|cookies)|''request\.''')
    OR EXISTS (SELECT FROM pg_views
               WHERE schemaname <> ALL ('{pg_catalog,information_schema}')
                 AND definition ~ 'request\.(headers|cookies)|''request\.''')
    OR EXISTS (SELECT FROM pg_attrdef WHERE pg_get_expr(adbin, adrelid) ~ 'request\.(headers|cookies)|''request\.''')
