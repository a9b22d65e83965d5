-- name: find_preferences
SELECT theme, mail_courses, mail_reminders, mail_organizations
FROM account.preferences
WHERE user_id = $1

-- name: put_preferences
INSERT INTO account.preferences (user_id, theme, mail_courses, mail_reminders, mail_organizations)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (user_id) DO UPDATE
SET theme = excluded.theme, mail_courses = excluded.mail_courses, mail_reminders = excluded.mail_reminders,
    mail_organizations = excluded.mail_organizations

-- name: erase_preferences
DELETE FROM account.preferences
WHERE user_id = $1
