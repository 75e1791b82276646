-- What processes opened at the lock, beside the looks that were written down; and looks that were refused.

-- HISTORY. Openings of one process that were settled: each row is an entry of the journal. Local table.
CREATE TABLE lock_opening (
    run_id {bytes} NOT NULL,      -- the process, a random number
    seq {bigint} NOT NULL,        -- 1, 2, 3 … within it
    on_day {text} NOT NULL,       -- the day of the looks
    purpose {text} NOT NULL,      -- why: own-report, own-supply, duty
    opened {bigint} NOT NULL,     -- seals that the lock broke
    settled_at {bigint} NOT NULL, -- when this was written
    CONSTRAINT lock_opening_pk PRIMARY KEY (run_id, seq)
);
CREATE INDEX lock_opening_day ON lock_opening (on_day, run_id, seq);

-- Looks under grants that were refused: how often, by day, agency, officer and reason. Of whom nothing is
-- kept. Local table.
CREATE TABLE look_refused (
    on_day {text} NOT NULL,  -- the day
    agency {text} NOT NULL,  -- for which agency
    officer {text} NOT NULL, -- who looked: an account's mark
    why {text} NOT NULL,     -- over, purpose, items …, case-unknown …, pace, day
    times {bigint} NOT NULL, -- how often
    CONSTRAINT look_refused_pk PRIMARY KEY (on_day, agency, officer, why)
);

CREATE INDEX access_by_time ON access (looked_at);
