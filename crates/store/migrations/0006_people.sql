-- People who work here: accounts, what they are appointed to, how they sign in.
--
-- Histories name accounts by their ids. What tells who a person is stands sealed in "account_person"
-- under a key in "account_key"; deleting both rows erases the person and leaves the history whole.

-- An account: an officer, a machine or a subject's representative. Local reference table.
CREATE TABLE account (
    account_id {bytes} NOT NULL, -- 16 unpredictable bytes
    kind {text} NOT NULL,        -- officer, machine, representative
    made_at {bigint} NOT NULL,   -- when
    CONSTRAINT account_pk PRIMARY KEY (account_id),
    CONSTRAINT account_kind CHECK (kind IN ('officer', 'machine', 'representative'))
);

-- The key under which the person of an account is sealed. Erasure deletes here.
CREATE TABLE account_key (
    account_id {bytes} NOT NULL, -- the account
    wrapped {bytes} NOT NULL,    -- 32 bytes, sealed under the site's key
    CONSTRAINT account_key_pk PRIMARY KEY (account_id)
);

-- The person of an account. Erasure deletes here, too.
CREATE TABLE account_person (
    account_id {bytes} NOT NULL, -- the account
    login {bytes} NOT NULL,      -- keyed digest of the name to sign in with
    sealed {bytes} NOT NULL,     -- that name and the person's own, under the account's key
    CONSTRAINT account_person_pk PRIMARY KEY (account_id),
    CONSTRAINT account_person_login UNIQUE (login)
);

-- HISTORY. What happened to an account; its state is that of the last row.
CREATE TABLE account_move (
    account_id {bytes} NOT NULL, -- the account
    seq {bigint} NOT NULL,       -- 1, 2, 3 … within the account
    move {text} NOT NULL,        -- invite, activate, suspend, resume, reset, end
    state {text} NOT NULL,       -- where it led: invited, active, suspended, ended
    moved_at {bigint} NOT NULL,  -- when
    by_id {bytes},               -- the account that did it; none: whoever runs the machine
    reason {text} NOT NULL,      -- why
    CONSTRAINT account_move_pk PRIMARY KEY (account_id, seq)
);

-- HISTORY. What an account is appointed to; it always has a last day.
CREATE TABLE appointment (
    account_id {bytes} NOT NULL,     -- the account
    appointment_id {bytes} NOT NULL, -- 16 unpredictable bytes
    role {text} NOT NULL,            -- code of the role
    agency {text} NOT NULL,          -- code of the agency for which it acts
    unit {text},                     -- unit within the agency
    themes {text} NOT NULL,          -- codes of themes it is limited to, joined by spaces; empty: all
    from_on {text} NOT NULL,         -- the first day
    until_on {text} NOT NULL,        -- the last day
    made_at {bigint} NOT NULL,       -- when it was made
    by_id {bytes},                   -- by which account; none: whoever runs the machine
    reason {text} NOT NULL,          -- why
    CONSTRAINT appointment_pk PRIMARY KEY (account_id, appointment_id)
);

-- HISTORY. Appointments that were ended before their last day.
CREATE TABLE appointment_end (
    account_id {bytes} NOT NULL,     -- the account
    appointment_id {bytes} NOT NULL, -- the appointment
    ended_at {bigint} NOT NULL,      -- when
    by_id {bytes},                   -- by which account; none: whoever runs the machine
    reason {text} NOT NULL,          -- why
    CONSTRAINT appointment_end_pk PRIMARY KEY (account_id, appointment_id)
);

-- Passwords, as argon2id strings that carry their parameters.
CREATE TABLE account_password (
    account_id {bytes} NOT NULL, -- the account
    phc {text} NOT NULL,         -- argon2id, PHC form
    set_at {bigint} NOT NULL,    -- when
    CONSTRAINT account_password_pk PRIMARY KEY (account_id)
);

