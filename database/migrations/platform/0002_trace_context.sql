-- What an event or a job was caused by, as a W3C traceparent: its deliveries and runs are spans of the same trace. NULL
-- where nothing is traced.
ALTER TABLE integ.outbox ADD COLUMN trace text CHECK (length(trace) <= 512);
ALTER TABLE integ.jobs ADD COLUMN trace text CHECK (length(trace) <= 512);
