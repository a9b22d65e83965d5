-- What two owners keep, on every kind of hop: a text of somebody's row names its owner, so that a leak can be seen.
DO $$
DECLARE
  role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['vault_stranger', 'vault_owner', 'vault_auditor'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
    END IF;
  END LOOP;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'vault_gate') THEN
    CREATE ROLE vault_gate LOGIN NOINHERIT PASSWORD 'vault';
  END IF;
END
$$;
GRANT vault_stranger, vault_owner, vault_auditor TO vault_gate;

CREATE SCHEMA vault;
CREATE TABLE vault.folders (id integer PRIMARY KEY, owner text NOT NULL, name text, secret text, parent_id integer REFERENCES vault.folders);
CREATE TABLE vault.notes (id integer PRIMARY KEY, owner text NOT NULL, name text, secret text, folder_id integer REFERENCES vault.folders);
CREATE TABLE vault.seals (note_id integer PRIMARY KEY REFERENCES vault.notes, owner text NOT NULL, name text, secret text);
CREATE TABLE vault.labels (id integer PRIMARY KEY, owner text NOT NULL, name text, secret text);
CREATE TABLE vault.note_labels (
  note_id integer REFERENCES vault.notes,
  label_id integer REFERENCES vault.labels,
  owner text NOT NULL,
  name text,
  PRIMARY KEY (note_id, label_id)
);

INSERT INTO vault.folders SELECT i, o, 'folder of ' || o, 'SECRET of ' || o, NULL FROM unnest(ARRAY['ann', 'ben']) WITH ORDINALITY AS t (o, i);
INSERT INTO vault.folders SELECT i + 2, o, 'inner folder of ' || o, 'SECRET of ' || o, 3 - i FROM unnest(ARRAY['ann', 'ben']) WITH ORDINALITY AS t (o, i);
-- Rows point at each other's owners on purpose: what must stop a reader is the policy, not the shape of the data.
INSERT INTO vault.notes SELECT n, o, 'note of ' || o, 'SECRET of ' || o, 1 + (n / 2) % 4
  FROM unnest(ARRAY['ann', 'ben', 'ann', 'ben', 'ann', 'ben']) WITH ORDINALITY AS t (o, n);
INSERT INTO vault.seals SELECT id, CASE owner WHEN 'ann' THEN 'ben' ELSE 'ann' END, 'seal of ' || CASE owner WHEN 'ann' THEN 'ben' ELSE 'ann' END, 'SECRET' FROM vault.notes;
INSERT INTO vault.labels SELECT i, o, 'label of ' || o, 'SECRET of ' || o FROM unnest(ARRAY['ann', 'ben']) WITH ORDINALITY AS t (o, i);
INSERT INTO vault.note_labels SELECT n.id, l.id, n.owner, 'label note of ' || n.owner FROM vault.notes n, vault.labels l;

CREATE VIEW vault.open_notes WITH (security_invoker = true) AS SELECT id, owner, name, folder_id FROM vault.notes;
CREATE FUNCTION vault.all_notes() RETURNS SETOF vault.notes LANGUAGE sql STABLE AS 'SELECT * FROM vault.notes';
CREATE FUNCTION vault.sibling_notes(vault.notes) RETURNS SETOF vault.notes LANGUAGE sql STABLE
  AS 'SELECT * FROM vault.notes WHERE folder_id = $1.folder_id';

GRANT USAGE ON SCHEMA vault TO vault_stranger, vault_owner, vault_auditor;
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['folders', 'notes', 'seals', 'labels', 'note_labels'] LOOP
    EXECUTE format('ALTER TABLE vault.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format($p$CREATE POLICY own ON vault.%I TO vault_owner
      USING (owner = current_setting('request.jwt.claims', true)::json ->> 'sub')
      WITH CHECK (owner = current_setting('request.jwt.claims', true)::json ->> 'sub')$p$, name);
    EXECUTE format('CREATE POLICY audit ON vault.%I FOR SELECT TO vault_auditor USING (true)', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON vault.%I TO vault_owner', name);
    EXECUTE format('GRANT SELECT (owner, name) ON vault.%I TO vault_auditor', name);
  END LOOP;
END
$$;
GRANT SELECT (id, folder_id) ON vault.notes TO vault_auditor;
GRANT SELECT (id, parent_id) ON vault.folders TO vault_auditor;
GRANT SELECT ON vault.open_notes TO vault_owner, vault_auditor;
-- A stranger may ask, and sees nothing: no policy is for them.
GRANT SELECT ON vault.folders, vault.notes, vault.open_notes TO vault_stranger;

CREATE SEQUENCE vault.tripwire;
CREATE FUNCTION vault.trip() RETURNS text LANGUAGE sql VOLATILE SECURITY DEFINER AS $$ SELECT nextval('vault.tripwire')::text $$;
