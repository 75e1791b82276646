-- Cases on legal clocks: objections, repairs, listings, promises. A case is the list of its moves; where it
-- stands is computed from them and the table under which it was opened, and stands nowhere in history.

-- HISTORY. A case: what kind, under which edition of its table, about which fact.
CREATE TABLE legal_case (
    subject_id {bytes} NOT NULL, -- the mention that has the fact, or that was meant
    case_id {bytes} NOT NULL,    -- 16 unpredictable bytes
    kind {text} NOT NULL,        -- code of the kind
    version {text} NOT NULL,     -- edition of its table
    record_id {bytes},           -- the fact that it is about; none: it is about no fact
    theme {text} NOT NULL,       -- its theme; empty without a fact
    supplier {text} NOT NULL,    -- the agency that answers
    area {text} NOT NULL,        -- the area whose rules it follows
    opened_at {bigint} NOT NULL, -- when
    CONSTRAINT legal_case_pk PRIMARY KEY (subject_id, case_id)
);
CREATE INDEX legal_case_by_id ON legal_case (case_id);
CREATE INDEX legal_case_by_supplier ON legal_case (supplier, opened_at, case_id);

-- HISTORY. Moves. What was said with one stands in "legal_body".
CREATE TABLE legal_move (
    subject_id {bytes} NOT NULL, -- the case's subject
    case_id {bytes} NOT NULL,    -- the case
    seq {bigint} NOT NULL,       -- 1, 2, 3 … within the case: of two at once one is written
    move {text} NOT NULL,        -- code of the move
    party {text} NOT NULL,       -- for whom: subject, supplier, centre, authority
    moved_at {bigint} NOT NULL,  -- when
    officer {text} NOT NULL,     -- who: an account, as histories name it
    version_seq {bigint},        -- the version of the fact that it names
    leaf {bytes} NOT NULL,       -- salted commitment to what was said and attached
    CONSTRAINT legal_move_pk PRIMARY KEY (subject_id, case_id, seq)
);

-- What was said with a move, and the salt of its commitment. Erasure deletes here.
CREATE TABLE legal_body (
    subject_id {bytes} NOT NULL, -- the case's subject
    case_id {bytes} NOT NULL,    -- the case
    seq {bigint} NOT NULL,       -- the move
    salt {bytes} NOT NULL,       -- 16 bytes
    body {text} NOT NULL,        -- fields and texts, canonical JSON
    CONSTRAINT legal_body_pk PRIMARY KEY (subject_id, case_id, seq)
);

-- HISTORY. What was attached to a move, by its digest.
CREATE TABLE legal_file (
    subject_id {bytes} NOT NULL, -- the case's subject
    case_id {bytes} NOT NULL,    -- the case
    seq {bigint} NOT NULL,       -- the move
    file_no {bigint} NOT NULL,   -- 1, 2, 3 … within the move
    media {text} NOT NULL,       -- what it was found to be
    size {bigint} NOT NULL,      -- bytes
    digest {bytes} NOT NULL,     -- SHA-256
    CONSTRAINT legal_file_pk PRIMARY KEY (subject_id, case_id, seq, file_no)
);

-- The attached files themselves. Erasure deletes here.
CREATE TABLE legal_file_body (
    subject_id {bytes} NOT NULL, -- the case's subject
    case_id {bytes} NOT NULL,    -- the case
    seq {bigint} NOT NULL,       -- the move
    file_no {bigint} NOT NULL,   -- the file
    name {text} NOT NULL,        -- its name as sent
    content {bytes} NOT NULL,    -- its bytes
    CONSTRAINT legal_file_body_pk PRIMARY KEY (subject_id, case_id, seq, file_no)
);

-- Who has the next move by when: derived from the moves, so that a queue is one page of an index. A row
-- an open case, and one open case of a kind about a fact. Can be made again.
CREATE TABLE legal_queue (
    subject_id {bytes} NOT NULL, -- the case's subject
    kind {text} NOT NULL,        -- code of the kind
    about_id {bytes} NOT NULL,   -- the fact; of a case about none the case itself
    case_id {bytes} NOT NULL,    -- the case
    supplier {text} NOT NULL,    -- the agency that answers
    theme {text} NOT NULL,       -- its theme
    who {text} NOT NULL,         -- who has the next move
    due_on {text} NOT NULL,      -- by when
    CONSTRAINT legal_queue_pk PRIMARY KEY (subject_id, kind, about_id)
);
CREATE INDEX legal_queue_due ON legal_queue (who, due_on, case_id);
CREATE INDEX legal_queue_supplier ON legal_queue (supplier, due_on, case_id);