-- Secrets of one-time codes (RFC 6238), sealed under the site's key.
CREATE TABLE account_code (
    account_id {bytes} NOT NULL,  -- the account
    sealed {bytes} NOT NULL,      -- 20 bytes, sealed
    confirmed_at {bigint},        -- when a first code proved it; none: not in use yet
    last_step {bigint} NOT NULL,  -- the step of the last code taken: each is taken once
    CONSTRAINT account_code_pk PRIMARY KEY (account_id)
);

-- Recovery codes, as keyed digests; each is taken once.
CREATE TABLE account_recovery (
    account_id {bytes} NOT NULL, -- the account
    code {bytes} NOT NULL,       -- keyed digest of the code
    used_at {bigint},            -- when it was taken
    CONSTRAINT account_recovery_pk PRIMARY KEY (account_id, code)
);

-- Invitations: links that work once and end by themselves.
CREATE TABLE invitation (
    token {bytes} NOT NULL,      -- keyed digest of the link's secret
    account_id {bytes} NOT NULL, -- the account
    kind {text} NOT NULL,        -- begin: sets a password and a second factor; enter: signs in (demo)
    ends_at {bigint} NOT NULL,   -- until when
    used_at {bigint},            -- when it was used or became void
    CONSTRAINT invitation_pk PRIMARY KEY (token),
    CONSTRAINT invitation_kind CHECK (kind IN ('begin', 'enter'))
);
CREATE INDEX invitation_account ON invitation (account_id) WHERE used_at IS NULL;

-- Sessions. The token stands in a cookie only; here is its keyed digest.
CREATE TABLE session (
    token {bytes} NOT NULL,      -- keyed digest of the cookie's secret
    session_id {bytes} NOT NULL, -- 16 unpredictable bytes: its name on pages
    account_id {bytes} NOT NULL, -- whose
    stage {text} NOT NULL,       -- enrol (a second factor is set), half (it is asked for), full
    began_at {bigint} NOT NULL,  -- when
    seen_at {bigint} NOT NULL,   -- last used, to the minute
    ends_at {bigint} NOT NULL,   -- at the latest
    ended_at {bigint},           -- when it was ended
    CONSTRAINT session_pk PRIMARY KEY (token),
    CONSTRAINT session_stage CHECK (stage IN ('enrol', 'half', 'full'))
);
CREATE INDEX session_account ON session (account_id, began_at) WHERE ended_at IS NULL;

-- Failed tries in a row, by what was tried and from where: keyed digests, no names, no addresses.
CREATE TABLE sign_in_try (
    scope {text} NOT NULL,     -- account, device, address
    place {bytes} NOT NULL,    -- keyed digest of which
    failed {bigint} NOT NULL,  -- how many in a row
    last_at {bigint} NOT NULL, -- when the last
    CONSTRAINT sign_in_try_pk PRIMARY KEY (scope, place)
);

-- Keys of machines: what is kept proves a key and cannot be used as one.
CREATE TABLE machine_key (
    key_id {bytes} NOT NULL,     -- 16 unpredictable bytes: its name
    account_id {bytes} NOT NULL, -- the machine's account
    kind {text} NOT NULL,        -- token: a keyed digest of it; ed25519: the public key
    proof {bytes} NOT NULL,      -- 32 bytes
    made_at {bigint} NOT NULL,   -- when
    ends_at {bigint} NOT NULL,   -- until when
    ended_at {bigint},           -- when it was taken back
    CONSTRAINT machine_key_pk PRIMARY KEY (key_id),
    CONSTRAINT machine_key_once UNIQUE (proof),
    CONSTRAINT machine_key_kind CHECK (kind IN ('token', 'ed25519'))
);

-- Numbers of signed requests that were taken, until their window is over: each is taken once.
CREATE TABLE machine_nonce (
    key_id {bytes} NOT NULL,  -- the key
    nonce {bytes} NOT NULL,   -- digest of the number
    ends_at {bigint} NOT NULL, -- when it may be forgotten
    CONSTRAINT machine_nonce_pk PRIMARY KEY (key_id, nonce)
);
CREATE INDEX machine_nonce_end ON machine_nonce (ends_at);
