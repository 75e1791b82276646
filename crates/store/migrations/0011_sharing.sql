-- Sharing between agencies: grants and their moves, what a look rests on, how often who looked, and the
-- registers in which agencies keep their cases.

-- HISTORY. A request for a grant; what became of it stands in its moves. Local reference table.
CREATE TABLE sharing_grant (
    grant_id {bytes} NOT NULL,   -- 16 unpredictable bytes
    asker {text} NOT NULL,       -- code of the agency that asks and looks
    supplier {text} NOT NULL,    -- code of the agency whose facts they are; *: every supplier, by rule
    asked_at {bigint} NOT NULL,  -- when
    CONSTRAINT sharing_grant_pk PRIMARY KEY (grant_id)
);
CREATE INDEX sharing_grant_by_day ON sharing_grant (asked_at, grant_id);

-- HISTORY. What happened to a grant; its state is that of the last row.
CREATE TABLE grant_move (
    grant_id {bytes} NOT NULL,  -- the grant
    seq {bigint} NOT NULL,      -- 1, 2, 3 … within the grant
    move {text} NOT NULL,       -- ask, rule, grant, refuse, dispute, escalate, overrule, uphold, withdraw, end
    state {text} NOT NULL,      -- where it led
    party {text} NOT NULL,      -- for whom: asker, supplier, authority, rule
    moved_at {bigint} NOT NULL, -- when
    by_id {bytes} NOT NULL,     -- the account that did it
    reason {text} NOT NULL,     -- why
    due_on {text},              -- the day by which whoever has the next move must have made it
    CONSTRAINT grant_move_pk PRIMARY KEY (grant_id, seq)
);

-- HISTORY. What was asked for (the first row of a grant) or granted (the last of several).
CREATE TABLE grant_terms (
    grant_id {bytes} NOT NULL, -- the grant
    seq {bigint} NOT NULL,     -- the move that came with it
    items {text} NOT NULL,     -- THEME/ITEM, joined by spaces
    purposes {text} NOT NULL,  -- codes of purposes, joined by spaces
    kinds {text} NOT NULL,     -- kinds of subject, joined by spaces
    basis {text} NOT NULL,     -- the law by which it is needed
    power {text},              -- the statutory power over people; none: organisations only
    impact {text},             -- number of the impact assessment
    units {text} NOT NULL,     -- units whose officers may use it, joined by line feeds; empty: all
    areas {text} NOT NULL,     -- areas in which a subject must be registered, joined by spaces; empty: all
    from_on {text} NOT NULL,   -- the first day
    until_on {text} NOT NULL,  -- the last day
    per_day {bigint} NOT NULL, -- looks in a day at most
    in_all {bigint} NOT NULL,  -- looks in all at most
    CONSTRAINT grant_terms_pk PRIMARY KEY (grant_id, seq)
);

-- On what a look rests: for looks under a grant, whose purpose is one of the catalogue.
ALTER TABLE access ADD COLUMN grant_id {bytes};
ALTER TABLE access ADD COLUMN items {text};
CREATE INDEX access_by_day ON access (subject_id, looked_at, permit_id);

-- How often who looked: kept with each look, so that no limit counts rows. Local table.
CREATE TABLE look_count (
    scope {text} NOT NULL,   -- grant, officer, agency
    name {text} NOT NULL,    -- which
    period {text} NOT NULL,  -- a day, a month, or "all"
    agency {text} NOT NULL,  -- the officer's agency; else empty
    looks {bigint} NOT NULL, -- how often
    CONSTRAINT look_count_pk PRIMARY KEY (scope, name, period, agency)
);
CREATE INDEX look_count_by_period ON look_count (scope, period, looks);

-- The bucket of tokens of whoever looks, as one instant: when it is full again. Local table.
CREATE TABLE look_pace (
    scope {text} NOT NULL,    -- officer, agency
    name {text} NOT NULL,     -- which
    full_at {bigint} NOT NULL, -- microseconds; before now: it is full
    CONSTRAINT look_pace_pk PRIMARY KEY (scope, name)
);

-- Cases of an agency's own register, for confirming the numbers that looks name. Local table.
CREATE TABLE agency_case (
    agency {text} NOT NULL,      -- code of the agency
    case_no {text} NOT NULL,     -- the number as the agency writes it
    opened_on {text} NOT NULL,   -- the first day
    closed_on {text},            -- the day on which it was closed
    subject {bytes},             -- keyed digest of the code of whom it is about; none: the first look settles it
    loaded_at {bigint} NOT NULL, -- when the row last changed
    CONSTRAINT agency_case_pk PRIMARY KEY (agency, case_no)
);

-- HISTORY. Whom the looks under a case of a register are about: one subject, settled by the first look.
CREATE TABLE case_subject (
    agency {text} NOT NULL,      -- code of the agency
    case_no {text} NOT NULL,     -- the number
    about_id {bytes} NOT NULL,   -- the subject
    settled_at {bigint} NOT NULL, -- when
    CONSTRAINT case_subject_pk PRIMARY KEY (agency, case_no)
);

-- HISTORY. Each loading of an agency's register.
CREATE TABLE case_load (
    agency {text} NOT NULL,      -- code of the agency
    loaded_at {bigint} NOT NULL, -- when
    by_id {bytes} NOT NULL,      -- the account that loaded it
    cases {bigint} NOT NULL,     -- rows
    digest {bytes} NOT NULL,     -- SHA-256 of the file
    CONSTRAINT case_load_pk PRIMARY KEY (agency, loaded_at)
);
