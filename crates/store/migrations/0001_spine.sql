-- The spine: catalogue bundles, subjects, records and their history, submissions, events.
--
-- One text for both engines. {bigint}, {text} and {bytes} become each engine's column types.
-- Ids are 16 bytes, digests 32. Instants are microseconds since 1970-01-01 UTC; days are civil
-- days in Asia/Shanghai, written YYYY-MM-DD. Flags are 0 or 1. Tables marked HISTORY are
-- insert-only: an authorizer on SQLite and grants on PostgreSQL refuse UPDATE and DELETE.

-- HISTORY. Catalogue bundles under which facts were accepted, so that a report can be made again.
CREATE TABLE catalog_bundle (
    digest {text} NOT NULL, -- SHA-256 over all files, hexadecimal
    body {text} NOT NULL,   -- the bundle, or where it is kept
    CONSTRAINT catalog_bundle_pk PRIMARY KEY (digest)
);

-- Who sends what: a small number for each supplier and theme. Local reference table.
CREATE TABLE source (
    source_no {bigint} NOT NULL, -- 1, 2, 3 …
    supplier {text} NOT NULL,    -- code of the supplier
    theme {text} NOT NULL,       -- code of the theme
    CONSTRAINT source_pk PRIMARY KEY (source_no),
    CONSTRAINT source_once UNIQUE (supplier, theme)
);

-- One row for each submission; its state moves, its identity does not. Local reference table.
CREATE TABLE submission (
    submission_no {bigint} NOT NULL,  -- 1, 2, 3 …: what versions and heads name
    submission_id {bytes} NOT NULL,   -- keyed digest of supplier, theme, mode, date and file
    source_no {bigint} NOT NULL,      -- supplier and theme
    theme_version {text} NOT NULL,    -- edition of the theme
    mode {text} NOT NULL,             -- delta, snapshot
    stated_on {text} NOT NULL,        -- the day it states
    file_name {text} NOT NULL,        -- name of the file as sent
    file_digest {bytes} NOT NULL,     -- digest of its bytes
    received_at {bigint} NOT NULL,    -- when it began
    state {text} NOT NULL,            -- open; waiting (absences wait for a second officer); done
    finished_at {bigint},             -- when its receipt was written
    rows_read {bigint},               -- rows of the file
    accepted {bigint},                -- rows that became versions
    rejected {bigint},                -- rows given back
    held {bigint},                    -- rows that wait
    unchanged {bigint},               -- rows that said nothing new
    late {bigint},                    -- rows after their deadline, within accepted
    removed {bigint},                 -- facts removed by absence
    receipt {text},                   -- the signed receipt
    confirmed_by {text},              -- the second officer who confirmed its absences, and agency
    confirmed_at {bigint},            -- when
    CONSTRAINT submission_pk PRIMARY KEY (submission_no),
    CONSTRAINT submission_once UNIQUE (submission_id),
    CONSTRAINT submission_mode CHECK (mode IN ('delta', 'snapshot')),
    CONSTRAINT submission_state CHECK (state IN ('open', 'waiting', 'done'))
);
CREATE INDEX submission_source ON submission (source_no, stated_on, submission_no);

-- HISTORY. The gate: a slice that stands here was applied, once. Local table.
CREATE TABLE slice (
    submission_no {bigint} NOT NULL, -- its submission
    slice_no {bigint} NOT NULL,      -- 0, 1, 2 …
    applied_at {bigint} NOT NULL,    -- when
    fresh {bigint} NOT NULL,         -- records that were not in force before it
    accepted {bigint} NOT NULL,      -- counts of its rows, as in the submission
    rejected {bigint} NOT NULL,
    held {bigint} NOT NULL,
    unchanged {bigint} NOT NULL,
    late {bigint} NOT NULL,
    removed {bigint} NOT NULL,
    root {bytes} NOT NULL,           -- Merkle root over the salted commitments of its rows
    CONSTRAINT slice_pk PRIMARY KEY (submission_no, slice_no)
);

-- A mention of a subject: immutable, the key of all its rows.
CREATE TABLE mention (
    subject_id {bytes} NOT NULL,   -- keyed digest of an identifier, else of supplier, name, place
    mention_no {bigint} NOT NULL,  -- order of first mention
    kind {text} NOT NULL,          -- kind of subject
    name {text} NOT NULL,          -- name at the first mention
    name_form {text} NOT NULL,     -- its comparison form
    named_on {text} NOT NULL,      -- the day for which the name was stated
    id_system {text},              -- system of its own identifier, for organisations
    id_value {text},               -- value of that identifier
    CONSTRAINT mention_pk PRIMARY KEY (subject_id)
);
CREATE INDEX mention_by_name ON mention (name_form);
CREATE INDEX mention_by_number ON mention (mention_no);

