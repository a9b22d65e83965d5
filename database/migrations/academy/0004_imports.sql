-- Imports of courses: one row per archive, from the upload to the report. The archive waits in the data directory until
-- the import has ended; what it creates is written in one transaction together with status 'done'.

CREATE TABLE academy.imports (
    id uuid PRIMARY KEY,
    requested_by uuid,
    file_name text NOT NULL,
    archive_bytes  bigint NOT NULL CHECK (archive_bytes >= 0),
    status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'done', 'failed')),
    stage text NOT NULL DEFAULT 'queued' CHECK (stage IN ('queued', 'unpack', 'read', 'save', 'done')),
    percent integer NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 100),
    attempt integer NOT NULL DEFAULT 0,
    course_id uuid REFERENCES public.courses,
    report jsonb,
    error jsonb,
    created_at timestamptz NOT NULL,
    started_at timestamptz,
    updated_at timestamptz NOT NULL,
    finished_at timestamptz,
    CHECK ((status = 'done') = (report IS NOT NULL)),
    CHECK ((status = 'failed') = (error IS NOT NULL)),
    CHECK ((status IN ('done', 'failed')) = (finished_at IS NOT NULL))
);
CREATE INDEX imports_newest ON academy.imports (created_at DESC, id DESC);
CREATE INDEX imports_unfinished ON academy.imports (updated_at) WHERE status IN ('queued', 'running');

COMMENT ON TABLE academy.imports IS 'placement: local. Work list of the importer with its reports; read by administrators only.';

GRANT SELECT, INSERT, UPDATE ON academy.imports TO svc_course;
