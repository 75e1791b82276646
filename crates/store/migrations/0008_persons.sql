-- Natural persons: what is held of them is sealed, and stands in tables of its own that no list, search,
-- count or public look-up reads.
--
-- Every value is sealed (AES-256-GCM-SIV, bound to table, column and row) under a key of the person's
-- own. That key stands wrapped under the site's key ring in "person_key". Deleting its row erases the
-- person; histories keep ids, days and salted digests, and the journal stays whole.

-- A person's own key. Erasure deletes here.
CREATE TABLE person_key (
    subject_id {bytes} NOT NULL, -- keyed digest of the identifier, under the ring's index key
    ring_no {bigint} NOT NULL,   -- number of the ring's key that opens it
    wrapped {bytes} NOT NULL,    -- the key, sealed under that key
    made_at {bigint} NOT NULL,   -- when
    seen_in {bigint} NOT NULL,   -- the last submission that brought something; locks the row for it
    CONSTRAINT person_key_pk PRIMARY KEY (subject_id)
);
CREATE INDEX person_key_by_ring ON person_key (ring_no, subject_id);

-- The identifier by which a person is found, exactly. Erasure deletes here, too.
CREATE TABLE person_identifier (
    subject_id {bytes} NOT NULL, -- the person
    system {text} NOT NULL,      -- system of identifiers
    digest {bytes} NOT NULL,     -- blind index: keyed digest of system and value
    sealed {bytes} NOT NULL,     -- the value, under the person's key
    CONSTRAINT person_identifier_pk PRIMARY KEY (subject_id, system)
);
CREATE INDEX person_identifier_blind ON person_identifier (system, digest);

-- The state of each record on a person. Distributed by record, like record_head. Erasure deletes here.
CREATE TABLE person_head (
    source_no {bigint} NOT NULL,  -- supplier and theme
    record_id {bytes} NOT NULL,   -- keyed digest of supplier, theme and natural key
    subject_id {bytes} NOT NULL,  -- the person
    seq {bigint} NOT NULL,        -- its last version, which is in force
    digest {bytes} NOT NULL,      -- keyed digest of its content
    change {text} NOT NULL,       -- stated, removed
    held {bigint} NOT NULL,       -- it waits
    stated_on {text} NOT NULL,    -- the day for which it is stated
    seen_in {bigint} NOT NULL,    -- the last submission that had it
    CONSTRAINT person_head_pk PRIMARY KEY (source_no, record_id)
);
CREATE INDEX person_head_subject ON person_head (subject_id);

-- HISTORY. Versions of records on persons: ids, days and salted digests only.
CREATE TABLE person_version (
    subject_id {bytes} NOT NULL,     -- the person
    record_id {bytes} NOT NULL,      -- its record
    seq {bigint} NOT NULL,           -- 1, 2, 3 … within the record
    submission_no {bigint} NOT NULL, -- what brought it; theme, edition and supplier stand there
    row_no {bigint} NOT NULL,        -- row of the file
    known_at {bigint} NOT NULL,      -- when the platform came to know it
    stated_on {text} NOT NULL,       -- the day for which it is stated
    change {text} NOT NULL,          -- stated, removed
    leaf {bytes} NOT NULL,           -- salted commitment to what is sealed, a leaf of its slice's tree
    CONSTRAINT person_version_pk PRIMARY KEY (subject_id, record_id, seq)
);

-- Content of those versions, sealed, and the salts of their commitments. Erasure deletes here.
CREATE TABLE person_body (
    subject_id {bytes} NOT NULL, -- the person
    record_id {bytes} NOT NULL,  -- its record
    seq {bigint} NOT NULL,       -- its version
    digest {bytes} NOT NULL,     -- keyed digest of its content: equal content changes nothing
    salt {bytes} NOT NULL,       -- 16 bytes
    sealed {bytes} NOT NULL,     -- name, values, severity, document, why it waits: under the person's key
    CONSTRAINT person_body_pk PRIMARY KEY (subject_id, record_id, seq)
);

-- HISTORY. Notices that are owed to a person (rights 6); delivery reads them.
CREATE TABLE person_notice (
    subject_id {bytes} NOT NULL, -- the person
    notice_id {bytes} NOT NULL,  -- of a look: its permit; of a fact: the beginning of its leaf
    kind {text} NOT NULL,        -- recorded, looked-up
    owed_at {bigint} NOT NULL,   -- since when
    deferred_until {text},       -- the day on which it is told at the latest, where a law defers it
    deferral {text},             -- that law and the officer who deferred, together with the day
    CONSTRAINT person_notice_pk PRIMARY KEY (subject_id, notice_id),
    CONSTRAINT person_notice_kind CHECK (kind IN ('recorded', 'looked-up'))
);

-- HISTORY. Persons whose data were erased by a decision. The list beside the store holds the same.
CREATE TABLE person_erasure (
    subject_id {bytes} NOT NULL, -- the person
    erased_at {bigint} NOT NULL, -- when it was decided
    by_id {bytes},               -- the account that decided
    reason {text} NOT NULL,      -- why: the number of the decision, nothing of the person
    CONSTRAINT person_erasure_pk PRIMARY KEY (subject_id)
);
