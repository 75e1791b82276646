-- Kept figures, what a platform above returned, and looks of jobs.

-- What the store holds in all, kept up with each slice and each move, so that no page counts rows.
-- One row a figure and source: slices of different sources never wait for one another here.
CREATE TABLE figure (
    name {text} NOT NULL,        -- subjects, records
    source_no {bigint} NOT NULL, -- supplier and theme; 0 where a person decided
    value {bigint} NOT NULL,     -- the sum so far; may be negative in one row, not in all
    CONSTRAINT figure_pk PRIMARY KEY (name, source_no)
);
INSERT INTO figure (name, source_no, value)
    SELECT 'records', source_no, count(*) FROM record_head GROUP BY source_no;
INSERT INTO figure (name, source_no, value)
    SELECT 'subjects', 0, (SELECT count(*) FROM mention) - (SELECT count(*) FROM membership m
        WHERE m.root_id <> m.subject_id AND m.seq = (SELECT max(l.seq) FROM membership l
            WHERE l.subject_id = m.subject_id));

-- The submission of a platform above whose returned rows these are; none where the source sent them.
ALTER TABLE submission ADD COLUMN returned_in {bigint};
CREATE INDEX submission_returned ON submission (returned_in) WHERE returned_in IS NOT NULL;

-- HISTORY. Looks of jobs, which read facts of many subjects: one row when it begins, before a fact is
-- read, and one when it ends, with what it read. A job without an end was broken off. Local table.
CREATE TABLE job_access (
    permit_id {bytes} NOT NULL,  -- the permit, used once
    step {text} NOT NULL,        -- begun, ended
    happened_at {bigint} NOT NULL, -- when
    purpose {text} NOT NULL,     -- why
    theme {text} NOT NULL,       -- whose facts
    items {text} NOT NULL,       -- codes of the items that it may see, joined by spaces
    officer {text} NOT NULL,     -- who
    agency {text} NOT NULL,      -- of which agency
    expires_at {bigint} NOT NULL, -- after that it reads nothing more
    subjects {bigint} NOT NULL,  -- subjects read; 0 when it begins
    records {bigint} NOT NULL,   -- records given out; 0 when it begins
    CONSTRAINT job_access_pk PRIMARY KEY (permit_id, step),
    CONSTRAINT job_access_step CHECK (step IN ('begun', 'ended'))
);
