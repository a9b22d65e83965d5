-- name: role_settings
-- ALTER ROLE … SET pgrst.x of the login role, those for this database first.
SELECT DISTINCT ON (name) name, value
FROM (SELECT setdatabase AS database,
             split_part(setting, '=', 1) AS name,
             substr(setting, strpos(setting, '=') + 1) AS value
      FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS setting
      WHERE setrole = (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user)
        AND setdatabase IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()))) AS own
WHERE name LIKE 'pgrst.%'
ORDER BY name, database DESC

-- name: session_settings
-- What db-pre-config has set in this transaction; an empty text is what is left of a setting of another transaction.
SELECT name, current_setting(name, true) AS value
FROM unnest($1::text[]) AS name
WHERE current_setting(name, true) <> ''
