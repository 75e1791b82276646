-- Who acts for a subject: its legal representative, who showed a document at the service window, and the clerks whom the
-- representative gives tasks. No name and no number stands here: an account is an id.

-- HISTORY. A mandate.
CREATE TABLE mandate (
    subject_id {bytes} NOT NULL, -- for whom
    mandate_id {bytes} NOT NULL, -- 16 unpredictable bytes
    account_id {bytes} NOT NULL, -- who acts
    role {text} NOT NULL,        -- subject-representative, task-clerk
    under_id {bytes},            -- of a clerk: the representative's mandate
    document {text},             -- of a representative: code of the document that was shown
    tasks {text} NOT NULL,       -- of a clerk: codes of the tasks, joined by spaces
    from_on {text} NOT NULL,     -- the first day
    until_on {text} NOT NULL,    -- the last day
    made_at {bigint} NOT NULL,   -- when it was made
    by_id {bytes},               -- by which account; none: whoever runs the machine
    reason {text} NOT NULL,      -- why
    CONSTRAINT mandate_pk PRIMARY KEY (subject_id, mandate_id),
    CONSTRAINT mandate_role CHECK (role IN ('subject-representative', 'task-clerk'))
);
CREATE INDEX mandate_account ON mandate (account_id, made_at);

-- HISTORY. Mandates that were ended before their last day, by whoever gave them or by the next representative.
CREATE TABLE mandate_end (
    subject_id {bytes} NOT NULL, -- for whom
    mandate_id {bytes} NOT NULL, -- the mandate
    ended_at {bigint} NOT NULL,  -- when
    by_id {bytes},               -- by which account; none: whoever runs the machine
    reason {text} NOT NULL,      -- why
    CONSTRAINT mandate_end_pk PRIMARY KEY (subject_id, mandate_id)
);

-- Who looked at a subject, newest first.
CREATE INDEX access_looked ON access (subject_id, looked_at);
