-- name: insert_certificate
-- The partial unique index decides between parallel issues: the loser inserts nothing and reads the winner.
INSERT INTO public.certificates
    (user_id, id, course_id, course_version_id, certificate_no, verification_code, recipient_name, course_title, issuer,
     grade_percent, hours, issued_at, pdf_sha256)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (user_id, course_id) WHERE status = 'issued' DO NOTHING;

-- name: insert_lookup
INSERT INTO academy.certificate_lookup (verification_code, certificate_no, user_id, certificate_id)
VALUES ($1, $2, $3, $4);

-- name: insert_no_lookup
INSERT INTO academy.certificate_no_lookup (certificate_no, verification_code)
VALUES ($1, $2);

-- name: live_certificate
SELECT user_id, id, course_id, course_version_id, certificate_no, verification_code, recipient_name, course_title,
       issuer, grade_percent, hours, issued_at, expires_at, status, revoked_at, revoke_reason, pdf_sha256
FROM public.certificates
WHERE user_id = $1
  AND course_id = $2
  AND status = 'issued';

-- name: own_certificates
SELECT user_id, id, course_id, course_version_id, certificate_no, verification_code, recipient_name, course_title,
       issuer, grade_percent, hours, issued_at, expires_at, status, revoked_at, revoke_reason, pdf_sha256
FROM public.certificates
WHERE user_id = $1
ORDER BY issued_at DESC;

-- name: find_lookup
SELECT user_id, certificate_id
FROM academy.certificate_lookup
WHERE verification_code = $1;

-- name: find_certificate
SELECT user_id, id, course_id, course_version_id, certificate_no, verification_code, recipient_name, course_title,
       issuer, grade_percent, hours, issued_at, expires_at, status, revoked_at, revoke_reason, pdf_sha256
FROM public.certificates
WHERE user_id = $1
  AND id = $2;

-- name: course_standing
SELECT course_version_id, grade_percent, completed_at
FROM academy.course_progress
WHERE user_id = $1
  AND course_id = $2;
