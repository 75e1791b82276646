-- Consents of natural persons (rights 7). How one stands follows from these rows and the day. No row tells
-- who the person is: the subject is a keyed digest, as everywhere.

-- HISTORY. A consent as it was given. Its number is shown by who holds it and kept nowhere.
CREATE TABLE consent (
    subject_id {bytes} NOT NULL, -- the person
    consent_id {bytes} NOT NULL, -- keyed digest of the number
    agency {text} NOT NULL,      -- code of the agency that may look
    purpose {text} NOT NULL,     -- code of the purpose
    items {text} NOT NULL,       -- the items that it may see: THEME/ITEM, joined by spaces
    case_no {text} NOT NULL,     -- the case for which it may
    once {bigint} NOT NULL,      -- 1: good for one look
    until_on {text} NOT NULL,    -- its last day
    given_at {bigint} NOT NULL,  -- when
    by_id {bytes} NOT NULL,      -- the account that saw the person's document
    seen_no {text} NOT NULL,     -- the case number under which it did
    word {bytes} NOT NULL,       -- keyed digest of the word by which the person withdraws it
    CONSTRAINT consent_pk PRIMARY KEY (subject_id, consent_id)
);
CREATE INDEX consent_number ON consent (consent_id);
CREATE INDEX consent_word ON consent (word);

-- HISTORY. Consents that were withdrawn, each once.
CREATE TABLE consent_withdrawn (
    subject_id {bytes} NOT NULL,    -- the person
    consent_id {bytes} NOT NULL,    -- the consent
    withdrawn_at {bigint} NOT NULL, -- when
    by_id {bytes},                  -- the account at the window; none: by the person's own word
    CONSTRAINT consent_withdrawn_pk PRIMARY KEY (subject_id, consent_id)
);

-- HISTORY. The one look of consents that are good for one.
CREATE TABLE consent_use (
    subject_id {bytes} NOT NULL, -- the person
    consent_id {bytes} NOT NULL, -- the consent
    permit_id {bytes} NOT NULL,  -- the look
    used_at {bigint} NOT NULL,   -- when
    CONSTRAINT consent_use_pk PRIMARY KEY (subject_id, consent_id)
);

-- The consent on which a look rests, beside its grant.
ALTER TABLE access ADD COLUMN consent_id {bytes};
