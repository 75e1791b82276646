-- Deferrals: who is told later of looks for one case, by which law, by whose decision, until when.

-- HISTORY. One decision an agency and case; it is not made longer. Local table.
CREATE TABLE look_deferral (
    deferral_id {bytes} NOT NULL, -- keyed digest of agency and case
    agency {text} NOT NULL,       -- whose looks
    case_no {text} NOT NULL,      -- for which case
    law {text} NOT NULL,          -- law and article, as the catalogue names it
    officer {text} NOT NULL,      -- who decided
    reason {text} NOT NULL,       -- why; for auditors, never in a notice
    until_on {text} NOT NULL,     -- the last day of silence
    told_at {bigint} NOT NULL,    -- when that day is over: from then on the looks are told
    decided_at {bigint} NOT NULL, -- when
    CONSTRAINT look_deferral_pk PRIMARY KEY (deferral_id)
);
CREATE INDEX look_deferral_case ON look_deferral (agency, case_no);
CREATE INDEX look_deferral_newest ON look_deferral (decided_at, deferral_id);
