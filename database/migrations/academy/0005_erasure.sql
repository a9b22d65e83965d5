-- The end of a learner (docs/api/users.md, Erasure). The log and the answers are append-only for the service: what it
-- may not do row by row, it may do for one person as a whole.

-- Everything about how somebody learned. Certificates are withdrawn by the service, which knows their files.
CREATE FUNCTION academy.erase_learning(person uuid) RETURNS void
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM academy.quiz_responses WHERE user_id = person;
    DELETE FROM academy.quiz_attempt_items WHERE user_id = person;
    DELETE FROM public.quiz_attempts WHERE user_id = person;
    DELETE FROM academy.progress_events WHERE user_id = person;
    DELETE FROM academy.lesson_progress WHERE user_id = person;
    DELETE FROM academy.block_progress WHERE user_id = person;
    DELETE FROM academy.course_progress WHERE user_id = person;
END
$$;
REVOKE ALL ON FUNCTION academy.erase_learning FROM PUBLIC;
GRANT EXECUTE ON FUNCTION academy.erase_learning TO svc_progress;

GRANT DELETE ON public.enrollments TO svc_course;
