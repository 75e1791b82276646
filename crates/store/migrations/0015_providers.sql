-- Accounts that sign in through an OpenID provider.

-- Who an account is at a provider. The provider's own word for a person stands here as a keyed digest only.
CREATE TABLE account_provider (
    account_id {bytes} NOT NULL, -- the account
    provider {text} NOT NULL,    -- code of the provider in the site's settings
    subject {bytes} NOT NULL,    -- keyed digest of issuer and subject
    made_at {bigint} NOT NULL,   -- when they were tied
    CONSTRAINT account_provider_pk PRIMARY KEY (account_id, provider),
    CONSTRAINT account_provider_once UNIQUE (subject)
);
