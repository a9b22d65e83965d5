-- Tokens of other programs are good for /oauth/userinfo alone, so there is no resource to ask for (RFC 8707).
ALTER TABLE auth.oauth_authorizations
    DROP COLUMN resource;
