-- name: append_event
INSERT INTO integ.outbox (event_id, topic, subject, payload)
VALUES ($1, $2, $3, $4);

-- name: receive_event
-- A peer's event under its own id: the second arrival changes nothing.
INSERT INTO integ.outbox (event_id, topic, subject, payload, origin)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (event_id) DO NOTHING;
