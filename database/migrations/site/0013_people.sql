-- What a review of the people's side asked for: invitations are limited per person, an erased account stays erased, and
-- nobody is offered mails that nobody sends.

-- One time stamp per person says when the day's quota of invitations is whole again (platform/limits/gcra.hpp). It is
-- not the organisation's, which can be deleted and made anew.
CREATE TABLE account.inviters (
    user_id        uuid PRIMARY KEY,
    whole_again_at timestamptz NOT NULL
);
COMMENT ON TABLE account.inviters IS 'placement: user. Who has sent invitations lately; nothing about to whom.';
GRANT SELECT, INSERT, UPDATE, DELETE ON account.inviters TO svc_user;

COMMENT ON COLUMN public.users.deleted_at IS
    'The account was erased. The row stays, without an address, so that a late message or token does not bring it back.';

ALTER TABLE account.preferences
    DROP COLUMN mail_courses,
    DROP COLUMN mail_reminders;
-- Whether the owner of an invited address wants such mails.
CREATE INDEX users_address ON public.users (lower(email));

-- From now on a picture is dropped until a profile is seen to show it; what earlier uploads left half-way is looked at
-- once.
UPDATE account.avatars SET dropped_at = now() WHERE dropped_at IS NULL;