-- Later names of a mention.
CREATE TABLE mention_name (
    subject_id {bytes} NOT NULL, -- the mention
    name_form {text} NOT NULL,   -- comparison form
    name {text} NOT NULL,        -- as written
    named_on {text} NOT NULL,    -- the first day for which it was stated
    CONSTRAINT mention_name_pk PRIMARY KEY (subject_id, name_form)
);
CREATE INDEX mention_name_by_form ON mention_name (name_form);

-- Who holds an identifier. Distributed by value, so it has no key to subjects.
CREATE TABLE identifier (
    system {text} NOT NULL,      -- system of identifiers
    value {text} NOT NULL,       -- compact value
    subject_id {bytes} NOT NULL, -- the mention that holds it
    extra {bigint} NOT NULL,     -- 1 where the mention's own row does not tell it already
    CONSTRAINT identifier_pk PRIMARY KEY (system, value)
){clustered};
CREATE INDEX identifier_extra ON identifier (subject_id) WHERE extra = 1;

-- HISTORY. Merges, splits and undone merges: the last row of a mention tells its root.
CREATE TABLE membership (
    subject_id {bytes} NOT NULL,  -- the mention
    seq {bigint} NOT NULL,        -- 1, 2, 3 … within the mention
    root_id {bytes} NOT NULL,     -- the oldest mention of its subject from here on
    moved_at {bigint} NOT NULL,   -- when
    reason {text} NOT NULL,       -- code of the reason
    officer {text},               -- who decided, where a person did
    CONSTRAINT membership_pk PRIMARY KEY (subject_id, seq)
);
CREATE INDEX membership_root ON membership (root_id);

-- The state of each record that intake compares with. Distributed by record, like identifier.
CREATE TABLE record_head (
    source_no {bigint} NOT NULL,  -- supplier and theme
    record_id {bytes} NOT NULL,   -- keyed digest of supplier, theme and natural key
    subject_id {bytes} NOT NULL,  -- the mention that has it now
    seq {bigint} NOT NULL,        -- its last version
    digest {bytes} NOT NULL,      -- content of the version in force
    change {text} NOT NULL,       -- stated, removed
    held {bigint} NOT NULL,       -- the version in force waits
    stated_on {text} NOT NULL,    -- day of the version in force
    scope {text} NOT NULL,        -- scope of snapshots it belongs to
    seen_in {bigint} NOT NULL,    -- the last submission that had it
    CONSTRAINT record_head_pk PRIMARY KEY (source_no, record_id)
);

-- HISTORY. Versions: ids, days and salted digests only.
CREATE TABLE version (
    subject_id {bytes} NOT NULL,    -- the mention it speaks of
    record_id {bytes} NOT NULL,     -- its record
    seq {bigint} NOT NULL,          -- 1, 2, 3 … within the record
    submission_no {bigint} NOT NULL, -- what brought it; theme, edition and supplier stand there
    row_no {bigint} NOT NULL,       -- row of the file; 0 for a removal by absence
    known_at {bigint} NOT NULL,     -- when the platform came to know it
    stated_on {text} NOT NULL,      -- the day for which it is stated
    change {text} NOT NULL,         -- stated, removed, moved
    digest {bytes} NOT NULL,        -- keyed digest of the content
    leaf {bytes} NOT NULL,          -- salted commitment, a leaf of its slice's tree
    document_id {bytes},            -- keyed digest of the legal document
    severity {text},                -- minor, ordinary, serious
    late {bigint} NOT NULL,         -- after its deadline
    held {text},                    -- why it waits
    moved_from {bytes},             -- the mention that had the record before
    CONSTRAINT version_pk PRIMARY KEY (subject_id, record_id, seq)
);

-- Content of versions and the salts of their commitments. Erasure deletes here, and only here.
CREATE TABLE payload (
    subject_id {bytes} NOT NULL, -- the mention
    record_id {bytes} NOT NULL,  -- its record
    seq {bigint} NOT NULL,       -- its version
    salt {bytes} NOT NULL,       -- 16 bytes
    body {text} NOT NULL,        -- item codes and canonical texts, canonical JSON
    CONSTRAINT payload_pk PRIMARY KEY (subject_id, record_id, seq)
);

-- Clocks of legal documents: the earliest day ever stated. Distributed by document.
CREATE TABLE document (
    document_id {bytes} NOT NULL, -- keyed digest of organ and number
    started_on {text} NOT NULL,   -- the earliest decision day on file
    CONSTRAINT document_pk PRIMARY KEY (document_id)
);

