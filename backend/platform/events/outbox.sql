-- name: append_event
INSERT INTO integ.outbox (event_id, topic, subject, payload, trace)
VALUES ($1, $2, $3, $4, $5);

-- name: receive_event
-- A peer's event under its own id: the second arrival changes nothing.
INSERT INTO integ.outbox (event_id, topic, subject, payload, origin, trace)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (event_id) DO NOTHING;
