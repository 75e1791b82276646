-- Whoever looked at a fact under a grant holds it. When the fact is repaired, withdrawn or corrected, each is
-- told to stop using it by a day, and says that it did.

-- HISTORY. An agency that is told of a move, written in the transaction of the move.
CREATE TABLE legal_receiver (
    subject_id {bytes} NOT NULL, -- the case's subject
    case_id {bytes} NOT NULL,    -- the case
    seq {bigint} NOT NULL,       -- the move
    agency {text} NOT NULL,      -- code of the agency
    looks {text} NOT NULL,       -- numbers of its own cases under which it looked, joined by line feeds
    told_at {bigint} NOT NULL,   -- when
    due_on {text} NOT NULL,      -- by when it must have acknowledged
    CONSTRAINT legal_receiver_pk PRIMARY KEY (subject_id, case_id, seq, agency)
);
CREATE INDEX legal_receiver_due ON legal_receiver (due_on, case_id, seq, agency);

-- HISTORY. That an agency stopped using the fact, by whom it says so.
CREATE TABLE legal_receipt (
    subject_id {bytes} NOT NULL, -- the case's subject
    case_id {bytes} NOT NULL,    -- the case
    seq {bigint} NOT NULL,       -- the move
    agency {text} NOT NULL,      -- code of the agency
    given_at {bigint} NOT NULL,  -- when
    officer {text} NOT NULL,     -- who: an account, as histories name it
    CONSTRAINT legal_receipt_pk PRIMARY KEY (subject_id, case_id, seq, agency)
);
