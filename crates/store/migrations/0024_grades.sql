-- Grades of organisations by models that an authority adopted. A grade is reckoned from facts on file and can be
-- reckoned again; what stands here says what was reckoned when, from which versions.

-- HISTORY. A grade that differs from the one before it.
CREATE TABLE grade (
    subject_id {bytes} NOT NULL,  -- the subject, as it was one
    model {text} NOT NULL,        -- code of the model
    seq {bigint} NOT NULL,        -- 1, 2, 3 … within subject and model
    version {text} NOT NULL,      -- version of the model
    graded_on {text} NOT NULL,    -- the day on which it was reckoned
    good_until {text} NOT NULL,   -- the last day on which it holds, if nothing happens
    outcome {text} NOT NULL,      -- band, no-record, or the reason for which the subject is not graded
    band {text},                  -- code of the band
    points {bigint},              -- the points, where the model has a scale
    counted {text} NOT NULL,      -- JSON: indicator, fact, version and worth of each fact that counted
    made_at {bigint} NOT NULL,    -- when
    salt {bytes} NOT NULL,        -- salt of the commitment
    leaf {bytes} NOT NULL,        -- commitment to the row, under the event of its run and page
    run {bytes} NOT NULL,         -- the job that reckoned it
    page {bigint} NOT NULL,       -- its page
    CONSTRAINT grade_pk PRIMARY KEY (subject_id, model, seq)
);

-- The newest grade of a subject by a model. Whatever happens to its facts makes it stale in the same transaction.
CREATE TABLE grade_head (
    subject_id {bytes} NOT NULL,  -- the subject
    model {text} NOT NULL,        -- code of the model
    seq {bigint} NOT NULL,        -- number of its newest grade
    good_until {text} NOT NULL,   -- the last day of that grade
    stale {bigint} NOT NULL,      -- 1 from an event on its facts until it is reckoned again
    CONSTRAINT grade_head_pk PRIMARY KEY (subject_id, model)
);
CREATE INDEX grade_head_stale ON grade_head (model, subject_id) WHERE stale = 1;
CREATE INDEX grade_head_ends ON grade_head (model, good_until);
