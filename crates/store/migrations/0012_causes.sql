-- Submissions that are no ordinary file: corrections with a document, recalls, their undoing, nil reports.

-- HISTORY. Why such a submission was made, by whom, on what document. Its rows are versions like all
-- others. Local table.
CREATE TABLE submission_cause (
    submission_no {bigint} NOT NULL, -- the submission
    kind {text} NOT NULL,            -- correction, recall, undo (of a recall), nil (nothing to report)
    of_no {bigint},                  -- recall, undo: the submission that is taken back
    record_id {bytes},               -- correction; recall of one fact: its record
    row_no {bigint},                 -- recall of one row of a submission
    seq {bigint},                    -- correction: the version that was in force
    reason {text} NOT NULL,          -- why, as its officer wrote it
    document {text},                 -- the correcting document: kind, number, day and organ, JSON
    period_from {text},              -- nil: first day of the period
    period_to {text},                -- nil: its last day
    officer {text} NOT NULL,         -- who
    made_at {bigint} NOT NULL,       -- when
    CONSTRAINT submission_cause_pk PRIMARY KEY (submission_no),
    CONSTRAINT submission_cause_kind CHECK (kind IN ('correction', 'recall', 'undo', 'nil'))
);
CREATE INDEX submission_cause_of ON submission_cause (of_no) WHERE of_no IS NOT NULL;
CREATE INDEX submission_cause_record ON submission_cause (record_id) WHERE record_id IS NOT NULL;
