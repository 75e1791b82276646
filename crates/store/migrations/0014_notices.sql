-- Notices: the inbox, what is deferred, and messages that say that there is one.

-- The inbox: one row a notice, written in the transaction of what it tells. Local table.
CREATE TABLE notice (
    notice_id {bytes} NOT NULL,    -- keyed digest of whom it tells what: told once
    addressee {text} NOT NULL,     -- account:ID, agency:CODE or subject:ID
    kind {text} NOT NULL,          -- due, missed, looked-up, recorded
    facts {text} NOT NULL,         -- what it tells, JSON; leaves the store for the inbox only
    made_at {bigint} NOT NULL,     -- when
    visible_at {bigint} NOT NULL,  -- from when on it is told: later than made_at where it is deferred
    read_at {bigint},              -- when its addressee opened it first
    CONSTRAINT notice_pk PRIMARY KEY (notice_id)
);
CREATE INDEX notice_inbox ON notice (addressee, visible_at, notice_id);

-- HISTORY. Why a notice waits: a law, a named officer, a last day. It is told the day after.
CREATE TABLE notice_deferral (
    notice_id {bytes} NOT NULL,   -- the notice
    law {text} NOT NULL,          -- law and article
    officer {text} NOT NULL,      -- who decided
    reason {text} NOT NULL,       -- why
    until_on {text} NOT NULL,     -- the last day of silence
    decided_at {bigint} NOT NULL, -- when
    CONSTRAINT notice_deferral_pk PRIMARY KEY (notice_id)
);

-- Where an account is told that there is a message. The address stands sealed under the account's key.
CREATE TABLE contact (
    account_id {bytes} NOT NULL, -- the account
    channel {text} NOT NULL,     -- mail, sms
    sealed {bytes} NOT NULL,     -- the address
    lang {text} NOT NULL,        -- language of the message
    set_at {bigint} NOT NULL,    -- when
    CONSTRAINT contact_pk PRIMARY KEY (account_id, channel)
);

-- The outbox: messages that say that there is a notice, and nothing of it. Local table.
CREATE TABLE message (
    notice_id {bytes} NOT NULL,  -- the notice
    account_id {bytes} NOT NULL, -- whom
    channel {text} NOT NULL,     -- how
    state {text} NOT NULL,       -- waiting, sent, failed
    tries {bigint} NOT NULL,     -- so far
    next_at {bigint} NOT NULL,   -- not before
    CONSTRAINT message_pk PRIMARY KEY (notice_id, account_id, channel),
    CONSTRAINT message_state CHECK (state IN ('waiting', 'sent', 'failed'))
);
CREATE INDEX message_due ON message (next_at, notice_id) WHERE state = 'waiting';

-- HISTORY. Each try, with what the other side answered: the proof of delivery.
CREATE TABLE message_try (
    notice_id {bytes} NOT NULL,  -- the message
    account_id {bytes} NOT NULL, -- whom it told
    channel {text} NOT NULL,     -- how
    try_no {bigint} NOT NULL,    -- 1, 2, 3 …
    tried_at {bigint} NOT NULL,  -- when
    taken {bigint} NOT NULL,     -- the other side took it
    answer {text} NOT NULL,      -- its own words, cut; no address
    CONSTRAINT message_try_pk PRIMARY KEY (notice_id, account_id, channel, try_no)
);