-- Rejected rows, until they are mended or expire. Nothing of a natural person's row stands here.
CREATE TABLE reject (
    submission_no {bigint} NOT NULL, -- the submission
    row_no {bigint} NOT NULL,        -- row of the file
    personal {bigint} NOT NULL,      -- 1: of a natural person, nothing of it is kept
    faults {text} NOT NULL,          -- what is wrong, JSON
    cells {text},                    -- the row as sent, JSON, for mending
    mended_in {bigint},              -- the submission that mended it
    CONSTRAINT reject_pk PRIMARY KEY (submission_no, row_no)
);

-- Versions that wait, and for what.
CREATE TABLE hold (
    subject_id {bytes} NOT NULL,     -- the mention
    record_id {bytes} NOT NULL,      -- its record
    seq {bigint} NOT NULL,           -- its version
    reason {text} NOT NULL,          -- code of the reason
    submission_no {bigint} NOT NULL, -- the submission
    row_no {bigint} NOT NULL,        -- row of the file
    opened_at {bigint} NOT NULL,     -- the clock starts here
    closed_at {bigint},              -- when it was settled
    closed_by {text},                -- how: superseded, answered
    CONSTRAINT hold_pk PRIMARY KEY (subject_id, record_id, seq)
);
CREATE INDEX hold_open ON hold (opened_at, subject_id) WHERE closed_at IS NULL;

-- Questions of identity that wait for a person.
CREATE TABLE question (
    subject_id {bytes} NOT NULL,     -- the mention that waits
    record_id {bytes} NOT NULL,      -- the record that raised it
    submission_no {bigint} NOT NULL, -- the submission
    row_no {bigint} NOT NULL,        -- row of the file
    reason {text} NOT NULL,          -- code of the reason
    candidates {text} NOT NULL,      -- ids of candidates, hexadecimal, joined by spaces
    asked_at {bigint} NOT NULL,      -- when
    answered_at {bigint},            -- when a person answered
    CONSTRAINT question_pk PRIMARY KEY (subject_id)
);
CREATE INDEX question_open ON question (asked_at, subject_id) WHERE answered_at IS NULL;

-- HISTORY. Answers to questions of identity.
CREATE TABLE answer (
    subject_id {bytes} NOT NULL,   -- the mention
    answered_at {bigint} NOT NULL, -- when
    same_as {bytes},               -- the subject it is; none: a subject of its own
    officer {text} NOT NULL,       -- who decided
    reason {text} NOT NULL,        -- why
    CONSTRAINT answer_pk PRIMARY KEY (subject_id, answered_at)
);

-- HISTORY. Looks at facts that are not public.
CREATE TABLE access (
    subject_id {bytes} NOT NULL, -- whom it was about
    permit_id {bytes} NOT NULL,  -- the permit, used once
    purpose {text} NOT NULL,     -- why
    officer {text} NOT NULL,     -- who
    agency {text} NOT NULL,      -- of which agency
    case_no {text} NOT NULL,     -- for which case
    looked_at {bigint} NOT NULL, -- when
    CONSTRAINT access_pk PRIMARY KEY (subject_id, permit_id)
);

-- HISTORY. What happened: change, access, outbox and journal in one.
CREATE TABLE event (
    event_id {text} NOT NULL,      -- kind and what it names, so that a retry cannot double it
    kind {text} NOT NULL,          -- slice, removal, receipt, access, answer, membership
    happened_at {bigint} NOT NULL, -- when
    leaf {bytes} NOT NULL,         -- what the journal holds of it
    CONSTRAINT event_pk PRIMARY KEY (event_id)
);

-- Events that have no place in the order yet: a queue. Local table.
CREATE TABLE event_pending (
    event_id {text} NOT NULL, -- the event
    CONSTRAINT event_pending_pk PRIMARY KEY (event_id)
);

-- HISTORY. The only order that consumers use. Local table.
CREATE TABLE event_order (
    log_index {bigint} NOT NULL, -- 0, 1, 2 … without gaps
    event_id {text} NOT NULL,    -- the event
    CONSTRAINT event_order_pk PRIMARY KEY (log_index),
    CONSTRAINT event_order_once UNIQUE (event_id)
);

-- Leases with fencing numbers. Local table.
CREATE TABLE lease (
    name {text} NOT NULL,            -- what is leased
    fence {bigint} NOT NULL,         -- grows with every holder; a stale one is refused
    holder {text} NOT NULL,          -- who has it
    expires_at {bigint} NOT NULL,    -- until when
    CONSTRAINT lease_pk PRIMARY KEY (name)
);
